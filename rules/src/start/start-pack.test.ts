import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { certificateFamilies } from "../certificate-family.ts";
import { certificateItems } from "../certificate-item.ts";
import { shanghaiDay } from "../civil-day.ts";
import { decide } from "../decide.ts";
import { weldingProcesses } from "../process.ts";
import { replay } from "../replay.ts";
import { exampleAtMs, exampleCertificate, exampleFacts } from "./example-facts.ts";
import {
  accountStatuses,
  certificateStatuses,
  certificateVerifications,
  machineStatuses,
  type StartFacts,
} from "./facts.ts";
import { defaultStartPolicy, type StartPolicy } from "./policy.ts";
import { startPack } from "./start-pack.ts";

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash("sha256").update(bytes).digest());
const decideStart = (facts: StartFacts, policy: StartPolicy = defaultStartPolicy, atMs = exampleAtMs) =>
  decide([startPack], facts, policy, atMs, sha256);

const oddNumber = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(0, -1, Number.NaN, Number.POSITIVE_INFINITY),
);
const instantMs = fc.integer({ min: exampleAtMs - 10 * 86_400_000, max: exampleAtMs + 86_400_000 });
const day = fc.oneof(instantMs.map(shanghaiDay), fc.string());
const position = fc.record({
  latitudeDegrees: fc.oneof(fc.double({ min: 28.89, max: 28.91, noNaN: true }), oddNumber),
  longitudeDegrees: fc.oneof(fc.double({ min: 119.79, max: 119.81, noNaN: true }), oddNumber),
  accuracyMetres: fc.oneof(fc.double({ min: 1, max: 600, noNaN: true }), oddNumber),
  fixedAtMs: fc.oneof(instantMs, oddNumber),
});
const certificate = fc.record({
  family: fc.constantFrom(...certificateFamilies),
  itemId: fc.oneof(fc.constantFrom(...certificateItems.map(({ id }) => id)), fc.string()),
  status: fc.constantFrom(...certificateStatuses),
  verification: fc.constantFrom(...certificateVerifications),
  validFromDay: day,
  validToDay: day,
  reviewDueDay: fc.option(day),
});
const id = fc.uuid();
/** Any facts that the type allows, and many cases that are nearly good. */
const anyFacts = fc.record({
  welder: fc.record({
    id,
    status: fc.constantFrom(...accountStatuses),
    isAuthorisedForMachine: fc.boolean(),
    otherMachinesHeld: fc.oneof(fc.nat(4), oddNumber),
  }),
  certificates: fc.array(fc.oneof(certificate, fc.constant(exampleCertificate)), { maxLength: 4 }),
  enterprise: fc.record({ id, status: fc.constantFrom(...accountStatuses) }),
  machine: fc.record({
    id,
    process: fc.constantFrom(...weldingProcesses),
    status: fc.constantFrom(...machineStatuses),
    isLocked: fc.boolean(),
    heldBy: fc.option(id),
  }),
  chip: fc.record({
    id: fc.option(id),
    lastHeardAtMs: fc.option(fc.oneof(instantMs, oddNumber)),
    isTampered: fc.boolean(),
    faultCode: fc.option(fc.string()),
    position: fc.option(position),
  }),
  phonePosition: fc.option(position),
}) as unknown as fc.Arbitrary<StartFacts>;
/** The good case with some of its parts replaced, so that grants are common. */
const nearlyGood = fc
  .record({
    odd: anyFacts,
    parts: fc.subarray(["welder", "certificates", "machine", "chip", "phonePosition"]),
  })
  .map(({ odd, parts }) => {
    const facts = exampleFacts();
    return Object.assign(
      facts,
      Object.fromEntries(parts.map((part) => [part, odd[part as keyof StartFacts]])),
    );
  });
const facts = fc.oneof(anyFacts, nearlyGood);

describe.each(startPack.rules)("rule $id", (rule) => {
  test.each(rule.examples)("$name: $expected", ({ facts, policy, atMs, expected }) => {
    const result = rule.appliesTo(facts) ? rule.check(facts, policy, atMs).result : "skip";
    expect(result).toBe(expected);
  });

  test("has an example that passes and one that does not, and leaves no gap in its words", () => {
    expect(new Set(rule.examples.map((example) => example.expected))).toContain("pass");
    const failing = rule.examples.filter(({ expected }) => expected === "fail" || expected === "need");
    expect(failing.length).toBeGreaterThan(0);
    for (const { facts, policy, atMs } of failing) {
      const reason = decideStart(facts, policy, atMs).reasons.find(({ ruleId }) => ruleId === rule.id);
      expect(reason).toMatchObject({ verified: reason?.clause.verified });
      expect(`${reason?.title.zh}${reason?.title.en}${reason?.fix.zh}${reason?.fix.en}`).not.toMatch(
        /[{}]|undefined/,
      );
    }
  });

  test("claims no law as read, and belongs to the pack", () => {
    expect(rule.pack).toBe(startPack.id);
    if (rule.clause.kind === "law") expect(rule.clause.verified).toBe(false);
  });
});

describe("the start pack", () => {
  test("names each rule once, each with its own rank", () => {
    expect(new Set(startPack.rules.map(({ id }) => id)).size).toBe(startPack.rules.length);
    expect(new Set(startPack.rules.map(({ rank }) => rank)).size).toBe(startPack.rules.length);
  });

  test("grants the good case", () => {
    expect(decideStart(exampleFacts())).toMatchObject({ outcome: "grant", reasons: [] });
  });

  test("reports every reason of a hopeless case, the account first", () => {
    const hopeless = exampleFacts();
    hopeless.welder = {
      ...hopeless.welder,
      status: "suspended",
      isAuthorisedForMachine: false,
      otherMachinesHeld: 9,
    };
    hopeless.certificates = [
      { ...exampleCertificate, itemId: "brazing", validToDay: "2020-01-01", reviewDueDay: "2019-01-01" },
    ];
    hopeless.machine.isLocked = true;
    hopeless.chip.isTampered = true;
    hopeless.phonePosition = null;
    expect(decideStart(hopeless).reasons.map(({ ruleId }) => ruleId)).toEqual([
      "welder-active",
      "certificate-covers-process",
      "certificate-valid-on-day",
      "certificate-reviewed",
      "welder-authorised-for-machine",
      "machine-not-locked",
      "no-tamper",
      "machines-per-welder",
      "phone-position-known",
    ]);
  });

  test("cites the order in force on the day of the refusal", () => {
    const expired = exampleFacts();
    expired.certificates = [{ ...exampleCertificate, validToDay: "2026-01-31" }];
    expect(decideStart(expired).reasons[0]?.clause.source.zh).toBe("应急管理部令第19号");
  });

  test("never throws, and grants exactly when it has no reason", () => {
    let grants = 0;
    fc.assert(
      fc.property(facts, instantMs, (facts, atMs) => {
        const decision = decideStart(facts, defaultStartPolicy, atMs);
        expect(decision.outcome === "grant").toBe(decision.reasons.length === 0);
        if (decision.outcome === "grant") grants += 1;
      }),
      { numRuns: 1500 },
    );
    expect(grants).toBeGreaterThan(0);
  });

  test("a grant has one certificate that answers every question", () => {
    fc.assert(
      fc.property(facts, (facts) => {
        if (decideStart(facts).outcome !== "grant") return;
        const alone = facts.certificates.filter(
          (certificate) => decideStart({ ...facts, certificates: [certificate] }).outcome === "grant",
        );
        expect(alone.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  test("does not depend on the order of rules, packs or certificates", () => {
    fc.assert(
      fc.property(
        facts,
        fc.shuffledSubarray([...startPack.rules], { minLength: startPack.rules.length }),
        (facts, shuffled) => {
          const middle = shuffled.length >> 1;
          const halves = [shuffled.slice(0, middle), shuffled.slice(middle)].map((rules) => ({
            ...startPack,
            rules,
          }));
          expect(decide(halves, facts, defaultStartPolicy, exampleAtMs, sha256)).toEqual(decideStart(facts));
          const reversed = { ...facts, certificates: [...facts.certificates].reverse() };
          expect(decideStart(reversed).reasons.map(({ ruleId }) => ruleId)).toEqual(
            decideStart(facts).reasons.map(({ ruleId }) => ruleId),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  test("replays a decision from its stored JSON to the letter", () => {
    fc.assert(
      fc.property(nearlyGood, (facts) => {
        // What JSON cannot hold (NaN, infinities) never reaches a decision: facts are stored first.
        const stored = JSON.parse(JSON.stringify(facts)) as StartFacts;
        const decision = decideStart(stored);
        const kept = JSON.parse(JSON.stringify({ facts: stored, policy: defaultStartPolicy, decision }));
        expect(replay(kept, [startPack], sha256)).toMatchObject({ same: true, sameRules: true });
      }),
      { numRuns: 300 },
    );
  });
});
