import type { HotWorkFacts, Known } from "../facts.ts";
import type { HotWorkExample, HotWorkExampleMaker } from "../hot-work-rule.ts";

/** Yes passes, no fails, and what nobody has said is asked. */
export function answers(
  example: HotWorkExampleMaker,
  set: (facts: HotWorkFacts, value: Known) => void,
): HotWorkExample[] {
  return (
    [
      ["yes", "pass", true],
      ["no", "fail", false],
      ["nobody has said", "need", null],
    ] as const
  ).map(([name, expected, value]) => example(name, expected, (facts) => set(facts, value)));
}

type Passing = "pass" | "fail";

/** Examples just below, at and just above a limit, named by it. */
export function aroundLimit(
  example: HotWorkExampleMaker,
  limit: { value: number; unit: string; step: number; name?: string },
  [below, at, above]: readonly [Passing, Passing, Passing],
  set: (facts: HotWorkFacts, value: number, atMs: number) => void,
): HotWorkExample[] {
  const { value, unit, step, name } = limit;
  const prefix = name ? `${name}: ` : "";
  return (
    [
      ["just below", -step, below],
      ["at", 0, at],
      ["just above", step, above],
    ] as const
  ).map(([word, by, expected]) =>
    example(`${prefix}${word} ${value} ${unit}`, expected, (facts, atMs) =>
      // Sums of decimal fractions are written as people write them.
      set(facts, Math.round((value + by) * 1e9) / 1e9, atMs),
    ),
  );
}

/** The same around a time, to the millisecond. */
export function aroundTime(
  example: HotWorkExampleMaker,
  limit: { value: number; unit: "min" | "h"; name?: string },
  outcomes: readonly [Passing, Passing, Passing],
  set: (facts: HotWorkFacts, ms: number, atMs: number) => void,
): HotWorkExample[] {
  const unitMs = limit.unit === "h" ? 3_600_000 : 60_000;
  return aroundLimit(example, { ...limit, step: 1 / unitMs }, outcomes, (facts, value, atMs) =>
    set(facts, Math.round(value * unitMs), atMs),
  );
}
