import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { shanghaiDayStartMs } from "./civil-day.ts";
import { platformPolicy } from "./clause.ts";
import { decide } from "./decide.ts";
import { replay } from "./replay.ts";
import { type CheckResult, fail, need, pass, type Rule, type RulePack } from "./rule.ts";

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash("sha256").update(bytes).digest());
const noonMs = shanghaiDayStartMs("2026-06-01") + 12 * 3_600_000;

interface Facts {
  says: Record<string, CheckResult>;
}

function rule(id: string, parts: Partial<Rule<Facts, object>> = {}): Rule<Facts, object> {
  return {
    id,
    pack: "test",
    version: 1,
    rank: 1,
    title: { zh: `${id} {metres} 米`, en: `${id} {metres} m` },
    clause: platformPolicy(),
    effectiveFrom: "2026-01-01",
    appliesTo: () => true,
    check: ({ says }) => says[id] ?? pass(),
    fix: { zh: "走近 {metres} 米", en: "walk {metres} m" },
    examples: [],
    ...parts,
  };
}

function pack(...rules: Rule<Facts, object>[]): RulePack<Facts, object> {
  return { id: "test", title: { zh: "测试", en: "test" }, rules };
}

const scanSiteCode = { id: "scan-site-code", title: { zh: "扫场所码", en: "scan the site code" } };

describe("a decision", () => {
  test("grants when every rule passes", () => {
    const decision = decide([pack(rule("a"))], { says: {} }, {}, noonMs, sha256);
    expect(decision).toMatchObject({ outcome: "grant", reasons: [], steps: [], evaluatedAtMs: noonMs });
    expect(decision.packsDigest).toMatch(/^[0-9a-f]{64}$/);
  });

  test("requires the steps that rules need", () => {
    const facts = { says: { a: need(scanSiteCode, { metres: 3 }) } };
    const decision = decide([pack(rule("a"))], facts, {}, noonMs, sha256);
    expect(decision.outcome).toBe("require");
    expect(decision.steps).toEqual([scanSiteCode]);
    expect(decision.reasons[0]).toMatchObject({ kind: "need", step: scanSiteCode });
  });

  test("a refusal outweighs a step, and every reason is reported, most decisive first", () => {
    const rules = [rule("late", { rank: 9 }), rule("step", { rank: 1 }), rule("early", { rank: 2 })];
    const facts = { says: { late: fail(), step: need(scanSiteCode), early: fail() } };
    const decision = decide([pack(...rules)], facts, {}, noonMs, sha256);
    expect(decision.outcome).toBe("refuse");
    expect(decision.reasons.map((reason) => reason.ruleId)).toEqual(["early", "late", "step"]);
    expect(decision.steps).toEqual([scanSiteCode]);
  });

  test("fills title and fix from the data of the case", () => {
    const decision = decide([pack(rule("a"))], { says: { a: fail({ metres: 412 }) } }, {}, noonMs, sha256);
    expect(decision.reasons[0]).toMatchObject({
      title: { zh: "a 412 米", en: "a 412 m" },
      fix: { zh: "走近 412 米", en: "walk 412 m" },
    });
  });

  test("a more precise clause replaces the rule's own", () => {
    const clause = {
      kind: "law",
      source: { zh: "某令", en: "an order" },
      article: null,
      verified: false,
    } as const;
    const decision = decide([pack(rule("a"))], { says: { a: fail({}, clause) } }, {}, noonMs, sha256);
    expect(decision.reasons[0]).toMatchObject({ clause, verified: false });
  });

  test("applies a rule from its first to its last Shanghai day", () => {
    const packs = [
      pack(rule("frame"), rule("a", { effectiveFrom: "2026-06-01", effectiveTo: "2026-06-02" })),
    ];
    const facts = { says: { a: fail() } };
    const outcomeAt = (atMs: number) => decide(packs, facts, {}, atMs, sha256).outcome;
    expect(outcomeAt(shanghaiDayStartMs("2026-06-01") - 1)).toBe("grant");
    expect(outcomeAt(shanghaiDayStartMs("2026-06-01"))).toBe("refuse");
    expect(outcomeAt(shanghaiDayStartMs("2026-06-03") - 1)).toBe("refuse");
    expect(outcomeAt(shanghaiDayStartMs("2026-06-03"))).toBe("grant");
  });

  test("refuses when no rule at all is in force", () => {
    const decision = decide([pack(rule("a"))], { says: {} }, {}, shanghaiDayStartMs("2025-12-31"), sha256);
    expect(decision.outcome).toBe("refuse");
    expect(decision.reasons[0]).toMatchObject({ ruleId: "no-rule-in-force", data: { day: "2025-12-31" } });
  });

  test("has another digest after a new version, another rule or another policy, not after reordering", () => {
    const digest = (packs: RulePack<Facts, object>[], policy: object = { metres: 200 }) =>
      decide(packs, { says: {} }, policy, noonMs, sha256).packsDigest;
    const base = digest([pack(rule("a"), rule("b"))]);
    expect(digest([pack(rule("b")), pack(rule("a"))])).toBe(base);
    expect(digest([pack(rule("a", { version: 2 }), rule("b"))])).not.toBe(base);
    expect(digest([pack(rule("a"))])).not.toBe(base);
    expect(digest([pack(rule("a"), rule("b"))], { metres: 201 })).not.toBe(base);
  });
});

describe("a replay", () => {
  const old = rule("a", { effectiveTo: "2026-06-30" });
  const next = rule("a", { version: 2, effectiveFrom: "2026-07-01", check: () => fail() });

  test("of a stored decision gives the same under the packs kept since", () => {
    const facts = { says: { a: fail({ metres: 1 }) } };
    const decision = decide([pack(old)], facts, {}, noonMs, sha256);
    const stored = JSON.parse(JSON.stringify({ facts, policy: {}, decision }));
    expect(replay(stored, [pack(old, next)], sha256)).toMatchObject({ same: true, sameRules: true });
  });

  test("shows that the rules were rewritten instead of versioned", () => {
    const facts = { says: {} };
    const decision = decide([pack(old)], facts, {}, noonMs, sha256);
    const rewritten = rule("a", { version: 3, check: () => fail() });
    const result = replay({ facts, policy: {}, decision }, [pack(rewritten)], sha256);
    expect(result).toMatchObject({ same: false, sameRules: false, decision: { outcome: "refuse" } });
  });
});
