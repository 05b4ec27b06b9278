import { expect, test } from "vitest";
import { leftMs, platformTimeMs } from "./heard-challenge.ts";

const challenge = {
  challengeId: "0198c0de-0000-7000-8000-00000000000a",
  digits: "0412",
  demand: "point-at-exit",
  issuedAt: "2026-03-01T00:00:00.000Z",
  expiresAt: "2026-03-01T00:10:00.000Z",
  allowsGallery: false,
} as const;

test("the time of a picture goes by the platform's clock, not by the phone's", () => {
  const heard = { challenge, heardAtMs: 5_000 };
  expect(new Date(platformTimeMs(heard, 95_000)).toISOString()).toBe("2026-03-01T00:01:30.000Z");
  expect(leftMs(heard, 95_000)).toBe(510_000);
  expect(leftMs(heard, 605_000)).toBe(0);
  expect(leftMs(heard, 999_000)).toBe(0);
});
