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

/** What only a schema can do. */
const CHECKS = new Set<string | symbol>(["parse", "safeParse", "parseAsync", "safeParseAsync"]);

function namesOf(options: readonly string[]): Names {
  const names: Names = {
    options,
    exclude: (out) => namesOf(options.filter((name) => !out.includes(name))),
    extract: (kept) => namesOf(options.filter((name) => kept.includes(name))),
  };
  // What else is said of a schema (descriptions, defaults, fields) does not change its names, however long it goes on.
  const chain: Names = new Proxy(
    Object.assign(() => chain, names),
    {
      get: (target, key) => {
        if (CHECKS.has(key))
          throw new Error(`a page has no schemas to check by: .${String(key)}() is the server's`);
        return Object.hasOwn(target, key) ? target[key as keyof Names] : chain;
      },
    },
  );
  return chain;
}

const nothing = namesOf([]);

/** `z.enum` as it is, and every other schema as one without names. */
export const z = { enum: namesOf };
Object.setPrototypeOf(z, new Proxy({}, { get: () => nothing }));
