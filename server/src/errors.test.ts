import { expect, test } from "vitest";
import { errorCodes, messageOf, statusOf } from "./errors.ts";

test("every refusal speaks Chinese in Chinese, English in English, and has a status of refusals", () => {
  expect(errorCodes.length).toBeGreaterThan(15);
  for (const code of errorCodes) {
    expect(messageOf(code, "zh-CN"), code).toMatch(/\p{Script=Han}/u);
    expect(messageOf(code, "en"), code).not.toMatch(/\p{Script=Han}/u);
    expect(statusOf(code), code).toBeGreaterThanOrEqual(400);
  }
});
