import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { addDays } from "../civil-day.ts";
import { type Decision, decide } from "../decide.ts";
import { weldingProcesses } from "../process.ts";
import { replay } from "../replay.ts";
import { exampleAtMs, exampleCertificate, exampleFacts } from "../start/example-facts.ts";
import { defaultStartPolicy } from "../start/policy.ts";
import { startPack } from "../start/start-pack.ts";
import { certificatePack, certificateTable } from "./certificate-pack.ts";
import { type CertificateQuestion, certificateQuestion } from "./certificate-question.ts";
import { tsgCovers } from "./tsg-code.ts";
import { workRegimes } from "./work-regime.ts";

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash("sha256").update(bytes).digest());
const packs = [startPack, certificatePack];
const day = "2026-11-23";
const gtaw = {
  family: "special-equipment",
  itemId: "GTAW-FeⅡ-6G-3/159-FefS-02/11/12",
  status: "valid",
  validFromDay: "2024-01-01",
  validToDay: "2027-12-31",
  reviewDueDay: null,
} as const;

function ask(question: Partial<CertificateQuestion>): Decision {
  const { facts, atMs } = certificateQuestion({
    process: "SMAW",
    regime: "general",
    certificates: [exampleCertificate],
    day,
    ...question,
  });
  return decide(packs, facts, defaultStartPolicy, atMs, sha256);
}
const rulesOf = (decision: Decision) => decision.reasons.map(({ ruleId }) => ruleId);

describe.each(certificatePack.rules)("cell $id@$version", (rule) => {
  test.each(rule.examples)("$name: $expected", ({ facts, policy, atMs, expected }) => {
    expect(rule.appliesTo(facts) ? rule.check(facts, policy, atMs).result : "skip").toBe(expected);
  });

  test("names its clause as unread, and leaves no gap in its words", () => {
    expect(rule.clause).toMatchObject({ kind: "law", verified: false });
    expect(JSON.stringify([rule.title, rule.fix])).not.toMatch(/[{]\w+[}]|undefined/);
    expect(rule.examples.length).toBeGreaterThan(0);
  });
});

describe("which certificate counts where", () => {
  test.each([day, "2026-05-31", "2026-06-01"])("has one cell for each process and regime on %s", (on) => {
    const keys = certificateTable(on).map(({ regime, process }) => `${regime} ${process}`);
    expect(keys.sort()).toEqual(
      workRegimes.flatMap((regime) => weldingProcesses.map((process) => `${regime} ${process}`)).sort(),
    );
  });

  test("cites the order of the day: No. 30 until 2026-05-31, No. 19 from 2026-06-01", () => {
    const construction = {
      ...exampleCertificate,
      family: "construction",
      itemId: "building-welder",
    } as const;
    const cited = (on: string) =>
      ask({
        regime: "chemical",
        day: on,
        certificates: [
          { ...construction, validFromDay: "2025-01-01", validToDay: "2027-01-01", reviewDueDay: null },
        ],
      }).reasons[0];
    expect(cited("2026-05-31")).toMatchObject({ ruleId: "chemical-smaw", ruleVersion: 1 });
    expect(cited("2026-05-31")?.clause.source.zh).toContain("30号");
    expect(cited("2026-06-01")).toMatchObject({ ruleId: "chemical-smaw", ruleVersion: 2 });
    expect(cited("2026-06-01")?.clause.source.zh).toContain("19号");
  });

  test("a decision of before, without a regime, is one about general work and replays the same", () => {
    const facts = exampleFacts();
    facts.certificates = [{ ...exampleCertificate, family: "construction", itemId: "building-welder" }];
    const decision = decide([startPack], facts, defaultStartPolicy, exampleAtMs, sha256);
    const again = replay({ facts, policy: defaultStartPolicy, decision }, packs, sha256);
    expect(again.decision).toMatchObject({ outcome: "grant", reasons: decision.reasons });
  });

  test("a valid one that does not count does not heal an expired one that does", () => {
    const expired = { ...exampleCertificate, validToDay: "2026-11-22" };
    const decision = ask({ regime: "chemical", process: "GTAW", certificates: [gtaw, expired] });
    expect(decision.outcome).toBe("refuse");
    expect(rulesOf(decision)).toEqual(["chemical-gtaw"]);
    expect(decision.reasons[0]?.title.zh).toContain("已过期");
  });

  test.each([
    ["expired yesterday", { validToDay: addDays(day, -1) }, ["certificate-valid-on-day"]],
    ["expiring today", { validToDay: day }, []],
    ["due for review today", { reviewDueDay: day }, []],
    ["due for review yesterday", { reviewDueDay: addDays(day, -1) }, ["certificate-reviewed"]],
    ["in review", { verification: "submitted" as const }, ["certificate-in-review"]],
    ["rejected", { verification: "rejected" as const }, ["certificate-not-rejected"]],
    ["for another process", { itemId: "brazing" }, ["certificate-covers-process"]],
  ])("a certificate %s in a chemical firm", (_name, change, expected) => {
    const decision = ask({ regime: "chemical", certificates: [{ ...exampleCertificate, ...change }] });
    expect(rulesOf(decision)).toEqual(expected);
  });

  test.each([
    [{}, "grant"],
    [{ materialClass: "FeⅡ" }, "grant"],
    [{ materialClass: "FeII", position: "6G" }, "grant"],
    [{ materialClass: "FeⅣ" }, "refuse"],
    [{ position: "2G" }, "refuse"],
  ])("work on special equipment that demands %j of a GTAW code", (tsgNeeds, outcome) => {
    const decision = ask({ regime: "special-equipment", process: "GTAW", certificates: [gtaw], tsgNeeds });
    expect(decision.outcome).toBe(outcome);
  });
});

test("several codes of TSG Z6002 stand in one certificate; one that cannot be read counts for nothing", () => {
  const item = "GTAW-FeⅡ-6G-3/159-FefS-02/11/12+SMAW-FeII-3G(K)-12-Fef3J+GMAW-FeⅡ-9Z-10";
  expect(tsgCovers(item, ["GTAW"], { materialClass: "FeII", position: "6G" })).toBe(true);
  expect(tsgCovers(item, ["SMAW"], { materialClass: "FeⅡ", position: "3G" })).toBe(true);
  expect(tsgCovers(item, ["SMAW"], { position: "6G" })).toBe(false);
  expect(tsgCovers(item, ["GMAW"], {})).toBe(false);
  expect(tsgCovers("", ["GTAW"], {})).toBe(false);
});
