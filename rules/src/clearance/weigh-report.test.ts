import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type WeighedReport, weighReport } from "./weigh-report.ts";

const sure = { isUnsure: false };
const unsure = { isUnsure: true };

describe("a program's report about a scene", () => {
  test.each([
    ["a plain pass", { verdict: "pass", findings: [], hasSeenAll: true }, "pass"],
    ["a pass of a part of the pictures", { verdict: "pass", findings: [], hasSeenAll: false }, "to-staff"],
    ["a pass that names a hazard", { verdict: "pass", findings: [sure], hasSeenAll: true }, "to-staff"],
    ["a fail with what is wrong", { verdict: "fail", findings: [sure], hasSeenAll: false }, "fail"],
    ["a fail without", { verdict: "fail", findings: [], hasSeenAll: true }, "to-staff"],
    ["a fail in doubt", { verdict: "fail", findings: [sure, unsure], hasSeenAll: true }, "to-staff"],
    ["a refer", { verdict: "refer", findings: [sure], hasSeenAll: true }, "to-staff"],
  ] as const)("%s is, where it may decide, %s", (_what, report, becomes) => {
    expect(weighReport(report, true)).toBe(becomes);
    expect(weighReport(report, false)).toBe("to-staff");
  });

  test("passes by itself only what it has seen all of, without a single finding", () => {
    const report: fc.Arbitrary<WeighedReport> = fc.record({
      verdict: fc.constantFrom("pass", "fail", "refer"),
      findings: fc.array(fc.record({ isUnsure: fc.boolean() }), { maxLength: 4 }),
      hasSeenAll: fc.boolean(),
    });
    fc.assert(
      fc.property(report, fc.boolean(), (said, mayDecideAlone) => {
        if (weighReport(said, mayDecideAlone) !== "pass") return;
        expect([mayDecideAlone, said.hasSeenAll, said.findings.length, said.verdict]).toEqual([
          true,
          true,
          0,
          "pass",
        ]);
      }),
    );
  });
});
