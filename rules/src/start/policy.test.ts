import { describe, expect, test } from "vitest";
import { defaultStartPolicy, startPolicy, startPolicyFields } from "./policy.ts";

describe("the policy of a region", () => {
  test("takes the defaults for what it leaves out", () => {
    const parsed = startPolicy({ version: "330723-1", scanDistanceMetres: 150 });
    expect(parsed).toEqual({
      ok: true,
      policy: { ...defaultStartPolicy, version: "330723-1", scanDistanceMetres: 150 },
    });
  });

  test("has a default within its bounds for every field", () => {
    expect(startPolicy({ ...defaultStartPolicy })).toEqual({ ok: true, policy: defaultStartPolicy });
    expect(Object.keys(defaultStartPolicy).sort()).toEqual(
      ["version", ...Object.keys(startPolicyFields)].sort(),
    );
  });

  test.each([
    ["scanDistanceMetres", 9],
    ["scanDistanceMetres", 5001],
    ["scanDistanceMetres", "200"],
    ["scanDistanceMetres", Number.NaN],
    ["scanDistanceMetres", null],
    ["unknownPhonePosition", "maybe"],
    ["version", ""],
    ["scanDistance", 200],
    ["__proto__x", 1],
  ])("names the field %s when it is %s", (field, value) => {
    const parsed = startPolicy({ version: "1", [field]: value });
    expect(parsed.ok).toBe(false);
    expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.field)).toEqual([field]);
  });
});
