import { expect, test } from "vitest";
import { judgeUscc, normalUscc, usccCheckCharacter } from "./uscc.ts";

test.each([
  // The standard's own example.
  ["91350100M000100Y43", "right"],
  ["91350100M000100Y44", "mismatch"],
  // Two neighbours changed round.
  ["91350100M00010Y043", "mismatch"],
  ["91350100M000100Y4", "malformed"],
  ["91350100M000100Y433", "malformed"],
  ["91350100I000100Y43", "malformed"],
  ["91350100O000100Y43", "malformed"],
  ["91350100S000100Y43", "malformed"],
  ["91350100V000100Y43", "malformed"],
  ["91350100Z000100Y43", "malformed"],
  ["9135A100M000100Y43", "malformed"],
  ["91350100m000100y43", "malformed"],
  ["", "malformed"],
])("%s is %s", (code, verdict) => {
  expect(judgeUscc(code)).toBe(verdict);
});

test("a sum that divides by 31 gives 0, not nothing", () => {
  const bodies = Array.from({ length: 400 }, (_, index) => `91330723DEM0${String(index).padStart(4, "0")}4`);
  const checks = bodies.map(usccCheckCharacter);
  expect(checks).toContain("0");
  expect(checks.every((check) => check?.length === 1)).toBe(true);
  for (const [index, body] of bodies.entries()) expect(judgeUscc(body + checks[index])).toBe("right");
});

test("every single wrong character is noticed", () => {
  const right = "91350100M000100Y43";
  for (let index = 0; index < right.length; index++) {
    for (const other of "0123456789ABCDEFGHJKLMNPQRTUWXY") {
      if (other === right[index]) continue;
      expect(judgeUscc(right.slice(0, index) + other + right.slice(index + 1))).not.toBe("right");
    }
  }
});

test("spaces, dashes and small letters are how people type it", () => {
  expect(normalUscc(" 9135 0100-m000100y43 ")).toBe("91350100M000100Y43");
});

test("what has no check character says so", () => {
  expect(() => usccCheckCharacter("123")).toThrow(RangeError);
  expect(() => usccCheckCharacter("91350100M000100I4")).toThrow(RangeError);
});
