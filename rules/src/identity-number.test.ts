import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ageOn, parseIdentityNumber } from "./identity-number.ts";

describe("an identity number of GB 11643", () => {
  test("the standard's own example reads, also in lower case and with spaces", () => {
    for (const text of ["11010519491231002X", "110105 19491231 002x"]) {
      expect(parseIdentityNumber(text)).toEqual({
        ok: true,
        value: { number: "11010519491231002X", regionCode: "110105", birthDay: "1949-12-31" },
      });
    }
  });

  test.each([
    ["", "shape"],
    ["1101051949123100X", "shape"],
    ["11010519491231002XX", "shape"],
    ["01010519491231002X", "shape"],
    ["1101051949123100２X", "shape"],
    ["X1010519491231002X", "shape"],
    ["110105194902300022", "birth-day"],
    ["110105194913010022", "birth-day"],
    ["110105194912310021", "check-character"],
    ["11010519491231003X", "check-character"],
  ])("%s is refused: %s", (text, reason) => {
    expect(parseIdentityNumber(text)).toEqual({ ok: false, reason });
  });

  test("one wrong digit, or two neighbours swapped, never passes", () => {
    const good = "11010519491231002X";
    fc.assert(
      fc.property(fc.nat(16), fc.nat(9), (at, digit) => {
        const wrong = good.slice(0, at) + digit + good.slice(at + 1);
        if (wrong !== good) expect(parseIdentityNumber(wrong).ok).toBe(false);
        const swapped = good.slice(0, at) + good[at + 1] + good[at] + good.slice(at + 2);
        if (swapped !== good) expect(parseIdentityNumber(swapped).ok).toBe(false);
      }),
    );
  });

  test.each([
    ["2008-03-01", "2026-02-28", 17],
    ["2008-03-01", "2026-03-01", 18],
    ["2008-02-29", "2026-02-28", 17],
    ["2008-02-29", "2026-03-01", 18],
  ])("born on %s one is on %s %i years old", (birthDay, day, years) => {
    expect(ageOn(birthDay, day)).toBe(years);
  });
});
