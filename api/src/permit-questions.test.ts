import { createHash } from "node:crypto";
import {
  decide,
  defaultHotWorkPolicy,
  exampleHotWorkFacts,
  type HotWorkFacts,
  hotWorkPacks,
  hotWorkRegimes,
  unknownHotWorkFacts,
} from "@hanyouxu/rules";
import { expect, test } from "vitest";
import { measuresOf, permitMeasures } from "./permit-measures.ts";
import { permitQuestionsOf } from "./permit-questions.ts";

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash("sha256").update(bytes).digest());
const atMs = Date.UTC(2026, 10, 23, 1, 30);

const cases = hotWorkRegimes.flatMap((regime) =>
  (["issue", "start"] as const).flatMap((moment) =>
    [false, true].map((usesGasCylinders) => [regime, moment, usesGasCylinders] as const),
  ),
);

test.each(cases)(
  "the form of %s asks all that the law needs at the %s (cylinders: %s)",
  (regime, moment, usesGasCylinders) => {
    const asked = permitQuestionsOf(regime);
    const example = exampleHotWorkFacts(regime, moment, atMs);
    const unknown = unknownHotWorkFacts(regime, moment);
    const distances = [...asked.distances, ...(usesGasCylinders ? asked.cylinderDistances : [])];
    const facts: HotWorkFacts = {
      ...example,
      usesGasCylinders,
      windForceBeaufort: asked.asksWind ? example.windForceBeaufort : null,
      place: { ...unknown.place, ...pick(example.place, asked.place) },
      distances: {
        ...unknown.distances,
        ...pick(example.distances, distances),
        ...(usesGasCylinders ? { oxygenToAcetylene: 6, cylinders: 12 } : {}),
      },
      measures: { ...unknown.measures, hasSignerInspected: true },
    };
    for (const { facts: learned } of measuresOf(regime)) {
      for (const [key, { done }] of Object.entries(learned ?? {}))
        Object.assign(facts.measures, { [key]: done });
    }
    const { outcome, reasons } = decide(hotWorkPacks, facts, defaultHotWorkPolicy, atMs, sha256);
    expect(reasons.map(({ ruleId }) => ruleId)).toEqual([]);
    expect(outcome).toBe("grant");
  },
);

test("the list has the fifteen lines of table A.1, each once and in order", () => {
  const lines = permitMeasures.flatMap(({ tableLine }) => tableLine ?? []);
  expect(lines).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
});

function pick<Facts extends object>(facts: Facts, keys: readonly (keyof Facts)[]): Partial<Facts> {
  return Object.fromEntries(keys.map((key) => [key, facts[key]])) as Partial<Facts>;
}
