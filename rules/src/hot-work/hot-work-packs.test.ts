import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide } from "../decide.ts";
import { replay } from "../replay.ts";
import { exampleHotWorkAtMs, exampleHotWorkFacts } from "./example-facts.ts";
import { type HotWorkFacts, hotWorkMoments } from "./facts.ts";
import { hotWorkPacks } from "./hot-work-packs.ts";
import { defaultHotWorkPolicy, type HotWorkPolicy } from "./policy.ts";
import { hotWorkRegimes } from "./regime.ts";
import { unknownHotWorkFacts } from "./unknown-facts.ts";

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash("sha256").update(bytes).digest());
const decideHotWork = (
  facts: HotWorkFacts,
  policy: HotWorkPolicy = defaultHotWorkPolicy,
  atMs = exampleHotWorkAtMs,
) => decide(hotWorkPacks, facts, policy, atMs, sha256);
const rules = hotWorkPacks.flatMap((pack) => pack.rules.map((rule) => ({ pack, rule })));
const cases = hotWorkRegimes.flatMap((regime) => hotWorkMoments.map((moment) => ({ regime, moment })));

/** Read in a copy: exactly the clauses that the domain report lists as read, and two articles of Order 61. */
const read = {
  "gb-30871": /^(4\.1[0-7]|5\.1\.[1-5]|5\.2\.(4|7|9|1[0-5])|5\.3\.[12]|6\.([3-9]|10)|B\.[13])/,
  "order-61": /^(20|25)$/,
} as Record<string, RegExp>;

describe.each(rules)("rule $rule.pack/$rule.id@$rule.version", ({ pack, rule }) => {
  test.each(rule.examples)("$name: $expected", ({ facts, policy, atMs, expected }) => {
    const result = rule.appliesTo(facts) ? rule.check(facts, policy, atMs).result : "skip";
    expect(result).toBe(expected);
  });

  test("has an example that passes and one that does not, and leaves no gap in its words", () => {
    const expected = rule.examples.map((example) => example.expected);
    expect(expected).toContain("pass");
    const failing = rule.examples.filter((example) => ["fail", "need"].includes(example.expected));
    expect(failing.length).toBeGreaterThan(0);
    for (const { facts, policy, atMs } of failing) {
      const reason = decideHotWork(facts, policy, atMs).reasons.find(
        (one) => one.ruleId === rule.id && one.pack === rule.pack,
      );
      expect(reason).toMatchObject({ ruleVersion: rule.version, verified: reason?.clause.verified });
      expect(`${reason?.title.zh}${reason?.title.en}${reason?.fix.zh}${reason?.fix.en}`).not.toMatch(
        /[{}]|undefined|null/,
      );
    }
  });

  test("claims a law as read only where it was, and belongs to its pack", () => {
    expect(rule.pack).toBe(pack.id);
    const clauses = rule.examples.map(({ facts, policy, atMs }) => {
      const checked = rule.appliesTo(facts) ? rule.check(facts, policy, atMs) : undefined;
      return checked?.result === "fail" ? (checked.clause ?? rule.clause) : rule.clause;
    });
    for (const clause of [rule.clause, ...clauses]) {
      if (clause.kind === "policy") continue;
      const pattern = read[rule.pack];
      expect(clause.verified).toBe(pattern !== undefined);
      if (pattern) expect(clause.article).toMatch(pattern);
    }
  });

  test("keeps its examples to its own days, regimes and moments", () => {
    for (const { facts, atMs, expected } of rule.examples) {
      const day = new Date(atMs + 8 * 3_600_000).toISOString().slice(0, 10);
      expect(rule.effectiveFrom <= day && day <= (rule.effectiveTo ?? "9999")).toBe(true);
      if (expected !== "skip") {
        expect(rule.regimes).toContain(facts.regime);
        expect(rule.moments).toContain(facts.moment);
      }
    }
  });
});

describe("the packs on hot work", () => {
  test("name each rule once and give it its own rank", () => {
    const names = rules.map(({ rule }) => `${rule.pack}/${rule.id}@${rule.version}`);
    expect(new Set(names).size).toBe(names.length);
    const ranks = new Set(rules.map(({ rule }) => `${rule.rank} ${rule.version}`));
    expect(ranks.size).toBe(rules.length);
  });

  test.each(cases)("grant good work: $regime, $moment", ({ regime, moment }) => {
    expect(decideHotWork(exampleHotWorkFacts(regime, moment))).toMatchObject({
      outcome: "grant",
      reasons: [],
    });
  });

  test.each(cases)("never grant what nobody knows anything about: $regime, $moment", ({ regime, moment }) => {
    const decision = decideHotWork(unknownHotWorkFacts(regime, moment));
    expect(decision.outcome).not.toBe("grant");
  });

  test("knowing less never helps: a fact that is taken away turns no refusal into a grant", () => {
    const oddPlace = fc.record({
      isExplosiveArea: fc.boolean(),
      isRunningPlantOrTankFarm: fc.boolean(),
      isPipeRack: fc.boolean(),
      isOutdoors: fc.boolean(),
      isConfinedSpace: fc.boolean(),
      isOxygenEquipment: fc.boolean(),
      isSharedBuilding: fc.boolean(),
      isFireSeparated: fc.boolean(),
      openingHours: fc.constantFrom("open", "closed"),
    });
    const metres = fc.oneof(fc.double({ min: 0, max: 40, noNaN: true }), fc.constant("none"));
    const odd = fc.record({
      case: fc.constantFrom(...cases),
      place: oddPlace,
      wind: fc.integer({ min: 0, max: 8 }),
      usesGasCylinders: fc.boolean(),
      distance: fc.tuple(
        fc.constantFrom(...Object.keys(unknownHotWorkFacts("general", "start").distances)),
        metres,
      ),
      lost: fc.nat(200),
    });
    let refusals = 0;
    fc.assert(
      fc.property(odd, ({ case: { regime, moment }, place, wind, usesGasCylinders, distance, lost }) => {
        const facts = exampleHotWorkFacts(regime, moment);
        Object.assign(facts.place, place);
        facts.windForceBeaufort = wind;
        facts.usesGasCylinders = usesGasCylinders;
        Object.assign(facts.distances, { [distance[0]]: distance[1] });
        if (decideHotWork(facts).outcome === "grant") return;
        refusals += 1;
        expect(decideHotWork(without(facts, lost)).outcome).not.toBe("grant");
      }),
      { numRuns: 1500 },
    );
    expect(refusals).toBeGreaterThan(100);
  });

  test("do not rest on odd numbers: NaN is never a good measurement", () => {
    const facts = exampleHotWorkFacts("chemical", "start");
    facts.usesGasCylinders = true;
    for (const change of [
      () => Object.assign(facts.distances, { combustibleGasDischarge: Number.NaN }),
      () => Object.assign(facts.distances, { cylinders: Number.NaN }),
      () => Object.assign(facts, { windForceBeaufort: Number.NaN }),
      () => Object.assign(facts.gasTests![0]!, { measuredVolPercent: Number.NaN }),
      () => Object.assign(facts.permit!, { validToMs: Number.NaN }),
    ]) {
      const before = structuredClone(facts);
      change();
      expect(decideHotWork(facts).outcome).toBe("refuse");
      Object.assign(facts, before);
    }
  });

  test("replay a decision from its stored JSON to the letter", () => {
    for (const { regime, moment } of cases) {
      for (const facts of [exampleHotWorkFacts(regime, moment), unknownHotWorkFacts(regime, moment)]) {
        const decision = decideHotWork(facts);
        const kept = JSON.parse(JSON.stringify({ facts, policy: defaultHotWorkPolicy, decision }));
        expect(replay(kept, hotWorkPacks, sha256)).toMatchObject({ same: true, sameRules: true });
      }
    }
  });

  test("before GB 30871 was in force its rules did not speak", () => {
    const facts = unknownHotWorkFacts("chemical", "start");
    const packsOn = (day: string) =>
      new Set(
        decideHotWork(facts, undefined, Date.parse(`${day}T04:00:00Z`)).reasons.map(({ pack }) => pack),
      );
    expect(packsOn("2022-09-30")).not.toContain("gb-30871");
    expect(packsOn("2022-10-01")).toContain("gb-30871");
  });
});

/** Facts in which one known fact, the n-th by order, is unknown. What has not happened yet is no unknown. */
function without(facts: HotWorkFacts, n: number): HotWorkFacts {
  const copy = structuredClone(facts);
  const parts: object[] = [copy.place, copy.distances, copy.measures, copy.people];
  const leaves = [
    ...parts.flatMap((part) => Object.keys(part).map((key) => () => Object.assign(part, { [key]: null }))),
    () => Object.assign(copy, { gasTests: null }),
    () => Object.assign(copy, { windForceBeaufort: null }),
    () => Object.assign(copy, { usesGasCylinders: null }),
    () => Object.assign(copy, { permit: null }),
  ];
  leaves[n % leaves.length]!();
  return copy;
}
