import { describe, expect, test } from "vitest";
import {
  isInScope,
  isWithinRegion,
  type Person,
  requirePerson,
  requireRole,
  requireScope,
  scopeOf,
} from "./sign-in.ts";

const person = (...roles: Person["roles"]): Person => ({
  personId: "0198c0de-0000-7000-8000-000000000001" as Person["personId"],
  signInId: "s",
  roles,
});
const county = { role: "regulator", region: "330723", enterpriseId: null } as const;
const enterpriseId = "0198c0de-0000-7000-8000-000000000002";

describe("who may", () => {
  test("a stranger is asked to sign in, a person without the role is refused", () => {
    expect(() => requirePerson({ person: undefined })).toThrow("sign_in.required");
    expect(() => requireRole({ person: undefined }, "regulator")).toThrow("sign_in.required");
    expect(() => requireRole({ person: person() }, "regulator")).toThrow("role.forbidden");
    expect(() => requireRole({ person: person(county) }, "operator", "welder")).toThrow("role.forbidden");
    expect(requireRole({ person: person(county) }, "operator", "regulator").roles).toEqual([county]);
  });

  test.each([
    ["33", "330723", true],
    ["3307", "330723", true],
    ["330723", "330723", true],
    ["330723", "330723101", true],
    ["330723", "330724", false],
    ["330723", "3307", false],
    ["330723101", "330723102", false],
  ])("scope %s over %s: %s", (scope, region, within) => {
    expect(isWithinRegion(scope, region)).toBe(within);
  });

  test("a regulator reaches the own subtree", () => {
    const scope = scopeOf(person(county), "regulator");
    expect(isInScope(scope, "330723101")).toBe(true);
    expect(() => requireScope(scope, "330724")).toThrow("region.out_of_scope");
  });

  test("a role bound to an enterprise reaches the enterprise and not the region around it", () => {
    const scope = scopeOf(
      person({ role: "enterprise-officer", region: "330723", enterpriseId }),
      "enterprise-officer",
    );
    expect(isInScope(scope, "330723", enterpriseId)).toBe(true);
    expect(isInScope(scope, "330723")).toBe(false);
    expect(isInScope(scope, "330723", "another")).toBe(false);
  });

  test("only an operator without a region reaches everything", () => {
    const nowhere = { region: null, enterpriseId: null };
    expect(scopeOf(person({ role: "operator", ...nowhere }), "operator").everywhere).toBe(true);
    for (const role of ["regulator", "station-staff", "installer", "welder"] as const) {
      expect(isInScope(scopeOf(person({ role, ...nowhere }), role), "330723")).toBe(false);
    }
    const regional = scopeOf(person({ role: "operator", region: "3307", enterpriseId: null }), "operator");
    expect(isInScope(regional, "330800")).toBe(false);
  });

  test("roles that were not asked for lend no reach", () => {
    const both = person(county, { role: "installer", region: "33", enterpriseId: null });
    expect(isInScope(scopeOf(both, "regulator"), "330100")).toBe(false);
    expect(isInScope(scopeOf(both, "regulator", "installer"), "330100")).toBe(true);
  });
});
