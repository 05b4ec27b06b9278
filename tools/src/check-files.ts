import { posix } from "node:path";
import { isCode, type Tree, topFolderOf, type Violation } from "./tree.ts";
import type { Workspace } from "./workspaces.ts";

const MOST_LINES = 400;
/** Long by nature: data, SQL history, and the tables of the database and of the screens' words. */
const MAY_BE_LONG = /\/(vectors|migrations|generated)\/|^server\/src\/db\/tables\.ts$|^web\/i18n\//;

/** Code files over 400 lines. */
export function checkLength(tree: Tree): Violation[] {
  return [...tree].flatMap(([path, text]): Violation[] => {
    if (!isCode(path) || MAY_BE_LONG.test(path)) return [];
    const lines = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
    return lines <= MOST_LINES
      ? []
      : [{ path, message: `${lines} lines; split it by idea (at most ${MOST_LINES})` }];
  });
}

const KEBAB = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
/** Documents by their usual names, and the house's files of a deployment. */
const MAY_BE_UPPER = /^[A-Z]+(\.[a-z-]+|\.zh-CN)?(\.md)?$|^Dockerfile$/;
/** Words on a screen are grouped by where they stand, so a group that stands everywhere is `common`. */
const MAY_BE_VAGUE = /^web\/i18n\//;
const SAYS_NOTHING =
  /^(utils?|helpers?|managers?|common|shared|core|misc|types\.d)(\.|$)|-(utils?|helpers?|manager)\./;

/** File and folder names: kebab-case, and saying what is inside. */
export function checkNames(tree: Tree): Violation[] {
  return [...tree.keys()].flatMap((path): Violation[] => {
    const parts = path.split("/");
    const odd = parts.find((part) => !KEBAB.test(part) && !MAY_BE_UPPER.test(part));
    if (odd !== undefined) return [{ path, message: `"${odd}" is not kebab-case` }];
    const vague =
      isCode(path) && !MAY_BE_VAGUE.test(path) ? parts.find((part) => SAYS_NOTHING.test(part)) : undefined;
    return vague === undefined
      ? []
      : [{ path, message: `"${vague}" names no idea; name the file after what it holds` }];
  });
}

/** `index.ts` is a package's door and nothing else: it must be what an export of its package.json leads to. */
export function checkIndexFiles(tree: Tree, workspaces: readonly Workspace[]): Violation[] {
  return [...tree.keys()].flatMap((path): Violation[] => {
    if (!/^index\.(ts|tsx|mjs)$/.test(posix.basename(path))) return [];
    const workspace = workspaces.find(({ folder }) => folder === topFolderOf(path));
    if ([...(workspace?.exports.values() ?? [])].includes(path)) return [];
    return [{ path, message: "index files only at package roots; import the file that holds the thing" }];
  });
}
