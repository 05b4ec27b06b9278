import { expect, test } from "vitest";
import { secondBySecond } from "./clips.ts";

test("a clip runs as fast as the time did: a picture that is missing is the one before", () => {
  const [a, b, c] = [Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)];
  expect(secondBySecond([0, 1_100, 4_000], [a, b, c])).toEqual([a, b, b, b, c]);
  expect(secondBySecond([500], [a])).toEqual([a]);
});
