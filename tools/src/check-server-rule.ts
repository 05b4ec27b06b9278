import type { ModuleGraph } from "./module-graph.ts";
import { topFolderOf, type Violation } from "./tree.ts";

const FEATURE_FILE = /^server\/src\/features\/([^/]+)\/(.+)$/;
/** What a feature may not reach: the parts that put features together. */
const ABOVE_FEATURES = /^server\/src\/(app|main|index)\.ts$|^server\/src\/(ingest|commands)\//;
/** Zones below the features: they serve any of them and so know none. */
const BELOW_FEATURES = /^server\/src\/(http|db|broker|device-ca|crypto|config|sms|fence)\//;

/** The files of a feature that speak HTTP: `routes.ts`, and where that would be too long a part such as `sign-routes.ts`. */
const ROUTES_FILE = /(^|\/)([a-z-]+-)?routes\.ts$/;

/** The one file of a feature that others see: `features/machines/machines.ts`. */
function isMainFile(path: string): boolean {
  const [, feature, file] = FEATURE_FILE.exec(path) ?? [];
  return feature !== undefined && file === `${feature}.ts`;
}

function breachTowardsFeature(from: string, to: string): string | undefined {
  const [, feature, file] = FEATURE_FILE.exec(to)!;
  // Tests of the whole server put it together in their own way.
  if (FEATURE_FILE.exec(from)?.[1] === feature || from.startsWith("server/test/")) return undefined;
  if (ROUTES_FILE.test(file!)) {
    return from === "server/src/app.ts" ? undefined : `only app.ts imports the routes of ${feature}`;
  }
  if (from.endsWith("/app.ts") && file !== "queries.ts") return undefined;
  if (BELOW_FEATURES.test(from))
    return `${from.split("/")[2]} serves every feature and must not import one (${feature})`;
  if (isMainFile(to)) return undefined;
  return `import ${feature} by its main file ${feature}.ts, not ${file}`;
}

/** Routes, a test, or any file of a feature that is nothing but HTTP and so has no `routes.ts`. */
function speaksHttp(path: string, graph: ModuleGraph): boolean {
  const feature = FEATURE_FILE.exec(path)![1];
  return (
    ROUTES_FILE.test(path) ||
    path.endsWith(".test.ts") ||
    !graph.edges.has(`server/src/features/${feature}/routes.ts`)
  );
}

function breachFromFeature(from: string, to: string, graph: ModuleGraph): string | undefined {
  if (ABOVE_FEATURES.test(to)) return "a feature must not import what puts features together";
  if (to.startsWith("server/src/broker/")) return "a feature reaches the broker through its context";
  if (to.startsWith("server/src/http/") && !speaksHttp(from, graph))
    return "only a feature's routes.ts knows HTTP";
  return undefined;
}

/** The rule inside the server: features know context, db and each other's main file; only app.ts knows them all. */
export function checkServerRule(graph: ModuleGraph): Violation[] {
  const edges = [...graph.edges.values()].flat().filter(({ from }) => topFolderOf(from) === "server");
  return edges.flatMap(({ from, to, line }): Violation[] => {
    if (to === undefined) return [];
    const message = FEATURE_FILE.test(to)
      ? breachTowardsFeature(from, to)
      : FEATURE_FILE.test(from)
        ? breachFromFeature(from, to, graph)
        : undefined;
    return message === undefined ? [] : [{ path: from, line, message }];
  });
}
