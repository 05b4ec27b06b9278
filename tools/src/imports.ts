import { type Token, tokenise } from "./tokens.ts";

/** One mention of another module. */
export interface Import {
  /** As written, without a bundler's `?suffix`. */
  specifier: string;
  line: number;
  /** Erased before running: `import type`, `export type`. */
  typeOnly: boolean;
  /** Named as a file to run (`new URL("./worker.ts", import.meta.url)`), not imported. */
  asFile?: true;
}

/** How far a clause `{ a, b, … } from "x"` may stretch, in tokens. */
const LONGEST_CLAUSE = 2_000;

/** `new URL("./worker.ts", import.meta.url)`, the way to name a worker's file. */
function urlOfModule(tokens: readonly Token[], index: number): string | undefined {
  const texts = tokens.slice(index, index + 7).map((token) => token.text);
  const [keyword, name, open, specifier, comma, load, dot] = texts;
  const matches =
    keyword === "new" && name === "URL" && open === "(" && comma === "," && load === "import" && dot === ".";
  return matches && /\.(ts|tsx|mjs)$/.test(specifier!) ? specifier : undefined;
}

/** The specifier of the `… from "x"` that starts at `index`, if it is one. */
function clauseSpecifier(tokens: readonly Token[], index: number): Token | undefined {
  for (let next = index; next < Math.min(tokens.length, index + LONGEST_CLAUSE); next += 1) {
    const token = tokens[next]!;
    if (token.kind === "string") return undefined;
    if (token.kind === "punctuation" && !["{", "}", ",", "*"].includes(token.text)) return undefined;
    if (token.text === "from" && tokens[next + 1]?.kind === "string") return tokens[next + 1];
  }
  return undefined;
}

/** Finds every static and dynamic import, re-export and worker URL of a source. */
export function importsOf(source: string): Import[] {
  const tokens = tokenise(source);
  const found: Import[] = [];
  const add = (specifier: string, line: number, typeOnly: boolean) =>
    found.push({ specifier: specifier.replace(/\?.*$/, ""), line, typeOnly });

  tokens.forEach((token, index) => {
    if (token.kind !== "word" || tokens[index - 1]?.text === ".") return;
    const next = tokens[index + 1];
    if (token.text === "new") {
      const specifier = urlOfModule(tokens, index);
      if (specifier !== undefined) found.push({ specifier, line: token.line, typeOnly: false, asFile: true });
    } else if (token.text === "import") {
      if (next?.kind === "string") add(next.text, token.line, false);
      else if (next?.text === "(" && tokens[index + 2]?.kind === "string") {
        add(tokens[index + 2]!.text, token.line, false);
      } else {
        const specifier = clauseSpecifier(tokens, index + 1);
        if (specifier)
          add(specifier.text, token.line, next?.text === "type" && tokens[index + 2]?.text !== "from");
      }
    } else if (token.text === "export") {
      const typeOnly = next?.text === "type";
      const opening = typeOnly ? tokens[index + 2] : next;
      if (opening?.text !== "{" && opening?.text !== "*") return;
      const specifier = clauseSpecifier(tokens, index + 1);
      if (specifier) add(specifier.text, token.line, typeOnly);
    }
  });
  return found;
}
