import { type CheckResult, fail, need, pass, type Step } from "../../rule.ts";
import { exampleGasTest, minutesMs } from "../example-facts.ts";
import type { GasTest, GasTestPlace, HotWorkFacts } from "../facts.ts";
import { step } from "../hot-work-rule.ts";

export const testGas: Step = step("test-gas", "取样做气体分析", "Take a sample and test the gas");

/** The newest sample of a place that was taken by the instant; undefined when there is none. */
export function newestTest(facts: HotWorkFacts, place: GasTestPlace, atMs: number): GasTest | undefined {
  let newest: GasTest | undefined;
  for (const test of facts.gasTests ?? []) {
    if (test.place !== place || !(test.sampledAtMs <= atMs)) continue;
    if (!newest || test.sampledAtMs > newest.sampledAtMs) newest = test;
  }
  return newest;
}

const ageMinutes = (test: GasTest, atMs: number) => Math.floor((atMs - test.sampledAtMs) / 600) / 100;

/** A sample of the place, no older than so many minutes. */
export function mustBeFresh(test: GasTest | undefined, minutes: number, atMs: number): CheckResult {
  if (!test) return need(testGas);
  const isFresh = atMs - test.sampledAtMs <= minutesMs(minutes);
  return isFresh ? pass() : fail({ minutes: ageMinutes(test, atMs), limitMinutes: minutes });
}

/** After a break that was too long, a sample from after its beginning, no older than so many minutes. */
export function mustBeRetested(
  facts: HotWorkFacts,
  place: GasTestPlace,
  breakLimitMinutes: number,
  atMs: number,
): CheckResult {
  const brokeAtMs = facts.progress.lastWorkEndedAtMs;
  if (brokeAtMs === null || atMs - brokeAtMs <= minutesMs(breakLimitMinutes)) return pass();
  const test = newestTest(facts, place, atMs);
  if (!test) return need(testGas);
  if (test.sampledAtMs >= brokeAtMs && atMs - test.sampledAtMs <= minutesMs(30)) return pass();
  return fail({ minutes: Math.floor((atMs - brokeAtMs) / 600) / 100, limitMinutes: breakLimitMinutes });
}

/** The only sample, taken so many milliseconds ago. */
export function sampled(agoMs: number) {
  return (facts: HotWorkFacts, atMs: number) => {
    facts.gasTests = [{ ...exampleGasTest(atMs), sampledAtMs: atMs - agoMs }];
  };
}

/** The only sample, with something changed. */
export function measured(change: Partial<GasTest>) {
  return (facts: HotWorkFacts, atMs: number) => {
    facts.gasTests = [{ ...exampleGasTest(atMs), ...change }];
  };
}
