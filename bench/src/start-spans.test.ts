import { expect, test } from "vitest";
import { spansOf } from "./start-spans.ts";

const scan = { workSessionId: "s", dueAtMs: 99, askedAtMs: 100, grantedAtMs: 112, shownAtMs: 130 };
const start = {
  decidingAtMs: 103,
  signingAtMs: 106,
  signedAtMs: 107,
  publishedAtMs: 109,
  verifiedAtMs: 114,
  durableAtMs: 119,
  announcedAtMs: 125,
};
const chip = { grantedAtMs: 110, answeredAtMs: 112, energisedAtMs: 113 };

test("the spans between scan and verified acknowledgement add up to the total", () => {
  const spans = spansOf(scan, start, chip)!;
  const { total, http, decision, signature, commit, brokerDown, chip: inChip, brokerUp } = spans;
  expect(total).toBe(14);
  expect(http + decision + signature + commit + brokerDown + inChip + brokerUp).toBe(total);
  expect(spans).toMatchObject({ durable: 19, announced: 25, answered: 12, shown: 30, late: 1 });
});

test("a start with a missing point has no spans", () => {
  expect(spansOf(scan, undefined, chip)).toBeUndefined();
  expect(spansOf(scan, { ...start, verifiedAtMs: undefined as never }, chip)).toBeUndefined();
  expect(spansOf(scan, start, { grantedAtMs: 110 })).toBeUndefined();
});
