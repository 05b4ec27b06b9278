import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseCertificateCodes } from "../src/index.ts";

const vectors: { valid: { text: string; codes: unknown }[]; invalid: { text: string; reason: string }[] } =
  JSON.parse(readFileSync(new URL("certificate-codes.json", import.meta.url), "utf8"));

describe("item codes of special-equipment certificates", () => {
  test.each(vectors.valid)("$text is read", ({ text, codes }) => {
    expect(parseCertificateCodes(text)).toEqual({ ok: true, value: codes });
  });

  test.each(vectors.invalid)("$text is refused: $reason", ({ text, reason }) => {
    expect(parseCertificateCodes(text)).toMatchObject({ ok: false, reason });
  });

  test("a code that was read reads the same again", () => {
    for (const { text } of vectors.valid) {
      const parsed = parseCertificateCodes(text);
      const spelled = parsed.ok ? parsed.value.map(({ code }) => code).join(" + ") : "";
      expect(parseCertificateCodes(spelled)).toEqual(parsed);
    }
  });
});
