import type { ModuleGraph } from "./module-graph.ts";
import { type Token, tokenise } from "./tokens.ts";
import { isCode, type Tree, type Violation } from "./tree.ts";

const PURE = /^(protocol|rules|chip)\/src\//;
const isPure = (path: string) => PURE.test(path) && isCode(path) && !path.endsWith(".test.ts");

/** Outside packages and Node modules that a pure package reaches, itself or through a file that it imports. */
export function checkPureImports(graph: ModuleGraph): Violation[] {
  const reached = new Map<string, string>();
  const queue = [...graph.edges.keys()].filter(isPure);
  for (const path of queue) reached.set(path, path);
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    for (const { to } of graph.edges.get(path) ?? []) {
      if (to === undefined || reached.has(to)) continue;
      reached.set(to, reached.get(path)!);
      queue.push(to);
    }
  }
  return [...reached].flatMap(([path, start]) =>
    (graph.edges.get(path) ?? []).flatMap(({ external, line }): Violation[] => {
      if (external === undefined) return [];
      const route = start === path ? "" : ` (reached from ${start})`;
      return [{ path, line, message: `"${external}" in a pure package${route}; take it as a port` }];
    }),
  );
}

/** Names that are banned wherever they stand as a global. */
const BANNED = new Set(["setTimeout", "setInterval", "setImmediate", "queueMicrotask", "Buffer", "require"]);
/** Names that are banned together with one of these members; `console` with any. */
const BANNED_MEMBERS: Record<string, RegExp> = {
  Date: /^now$/,
  Math: /^random$/,
  performance: /^now$/,
  crypto: /^(subtle|randomUUID|getRandomValues)$/,
  console: /./,
  // Also a word of the domain (a welding process), so only what Node's own has.
  process:
    /^(env|argv|exit|exitCode|nextTick|hrtime|std(in|out|err)|cwd|pid|platform|memoryUsage|on|off|once|emitWarning)$/,
};

function bannedAt(tokens: readonly Token[], index: number): string | undefined {
  const { kind, text } = tokens[index]!;
  if (kind !== "word" || tokens[index - 1]?.text === ".") return undefined;
  const [next, member] = [tokens[index + 1]?.text, tokens[index + 2]?.text ?? ""];
  if (BANNED.has(text) && next !== ":") return text;
  if (text === "new" && next === "Date" && member === "(" && tokens[index + 3]?.text === ")")
    return "new Date()";
  if (next === "." && Object.hasOwn(BANNED_MEMBERS, text) && BANNED_MEMBERS[text]!.test(member)) {
    return `${text}.${member}`;
  }
  return undefined;
}

/** Time, randomness, timers and output in a package that gets them injected. */
export function checkPureGlobals(tree: Tree): Violation[] {
  return [...tree].flatMap(([path, text]) => {
    if (!isPure(path)) return [];
    const tokens = tokenise(text);
    return tokens.flatMap((token, index): Violation[] => {
      const name = bannedAt(tokens, index);
      return name === undefined
        ? []
        : [{ path, line: token.line, message: `${name} in a pure package; take it as a port` }];
    });
  });
}
