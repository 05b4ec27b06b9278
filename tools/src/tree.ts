/**
 * What every check looks at: the repository's files in memory, so that a check is a pure function and can be shown a
 * small bad example.
 */

/** Text by path from the repository's root, with `/`; files that are not text have the empty string. */
export type Tree = ReadonlyMap<string, string>;

/** One breach of a rule of the house. */
export interface Violation {
  /** Path from the root. */
  path: string;
  /** From 1; absent when the breach is of the whole file. */
  line?: number;
  /** What is wrong and what to do instead. */
  message: string;
}

/** One line for people: `path:line: message`. */
export function describeViolation({ path, line, message }: Violation): string {
  return line === undefined ? `${path}: ${message}` : `${path}:${line}: ${message}`;
}

/** `server` of `server/src/app.ts`; undefined for a file in the root. */
export function topFolderOf(path: string): string | undefined {
  const slash = path.indexOf("/");
  return slash < 0 ? undefined : path.slice(0, slash);
}

/** Source that Node or a browser runs. */
export function isCode(path: string): boolean {
  return /\.(ts|tsx|mjs)$/.test(path);
}

/** Code that only tests, builds and configuration run: it may use what the product does not ship with. */
export function isForDevelopment(path: string): boolean {
  return (
    /\.test\.(ts|tsx|mjs)$/.test(path) ||
    /\.config\.ts$/.test(path) ||
    /^[^/]+\/(test|testing|e2e|build)\//.test(path) ||
    /^(testbed|bench|tools)\//.test(path)
  );
}
