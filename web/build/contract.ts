import { fileURLToPath } from "node:url";
import { type ESTree, type Plugin, parseAst } from "vite";

const CONTRACT = /\/api\/src\/[^/]+\.ts$/;
const NAMES = fileURLToPath(new URL("./contract-names.ts", import.meta.url));
/** What a caller needs of a route (`api/src/client.ts`). */
const CALLED = new Set(["method", "path"]);

/**
 * The contract as pages need it: methods, paths and the names of enumerations. Its schemas are a server's work; built
 * and loaded by each page they cost some of the first paint, and a phone 100 kB.
 */
export function contract(): Plugin {
  return {
    name: "hanyouxu-contract",
    enforce: "post",
    resolveId: {
      order: "pre",
      handler: (source, importer) =>
        source === "zod" && importer !== undefined && CONTRACT.test(importer) ? NAMES : null,
    },
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle))
        if (file.type === "chunk" && file.moduleIds.some((id) => id.includes("/node_modules/zod/")))
          this.error(
            `${file.fileName} brings zod to a page: take names or paths from the contract, not schemas`,
          );
    },
    transform: (code, id) => (CONTRACT.test(id) ? { code: withoutSchemas(code), map: null } : null),
  };
}

/**
 * @param code a module of the contract, its types taken out
 * @returns the same with routes of method and path alone, and every constant such that it is left out where nobody asks for it
 */
export function withoutSchemas(code: string): string {
  const edits: { start: number; end: number; text: string }[] = [];
  /** @param isCalledNow whether the module itself makes the call, not a function of it */
  const look = (node: ESTree.Node, isCalledNow: boolean): void => {
    if (node.type === "CallExpression") {
      if (isCalledNow) edits.push({ start: node.start, end: node.start, text: "/* @__PURE__ */ " });
      const [route] = node.arguments;
      if (
        node.callee.type === "Identifier" &&
        node.callee.name === "defineRoute" &&
        route?.type === "ObjectExpression"
      ) {
        // With the comma after it.
        for (const { start, end } of route.properties.filter((part) => !isCalled(part)))
          edits.push({ start, end: end + (/^\s*,/.exec(code.slice(end))?.[0].length ?? 0), text: "" });
        return;
      }
    }
    for (const child of childrenOf(node)) look(child, isCalledNow && !isFunction(node));
  };
  for (const statement of parseAst(code).body) {
    const declared = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (declared) look(declared, declared.type === "VariableDeclaration");
  }
  edits.sort((one, other) => other.start - one.start);
  return edits.reduce(
    (text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end),
    code,
  );
}

function isCalled(part: ESTree.ObjectPropertyKind): boolean {
  return part.type === "Property" && part.key.type === "Identifier" && CALLED.has(part.key.name);
}

function isFunction({ type }: ESTree.Node): boolean {
  return (
    type === "ArrowFunctionExpression" || type === "FunctionExpression" || type === "FunctionDeclaration"
  );
}

function childrenOf(node: ESTree.Node): ESTree.Node[] {
  return Object.values(node)
    .flat()
    .filter((child): child is ESTree.Node => typeof child?.type === "string");
}
