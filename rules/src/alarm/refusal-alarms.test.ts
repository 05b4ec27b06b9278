import { expect, test } from "vitest";
import { countRefusalAlarms, type RefusedStart } from "./refusal-alarms.ts";

const policy = { repeatedRefusals: 3, repeatedRefusalsMinutes: 10, quietMinutes: 60 };
const MINUTE_MS = 60_000;
const refused = (
  minute: number,
  ruleIds: string[] = ["certificate-covers-process"],
  welderId = "a",
): RefusedStart => ({
  atMs: minute * MINUTE_MS,
  welderId,
  ruleIds,
});

test("a scan from afar and an expired certificate count once until they have been quiet", () => {
  const starts = [
    refused(0, ["scan-distance", "certificate-valid-on-day"]),
    refused(30, ["scan-distance"]),
    refused(89, ["scan-distance"]),
    refused(149, ["scan-distance"]),
  ];
  expect(countRefusalAlarms(starts, policy)).toEqual({ "far-scan": 2, "certificate-expired": 1 });
});

test("repeated refusals are those of one welder within the time, the last included", () => {
  expect(countRefusalAlarms([refused(0), refused(5), refused(10)], policy)).toEqual({});
  expect(countRefusalAlarms([refused(0), refused(5), refused(9)], policy)).toEqual({
    "repeated-refusals": 1,
  });
  const two = [refused(0), refused(1, undefined, "b"), refused(2), refused(3, undefined, "b")];
  expect(countRefusalAlarms(two, policy)).toEqual({});
});

test("what goes on is one alarm; what comes again after an hour of quiet is another", () => {
  const burst = (from: number) => [0, 1, 2, 3, 4].map((minute) => refused(from + minute));
  expect(countRefusalAlarms([...burst(0), ...burst(50)], policy)).toEqual({ "repeated-refusals": 1 });
  expect(countRefusalAlarms([...burst(0), ...burst(70)], policy)).toEqual({ "repeated-refusals": 2 });
});
