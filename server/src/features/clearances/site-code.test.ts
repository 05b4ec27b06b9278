import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSiteCodeFresh, type SiteCodeSecret, siteCodeAt, siteCodeIdIn } from "./site-code.ts";

const secret: SiteCodeSecret = {
  siteCodeId: new Uint8Array([1, 2, 3, 4, 5]),
  siteCodeKey: new Uint8Array(16).fill(7),
  siteCodeSeconds: 15,
};
const atMs = Date.UTC(2026, 10, 26, 1, 0, 7);

describe("the site code", () => {
  test("says how long it lives, and the next one is another", () => {
    const { code, validSeconds } = siteCodeAt(secret, atMs);
    expect(code).toMatch(/^[A-HJ-NP-Z2-9]{20}$/);
    expect(validSeconds).toBe(8);
    expect(siteCodeAt(secret, atMs + 7_999).code).toBe(code);
    expect(siteCodeAt(secret, atMs + 8_000).code).not.toBe(code);
  });

  test("names its clearance in any spelling and as the page's address", () => {
    const { code } = siteCodeAt(secret, atMs);
    const spellings = [
      code,
      code.toLowerCase(),
      ` ${code.slice(0, 5)}-${code.slice(5)}`,
      `https://x.example/m/#/watch/${code}`,
    ];
    for (const spelling of spellings) {
      expect(siteCodeIdIn(spelling)).toEqual({ siteCodeId: secret.siteCodeId, code });
    }
  });

  test("counts for its moment and the next, so that scanning may take a while", () => {
    const { code } = siteCodeAt(secret, atMs);
    expect(isSiteCodeFresh(secret, code, atMs)).toBe(true);
    expect(isSiteCodeFresh(secret, code, atMs + 8_000 + 14_999)).toBe(true);
    expect(isSiteCodeFresh(secret, code, atMs + 8_000 + 15_000)).toBe(false);
    expect(isSiteCodeFresh(secret, code, atMs - 8_000)).toBe(false);
  });

  test("of another clearance or another key counts for nothing", () => {
    const { code } = siteCodeAt(secret, atMs);
    expect(isSiteCodeFresh({ ...secret, siteCodeKey: new Uint8Array(16).fill(8) }, code, atMs)).toBe(false);
    expect(isSiteCodeFresh({ ...secret, siteCodeId: new Uint8Array(5) }, code, atMs)).toBe(false);
  });

  test("with one character changed names another clearance, or is stale", () => {
    const { code } = siteCodeAt(secret, atMs);
    const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    fc.assert(
      fc.property(fc.nat(19), fc.constantFrom(...alphabet), (index, character) => {
        fc.pre(code[index] !== character);
        const changed = code.slice(0, index) + character + code.slice(index + 1);
        const found = siteCodeIdIn(changed);
        const isSameId = found?.siteCodeId.every((byte, place) => byte === secret.siteCodeId[place]);
        expect(isSameId === true && isSiteCodeFresh(secret, changed, atMs)).toBe(false);
      }),
    );
  });

  test("nothing else is one", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const found = siteCodeIdIn(text);
        expect(found === undefined || !isSiteCodeFresh(secret, found.code, atMs)).toBe(true);
      }),
    );
  });
});
