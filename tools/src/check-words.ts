import { posix } from "node:path";
import { tokenise } from "./tokens.ts";
import { isCode, type Tree, type Violation } from "./tree.ts";

interface BannedWords {
  /** Words and punctuation, in order. */
  sequence: readonly RegExp[];
  message: string;
}

const TESTS = /^(it|test|describe|suite|bench|step)$/;

const BANNED_IN_CODE: readonly BannedWords[] = [
  { sequence: [TESTS, /^\.$/, /^only$/], message: "a test runs alone; remove .only" },
  { sequence: [/^describe$/, /^\.$/, /^only$/], message: "a test runs alone; remove .only" },
  {
    sequence: [TESTS, /^\.$/, /^(skip|skipIf|runIf|todo|fixme|fails?)$/],
    message: "a test is skipped; make it run or remove it",
  },
  {
    sequence: [/^(vi|jest)$/, /^\.$/, /^(mock|doMock)$/],
    message: "a module is mocked; inject a port, or use the real part",
  },
];

/** Files whose loader asks for a default: tool configuration, and the lazily loaded words of the screens. */
const DEFAULT_BY_CONTRACT = /\.config\.ts$|\/global-(setup|teardown)\.ts$|\.d\.ts$|^web\/i18n\//;

/** Words that may not stay in code: skipped or lone tests, mocked modules, default exports. */
export function checkCodeWords(tree: Tree): Violation[] {
  return [...tree].flatMap(([path, text]) => {
    if (!isCode(path)) return [];
    const tokens = tokenise(text);
    return tokens.flatMap((token, index): Violation[] => {
      if (token.kind !== "word" || tokens[index - 1]?.text === ".") return [];
      const found = BANNED_IN_CODE.find(({ sequence }) =>
        sequence.every((part, offset) => part.test(tokens[index + offset]?.text ?? "")),
      );
      if (found) return [{ path, line: token.line, message: found.message }];
      if (
        token.text === "export" &&
        tokens[index + 1]?.text === "default" &&
        !DEFAULT_BY_CONTRACT.test(path)
      ) {
        return [
          { path, line: token.line, message: "a default export has no name of its own; export it by name" },
        ];
      }
      return [];
    });
  });
}

/** Spelt in parts, so that this file does not hold what it looks for. */
const BANNED_ANYWHERE: readonly { pattern: RegExp; message: string }[] = [
  { pattern: new RegExp(`@ts-${"ignore"}|@ts-${"nocheck"}`), message: "a type error is silenced; repair it" },
  {
    pattern: new RegExp(`(^|[\\s"'\`(=:])/(${"work"}/(main|shared)|${"home"}/[a-z]+|${"Users"}/[A-Za-z]+)/`),
    message: "an absolute path of somebody's machine",
  },
];

/** Words that may not stay in any text: silenced types and one machine's paths. */
export function checkTextWords(tree: Tree): Violation[] {
  return [...tree].flatMap(([path, text]) => {
    if (posix.basename(path) === "package-lock.json") return [];
    return text.split("\n").flatMap((line, index): Violation[] => {
      const found = BANNED_ANYWHERE.find(({ pattern }) => pattern.test(line));
      return found ? [{ path, line: index + 1, message: found.message }] : [];
    });
  });
}
