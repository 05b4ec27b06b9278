import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { modelProblems, parseMachineModel } from "../src/index.ts";

const vectors: {
  valid: { text: string; expected: { kind: string; designation: string } }[];
  invalid: { text: string; reason: string; designation: string; suggestion: string | null }[];
} = JSON.parse(readFileSync(new URL("machine-models.json", import.meta.url), "utf8"));

describe("the designations of the vectors", () => {
  test("are more than 200 of GB/T 10249 and more than 50 of makers, each once", () => {
    const standard = vectors.valid.filter(({ expected }) => expected.kind === "gbt10249");
    expect(new Set(standard.map(({ expected }) => expected.designation)).size).toBeGreaterThan(400);
    expect(vectors.valid.length - standard.length).toBeGreaterThan(50);
    expect(new Set(vectors.valid.map(({ text }) => text)).size).toBe(vectors.valid.length);
  });

  test.each(vectors.valid)("$text is read", ({ text, expected }) => {
    expect(parseMachineModel(text)).toEqual({ ok: true, value: expected });
  });

  test.each(vectors.invalid)("$text is refused: $reason", ({ text, ...expected }) => {
    expect(parseMachineModel(text)).toEqual({ ok: false, ...expected });
  });

  test("show every reason for which a text is refused", () => {
    expect([...new Set(vectors.invalid.map(({ reason }) => reason))].sort()).toEqual(
      Object.keys(modelProblems).sort(),
    );
  });
});

describe("reading any text", () => {
  test("never throws, and what was read is read again the same", () => {
    const piece = fc.constantFrom(
      "ZX7",
      "NBC",
      "DN",
      "KR",
      "-",
      "－",
      " ",
      "400",
      "35",
      "S",
      "焊机",
      "(",
      ")",
      "/",
      "II",
    );
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(piece, { maxLength: 8 }).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, (written) => {
        const first = parseMachineModel(written);
        if (!first.ok) return;
        const { maker } = first.value;
        const again = parseMachineModel(first.value.designation);
        expect(again.ok && { ...again.value, maker }).toEqual(first.value);
      }),
      { numRuns: 2_000 },
    );
  });
});
