import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { compressFolder } from "./compressed.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hy-compressed-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a page's files lie there compressed in both ways, and say the same", () => {
  mkdirSync(join(folder, "assets"));
  const program = "export const word = 'weld';\n".repeat(500);
  writeFileSync(join(folder, "assets", "a.js"), program);
  compressFolder(folder);
  const names = readdirSync(join(folder, "assets")).sort();
  expect(names).toEqual(["a.js", "a.js.br", "a.js.gz"]);
  const read = (name: string) => readFileSync(join(folder, "assets", name));
  expect(brotliDecompressSync(read("a.js.br")).toString()).toBe(program);
  expect(gunzipSync(read("a.js.gz")).toString()).toBe(program);
  expect(read("a.js.br").length).toBeLessThan(program.length / 10);
});

test("what is small, a picture, or no smaller for it is left alone", () => {
  writeFileSync(join(folder, "small.js"), "export {}");
  writeFileSync(join(folder, "picture.png"), "p".repeat(5_000));
  writeFileSync(join(folder, "noise.wasm"), crypto.getRandomValues(new Uint8Array(5_000)));
  compressFolder(folder);
  expect(readdirSync(folder).sort()).toEqual(["noise.wasm", "picture.png", "small.js"]);
});
