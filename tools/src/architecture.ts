import { checkCycles } from "./check-cycles.ts";
import { checkDependencies } from "./check-dependencies.ts";
import { checkIndexFiles, checkLength, checkNames } from "./check-files.ts";
import { checkImportRule, checkWebHalves } from "./check-import-rule.ts";
import { checkPureGlobals, checkPureImports } from "./check-purity.ts";
import { checkServerRule } from "./check-server-rule.ts";
import { checkCodeWords, checkTextWords } from "./check-words.ts";
import { buildModuleGraph } from "./module-graph.ts";
import type { Tree, Violation } from "./tree.ts";

/** The rules of the house that a program can hold, by name, each with the breaches it finds in `tree`. */
export function checkArchitecture(tree: Tree): ReadonlyMap<string, Violation[]> {
  const graph = buildModuleGraph(tree);
  return new Map([
    ["workspaces import only whom the rule allows", checkImportRule(tree, graph)],
    ["console and mobile pages never meet", checkWebHalves(graph)],
    ["server features see context, db and each other's main file", checkServerRule(graph)],
    ["no file imports itself through others", checkCycles(graph)],
    ["pure packages reach nothing outside", checkPureImports(graph)],
    ["pure packages use no clock, timer, randomness or output of their own", checkPureGlobals(tree)],
    ["every imported npm package is declared", checkDependencies(tree, graph)],
    ["no code file is over 400 lines", checkLength(tree)],
    ["names are kebab-case and say what is inside", checkNames(tree)],
    ["index files stand only at package roots", checkIndexFiles(tree, graph.workspaces)],
    ["no skipped test, mocked module or default export stays", checkCodeWords(tree)],
    ["no silenced type or machine's path stays", checkTextWords(tree)],
  ]);
}
