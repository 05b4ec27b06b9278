import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type ErrorCode, messageOf, statusOf } from "./errors.ts";

const source = readFileSync(new URL("./errors.ts", import.meta.url), "utf8");
const codes = [...source.matchAll(/^ {2}"([a-z_]+\.[a-z_]+)": \{/gm)].map(([, code]) => code as ErrorCode);

test("every refusal speaks Chinese in Chinese, English in English, and has a status of refusals", () => {
  expect(codes.length).toBeGreaterThan(15);
  for (const code of codes) {
    expect(messageOf(code, "zh-CN"), code).toMatch(/\p{Script=Han}/u);
    expect(messageOf(code, "en"), code).not.toMatch(/\p{Script=Han}/u);
    expect(statusOf(code), code).toBeGreaterThanOrEqual(400);
  }
});
