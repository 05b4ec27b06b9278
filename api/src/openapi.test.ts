import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { allRoutes } from "./all-routes.ts";
import { openapiDocument } from "./openapi.ts";

const document = openapiDocument();
const text = JSON.stringify(document);

describe("the OpenAPI description", () => {
  test("is the committed one; else run: node api/generate-openapi.ts", () => {
    const committed = JSON.parse(readFileSync(new URL("../openapi.json", import.meta.url), "utf8"));
    expect(committed).toEqual(JSON.parse(text));
  });

  test("points only to schemas that it holds", () => {
    const { components } = document as { components: { schemas: Record<string, unknown> } };
    const names = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(Object.keys(components.schemas)).toContain(name);
    expect(text).not.toContain("$defs");
  });

  test("holds every route once", () => {
    const signatures = allRoutes.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(signatures).size).toBe(signatures.length);
    const { paths } = document as { paths: Record<string, Record<string, unknown>> };
    expect(Object.values(paths).flatMap((path) => Object.keys(path))).toHaveLength(signatures.length);
  });

  test("declares each parameter of a path", () => {
    for (const route of allRoutes) {
      const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name);
      expect(Object.keys(route.params?.shape ?? {}), route.path).toEqual(names);
    }
  });
});
