/**
 * What pages have of `zod`: the names of enumerations. Answers are checked by the server that sends them, requests by
 * the one that takes them; a page needs methods, paths and the words that a field can have, so that the schemas, their
 * library and the time to build them stay on the server (see `contract.ts`).
 */
interface Names {
  readonly options: readonly string[];
  exclude(names: readonly string[]): Names;
  extract(names: readonly string[]): Names;
}

const CHECKS = new Set<string | symbol>(["parse", "safeParse", "parseAsync", "safeParseAsync"]);

function namesOf(options: readonly string[]): Names {
  const names: Names = {
    options,
    exclude: (out) => namesOf(options.filter((name) => !out.includes(name))),
    extract: (kept) => namesOf(options.filter((name) => kept.includes(name))),
  };
  // What else is said of an enumeration (descriptions, defaults) does not change its names.
  const chain: Names = new Proxy(names, {
    get: (target, key) => {
      if (CHECKS.has(key))
        throw new Error(`a page has no schemas to check by: .${String(key)}() is the server's`);
      return key in target ? target[key as keyof Names] : () => chain;
    },
  });
  return chain;
}

/** `z.enum` as it is, and every other schema as one without names. */
export const z = new Proxy({} as Record<string, (names?: readonly string[]) => Names>, {
  get: (_, key) =>
    key === "coerce" || key === "iso"
      ? z
      : (names?: unknown) => namesOf(key === "enum" ? (names as string[]) : []),
});
