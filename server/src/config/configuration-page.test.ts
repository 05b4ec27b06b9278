import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { configurationTable } from "./configuration-page.ts";
import { keys } from "./keys.ts";

const page = readFileSync(new URL("../../../docs/operations/configuration.md", import.meta.url), "utf8");

test("the page lists the keys as they are; else run: node server/src/commands/write-configuration-page.ts", () => {
  expect(page).toContain(configurationTable());
});

test("every key says what it means", () => {
  for (const [name, schema] of Object.entries(keys.shape)) expect(schema.description, name).toBeTruthy();
});
