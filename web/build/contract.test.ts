import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as api from "@hanyouxu/api";
import { build } from "vite";
import { describe, expect, it } from "vitest";
import { contract, withoutSchemas } from "./contract.ts";
import { z } from "./contract-names.ts";

describe("the contract as pages have it", () => {
  it("keeps method and path of a route, and nothing else", () => {
    const code = `export const routes = {
  list: defineRoute({
    method: "GET",
    path: "/api/machines/:machineId",
    params: z.object({ machineId: z.uuid() }), ...acted,
    answers: { 200: z.array(machine) },
  }),
  take: defineRoute({ summary: "x", body: z.null(), path: "/api/take", method: "POST" }),
};`;
    const kept = withoutSchemas(code);
    expect(kept).not.toMatch(/z\.|answers|params|acted|summary/);
    const routes = new Function("defineRoute", `${kept.replace("export const routes =", "return")}`)(
      (route: object) => route,
    );
    expect(routes).toEqual({
      list: { method: "GET", path: "/api/machines/:machineId" },
      take: { method: "POST", path: "/api/take" },
    });
  });

  it("marks every call of a constant as one that can be left out, and none within a function", () => {
    const kept = withoutSchemas(
      "const one = z.object({ a: z.string().min(1) }).meta({ id: 'One' });\nexport function two() { return z.null(); }\nconst three = () => z.null();",
    );
    expect(kept.match(/@__PURE__/g)).toHaveLength(4);
    expect(kept).toContain("return z.null()");
    expect(kept).toContain("() => z.null()");
  });

  it("keeps what is no constant as it is", () => {
    const code = 'export * from "./machines.ts";\nexport class ApiError extends Error {}\nlog("x");';
    expect(withoutSchemas(code)).toBe(code);
  });
});

describe("the names of an enumeration", () => {
  const colours = z.enum(["red", "green", "blue"]);
  it("are what they are", () => {
    expect(colours.options).toEqual(["red", "green", "blue"]);
    expect(colours.exclude(["red"]).options).toEqual(["green", "blue"]);
    expect(colours.extract(["red"]).options).toEqual(["red"]);
  });

  it("stay whatever else is said of them", () => {
    const said = colours as unknown as { meta(about: object): { default(name: string): typeof colours } };
    expect(said.meta({ id: "Colour" }).default("red").options).toEqual(["red", "green", "blue"]);
  });

  it("are not there to check by", () => {
    const checked = colours as unknown as { safeParse(value: unknown): unknown };
    expect(() => checked.safeParse("red")).toThrow(/no schemas to check by/);
  });
});

it("no page asks a schema for more than the names of an enumeration", () => {
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  const files = globSync("{console,live,map,mobile,ui}/**/*.{ts,tsx}", { cwd });
  expect(files.length).toBeGreaterThan(300);
  const asking = files.filter(
    (file) =>
      !file.includes(".test.") &&
      /\.(safeParse|parseAsync|shape|element|unwrap|innerType)\b|from "zod"/.test(
        readFileSync(`${cwd}/${file}`, "utf8"),
      ),
  );
  expect(asking).toEqual([]);
});

it("is the server's: the same routes, the same names, and nothing that does not evaluate", {
  timeout: 60_000,
}, async () => {
  const entry = fileURLToPath(import.meta.resolve("@hanyouxu/api"));
  const built = await build({
    configFile: false,
    logLevel: "silent",
    plugins: [contract()],
    build: {
      write: false,
      minify: false,
      lib: { entry, formats: ["es"] },
      rolldownOptions: { treeshake: false },
    },
  });
  const [{ output }] = built as unknown as [{ output: [{ code: string }] }];
  const paged: typeof api = await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
  const called = (routes: readonly api.Route[]) => routes.map(({ method, path }) => ({ method, path }));
  expect(api.allRoutes.length).toBeGreaterThan(200);
  expect(paged.allRoutes).toEqual(called(api.allRoutes));
  const namesIn = (exported: object): Record<string, string[]> =>
    Object.fromEntries(
      Object.entries(exported).flatMap(([name, value]) =>
        Array.isArray(value?.options) && typeof value.options[0] === "string" ? [[name, value.options]] : [],
      ),
    );
  expect(Object.keys(namesIn(api)).length).toBeGreaterThan(50);
  expect(namesIn(paged)).toEqual(namesIn(api));
});
