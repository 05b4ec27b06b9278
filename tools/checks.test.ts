import { describe, expect, test } from "vitest";
import { checkArchitecture } from "./src/architecture.ts";
import { describeViolation } from "./src/tree.ts";

/** Four workspaces with nothing wrong in them. */
const SOUND: Record<string, string> = {
  "package.json": manifest({
    workspaces: ["protocol", "chip", "server", "web"],
    devDependencies: { vitest: "1.0.0" },
  }),
  "protocol/package.json": manifest({
    name: "@hanyouxu/protocol",
    exports: { ".": "./src/index.ts" },
    devDependencies: { cborg: "1.0.0" },
  }),
  "protocol/src/index.ts": `export { read } from "./cbor.ts";\n`,
  "protocol/src/cbor.ts": `export const read = () => 1;\n`,
  "chip/package.json": manifest({
    name: "@hanyouxu/chip",
    exports: { ".": "./src/index.ts", "./testing": "./testing/index.ts" },
    dependencies: { "@hanyouxu/protocol": "0.1.0" },
  }),
  "chip/src/index.ts": `import type { Frame } from "@hanyouxu/protocol";\nexport const step = (frame: Frame) => frame;\n`,
  "chip/testing/index.ts": `export * from "@hanyouxu/chip";\n`,
  "server/package.json": manifest({
    name: "@hanyouxu/server",
    exports: { ".": "./src/app.ts" },
    dependencies: { "@hanyouxu/protocol": "0.1.0", fastify: "5.0.0" },
    devDependencies: { "@types/pg": "8.0.0" },
  }),
  "server/src/app.ts": `import { routes } from "./features/alarms/routes.ts";\nexport const app = routes;\n`,
  "server/src/context.ts": `export interface AppContext {}\n`,
  "server/src/http/route.ts": `import fastify from "fastify";\nexport const route = fastify;\n`,
  "server/src/features/alarms/alarms.ts": `import { raise } from "./queries.ts";\nexport const alarm = raise;\n`,
  "server/src/features/alarms/queries.ts": `export const raise = () => 1;\n`,
  "server/src/features/alarms/routes.ts": `import { route } from "../../http/route.ts";\nexport const routes = route;\n`,
  "server/src/features/machines/machines.ts": `import { alarm } from "../alarms/alarms.ts";\nexport const x = alarm;\n`,
  "server/src/ingest/ingest.ts": `import { alarm } from "../features/alarms/alarms.ts";\nexport const y = alarm;\n`,
  "web/package.json": manifest({ name: "@hanyouxu/web" }),
  "web/console/main.tsx": `import { Button } from "../ui/button.tsx";\nexport const Page = () => <Button />;\n`,
  "web/mobile/main.tsx": `import { Button } from "../ui/button.tsx";\nexport const Page = () => <Button />;\n`,
  "web/ui/button.tsx": `export const Button = () => <button type="button">don't</button>;\n`,
};

function manifest(fields: object): string {
  return JSON.stringify({ name: "hanyouxu", ...fields });
}

/** The breaches in the sound tree with `files` added or replaced, as people read them. */
function breachesWith(files: Record<string, string>): string[] {
  const found = checkArchitecture(new Map(Object.entries({ ...SOUND, ...files })));
  return [...found.values()].flat().map(describeViolation);
}

test("a sound tree has no breach", () => {
  expect(breachesWith({})).toEqual([]);
});

describe("breaches of", () => {
  const repeated = (line: string, count: number) => `${line}\n`.repeat(count);
  const cases: [rule: string, path: string, text: string, breach: string][] = [
    [
      "the import rule",
      "chip/src/a.ts",
      `import "@hanyouxu/server";`,
      "chip/src/a.ts:1: chip must not import server",
    ],
    [
      "the import rule, by type",
      "protocol/src/a.ts",
      `\nexport type { A } from "@hanyouxu/chip";`,
      "protocol/src/a.ts:2: protocol must not import chip",
    ],
    [
      "the import rule, dynamically",
      "chip/src/a.ts",
      `const a = await import("@hanyouxu/web");`,
      "chip/src/a.ts:1: chip must not import web",
    ],
    [
      "package names",
      "server/src/a.ts",
      `import "../../protocol/src/cbor.ts";`,
      "server/src/a.ts:1: import protocol by its package name, not by a relative path",
    ],
    [
      "relative paths inside",
      "chip/src/a.ts",
      `import "@hanyouxu/chip";`,
      "chip/src/a.ts:1: import files of the same workspace by a relative path",
    ],
    ["existing files", "server/src/a.ts", `import "./b.ts";`, `server/src/a.ts:1: "./b.ts" leads to no file`],
    [
      "existing exports",
      "server/src/a.ts",
      `import "@hanyouxu/protocol/src/cbor.ts";`,
      `server/src/a.ts:1: "@hanyouxu/protocol/src/cbor.ts" leads to no file`,
    ],
    [
      "a worker's file",
      "server/src/a.ts",
      `new Worker(new URL("./b.ts", import.meta.url));`,
      `server/src/a.ts:1: "./b.ts" leads to no file`,
    ],
    [
      "console apart from mobile",
      "web/console/a.tsx",
      `import { Page } from "../mobile/main.tsx";`,
      "web/console/a.tsx:1: only web/mobile may import web/mobile",
    ],
    [
      "halves apart from what they share",
      "web/ui/a.tsx",
      `import { Page } from "../console/main.tsx";`,
      "web/ui/a.tsx:1: only web/console may import web/console",
    ],
    [
      "a feature's queries",
      "server/src/features/machines/a.ts",
      `import { raise } from "../alarms/queries.ts";`,
      "server/src/features/machines/a.ts:1: import alarms by its main file alarms.ts, not queries.ts",
    ],
    [
      "a feature's queries, from ingest",
      "server/src/ingest/a.ts",
      `import { raise } from "../features/alarms/queries.ts";`,
      "server/src/ingest/a.ts:1: import alarms by its main file alarms.ts, not queries.ts",
    ],
    [
      "a feature's routes",
      "server/src/features/machines/a.ts",
      `import { routes } from "../alarms/routes.ts";`,
      "server/src/features/machines/a.ts:1: only app.ts imports the routes of alarms",
    ],
    [
      "parts below the features",
      "server/src/http/a.ts",
      `import { alarm } from "../features/alarms/alarms.ts";`,
      "server/src/http/a.ts:1: http serves every feature and must not import one (alarms)",
    ],
    [
      "features below ingest",
      "server/src/features/machines/a.ts",
      `import { y } from "../../ingest/ingest.ts";`,
      "server/src/features/machines/a.ts:1: a feature must not import what puts features together",
    ],
    [
      "features without HTTP",
      "server/src/features/alarms/a.ts",
      `import { route } from "../../http/route.ts";`,
      "server/src/features/alarms/a.ts:1: only a feature's routes.ts knows HTTP",
    ],
    [
      "cycles",
      "server/src/features/alarms/queries.ts",
      `import { alarm } from "./alarms.ts";\nexport const raise = alarm;`,
      "server/src/features/alarms/alarms.ts: imports itself through server/src/features/alarms/queries.ts",
    ],
    [
      "Node in a pure package",
      "chip/src/a.ts",
      `import { readFileSync } from "node:fs";`,
      `chip/src/a.ts:1: "node:fs" in a pure package`,
    ],
    [
      "npm in a pure package",
      "protocol/src/a.ts",
      `import { z } from "zod";`,
      `protocol/src/a.ts:1: "zod" in a pure package`,
    ],
    [
      "declared packages",
      "server/src/a.ts",
      `import { z } from "zod";`,
      `server/src/a.ts:1: "zod" is not in server's package.json`,
    ],
    [
      "declared workspaces",
      "web/ui/a.ts",
      `import "@hanyouxu/protocol";`,
      `web/ui/a.ts:1: "@hanyouxu/protocol" is not in web's package.json`,
    ],
    [
      "development packages in the product",
      "server/src/a.ts",
      `import pg from "@types/pg";`,
      `server/src/a.ts:1: "@types/pg" is a development package of server only`,
    ],
    [
      "root's packages in the product",
      "server/src/a.ts",
      `import "vitest";`,
      `server/src/a.ts:1: "vitest" is not in server's package.json`,
    ],
    ["built-in names", "server/src/a.ts", `import "fs";`, `server/src/a.ts:1: write "node:fs"`],
    [
      "the clock as a port",
      "chip/src/a.ts",
      ["const now = `$", "{Date.now()}`;"].join(""),
      "chip/src/a.ts:1: Date.now in a pure package",
    ],
    [
      "today as a port",
      "chip/src/a.ts",
      "const now = new Date();",
      "chip/src/a.ts:1: new Date() in a pure package",
    ],
    [
      "randomness as a port",
      "protocol/src/a.ts",
      "\n\nMath.random();",
      "protocol/src/a.ts:3: Math.random in a pure package",
    ],
    [
      "timers as ports",
      "chip/src/a.ts",
      "setTimeout(step, 1);",
      "chip/src/a.ts:1: setTimeout in a pure package",
    ],
    ["silence", "chip/src/a.ts", `console.log("x");`, "chip/src/a.ts:1: console.log in a pure package"],
    [
      "bytes without Buffer",
      "chip/src/a.ts",
      "Buffer.from([]);",
      "chip/src/a.ts:1: Buffer in a pure package",
    ],
    ["no process", "chip/src/a.ts", "process.env.HOME;", "chip/src/a.ts:1: process.env in a pure package"],
    ["length", "server/src/a.ts", repeated("// a line", 401), "server/src/a.ts: 401 lines"],
    ["kebab-case", "server/src/someFile.ts", "", `server/src/someFile.ts: "someFile.ts" is not kebab-case`],
    ["kebab-case folders", "server/src/Some/a.ts", "", `server/src/Some/a.ts: "Some" is not kebab-case`],
    [
      "names that say something",
      "server/src/http/string-utils.ts",
      "",
      `server/src/http/string-utils.ts: "string-utils.ts" names no idea`,
    ],
    [
      "index files",
      "server/src/features/index.ts",
      "",
      "server/src/features/index.ts: index files only at package roots",
    ],
    [
      "tests that all run",
      "server/src/a.test.ts",
      `import { it } from "vitest";\nit.only("x", y);`,
      "server/src/a.test.ts:2: a test runs alone",
    ],
    [
      "tests that run",
      "server/src/a.test.ts",
      `test.skip("x", y);`,
      "server/src/a.test.ts:1: a test is skipped",
    ],
    [
      "describe blocks that run",
      "server/src/a.test.ts",
      `describe.skipIf(x)("y", z);`,
      "server/src/a.test.ts:1: a test is skipped",
    ],
    [
      "real modules",
      "server/src/a.test.ts",
      `vi.mock("./app.ts");`,
      "server/src/a.test.ts:1: a module is mocked",
    ],
    [
      "named exports",
      "server/src/a.ts",
      "export default 1;",
      "server/src/a.ts:1: a default export has no name",
    ],
    [
      "honest types",
      "server/src/a.ts",
      `// @ts-${"ignore"}\n`,
      "server/src/a.ts:1: a type error is silenced",
    ],
    ["portable paths", "docs/a.md", `see /${"home"}/somebody/project`, "docs/a.md:1: an absolute path"],
  ];

  test.each(cases)("%s are found", (_rule, path, text, breach) => {
    expect(breachesWith({ [path]: text })).toContainEqual(expect.stringContaining(breach));
  });

  test("purity are found behind an import that is itself allowed", () => {
    const breaches = breachesWith({
      "chip/src/a.ts": `import "../testing/clock.ts";`,
      "chip/testing/clock.ts": `import { hrtime } from "node:process";`,
    });
    expect(breaches).toEqual([
      `chip/testing/clock.ts:1: "node:process" in a pure package (reached from chip/src/a.ts); take it as a port`,
    ]);
  });
});

describe("no breach is", () => {
  test.each([
    [
      "a file of another workspace that is run, not imported",
      { "server/src/a.ts": `new URL("../../protocol/src/cbor.ts", import.meta.url);` },
    ],
    [
      "a type that a feature's main file and its queries share",
      {
        "server/src/features/alarms/queries.ts": `import type { Alarm } from "./alarms.ts";\nexport const raise = () => 1;`,
      },
    ],
    [
      "the word process of the domain",
      { "chip/src/a.ts": `const process = { family: "arc" };\nprocess.family;` },
    ],
    ["a member that happens to be called setTimeout", { "chip/src/a.ts": "ports.setTimeout(1);" }],
    ["a date made of a number", { "chip/src/a.ts": "new Date(0);" }],
    [
      "an import in a comment, a string, a template or a regular expression",
      {
        "chip/src/a.ts":
          '// import \'fs\';\n/* import "fs"; */ const a = \'import "fs"\';\nconst b = `import "fs";`;\nconst c = /import "fs"/;',
      },
    ],
    ["a long file of vectors", { "protocol/vectors/a.ts": "// a line\n".repeat(500) }],
    ["a development package in a test", { "server/src/a.test.ts": `import { test } from "vitest";` }],
    ["an import of a page's picture", { "web/ui/a.tsx": `import picture from "./picture.svg?url";` }],
  ])("%s", (_what, files) => {
    expect(breachesWith(files as Record<string, string>)).toEqual([]);
  });
});
