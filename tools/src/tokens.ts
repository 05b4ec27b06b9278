/** A word, a number, a string without interpolation, or one character of punctuation. */
export interface Token {
  kind: "word" | "string" | "punctuation";
  /** For a string its contents as written, without quotes. */
  text: string;
  /** From 1. */
  line: number;
}

const WORD = /[\p{ID_Start}$_#\d][\p{ID_Continue}$\u200c\u200d]*/uy;
/** After one of these a slash begins a regular expression; after any other word it divides. */
const BEFORE_REGEX = new Set([
  "return",
  "typeof",
  "case",
  "in",
  "of",
  "do",
  "else",
  "void",
  "delete",
  "await",
  "yield",
]);

/**
 * Splits TypeScript into tokens: enough of the language to tell code from comments, strings and regular expressions,
 * which is all that the checks need. Text of a template is dropped, its `${…}` parts are code. In JSX text an
 * apostrophe opens a string that ends with its line, so at worst the rest of that line is not seen.
 */
export function tokenise(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;

  const skipTo = (end: number) => {
    for (let index = at; index < end; index += 1) if (source[index] === "\n") line += 1;
    at = end;
  };
  const endOf = (text: string, from: number) => {
    const found = source.indexOf(text, from);
    return found < 0 ? source.length : found + text.length;
  };

  const readString = (quote: string) => {
    let end = at + 1;
    while (end < source.length && source[end] !== quote && source[end] !== "\n")
      end += source[end] === "\\" ? 2 : 1;
    tokens.push({ kind: "string", text: source.slice(at + 1, end), line });
    skipTo(Math.min(end + 1, source.length));
  };

  const readRegex = () => {
    let end = at + 1;
    let inClass = false;
    while (end < source.length && source[end] !== "\n" && (inClass || source[end] !== "/")) {
      if (source[end] === "[") inClass = true;
      if (source[end] === "]") inClass = false;
      end += source[end] === "\\" ? 2 : 1;
    }
    tokens.push({ kind: "string", text: "", line });
    skipTo(Math.min(end + 1, source.length));
  };

  const readTemplate = () => {
    skipTo(at + 1);
    while (at < source.length && source[at] !== "`") {
      if (source.startsWith("${", at)) {
        skipTo(at + 2);
        readCode("}");
      } else {
        skipTo(at + (source[at] === "\\" ? 2 : 1));
      }
    }
    skipTo(at + 1);
    tokens.push({ kind: "string", text: "", line });
  };

  const slashDivides = () => {
    const before = tokens.at(-1);
    if (before === undefined) return false;
    if (before.kind === "word") return !BEFORE_REGEX.has(before.text);
    return before.kind === "string" || [")", "]", "}", "<"].includes(before.text);
  };

  /** Reads up to the `until` that closes this level, or to the end. */
  const readCode = (until?: string) => {
    let depth = 0;
    while (at < source.length) {
      const character = source[at]!;
      WORD.lastIndex = at;
      const word = WORD.exec(source)?.[0];
      if (character === "\n" || /\s/.test(character)) skipTo(at + 1);
      else if (source.startsWith("//", at)) skipTo(endOf("\n", at) - 1 || source.length);
      else if (source.startsWith("/*", at)) skipTo(endOf("*/", at + 2));
      else if (character === '"' || character === "'") readString(character);
      else if (character === "`") readTemplate();
      else if (character === "/" && !slashDivides()) readRegex();
      else if (word !== undefined) {
        tokens.push({ kind: "word", text: word, line });
        skipTo(at + word.length);
      } else {
        if (character === until && depth === 0) return skipTo(at + 1);
        if (character === "{") depth += 1;
        if (character === "}") depth -= 1;
        tokens.push({ kind: "punctuation", text: character, line });
        skipTo(at + 1);
      }
    }
  };

  readCode();
  return tokens;
}
