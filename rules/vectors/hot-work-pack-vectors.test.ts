import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { decide, type HotWorkFacts, type HotWorkPolicy, hotWorkPacks } from "../src/index.ts";
import { compact, hotWorkPackVectors, withFacts } from "./hot-work-pack-vectors.ts";

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash("sha256").update(bytes).digest());
const committed: {
  bases: Record<string, HotWorkFacts>;
  defaultPolicy: HotWorkPolicy;
  cases: {
    rule: string;
    name: string;
    base: string;
    set: object;
    policy: object;
    atMs: number;
    outcome: string;
    reasons: string[];
  }[];
} = JSON.parse(readFileSync(new URL("hot-work-pack.json", import.meta.url), "utf8"));

test("the committed vectors are those the examples give", () => {
  expect(JSON.parse(JSON.stringify(hotWorkPackVectors()))).toEqual(committed);
});

test("every vector's facts give its outcome and reasons", () => {
  expect(committed.cases.length).toBeGreaterThan(300);
  for (const { base, set, policy, atMs, outcome, reasons } of committed.cases) {
    const facts = withFacts(committed.bases[base]!, { ...set });
    const again = decide(hotWorkPacks, facts, { ...committed.defaultPolicy, ...policy }, atMs, sha256);
    expect(compact(again)).toEqual({ outcome, reasons });
  }
});

/** Every number of GB 30871 that the platform enforces, with the rule and the words of its three vectors. */
test.each([
  ["ticket-hours", "special", "8 h"],
  ["ticket-hours", "grade 1", "8 h"],
  ["ticket-hours", "grade 2", "72 h"],
  ["confined-space-ticket-hours", "", "24 h"],
  ["gas-sample-fresh", "", "30 min"],
  ["gas-retest-after-break", "special", "30 min"],
  ["gas-retest-after-break", "grade 1", "30 min"],
  ["gas-retest-after-break", "grade 2", "60 min"],
  ["gas-retest-after-break", "tested again", "30 min"],
  ["gas-sampled-near", "", "10 m"],
  ["gas-below-limit", "LEL 4 vol%", "0.5 vol%"],
  ["gas-below-limit", "LEL 3.9 vol%", "0.2 vol%"],
  ["oxygen-equipment-lean", "", "23.5 vol%"],
  ["leak-capable-equipment-isolated", "", "15 m"],
  ["no-combustible-gas-discharge", "", "30 m"],
  ["no-combustible-liquid-discharge", "", "15 m"],
  ["no-solvent-cleaning-or-painting", "", "10 m"],
  ["no-dust-sweeping", "", "10 m"],
  ["machine-near-hot-work-point", "", "10 m"],
  ["no-hazardous-train", "", "25 m"],
  ["oxygen-and-acetylene-apart", "", "5 m"],
  ["cylinders-away-from-hot-work-point", "", "10 m"],
  ["calm-outdoors", "", "5 Beaufort"],
  ["confined-space-air-fresh", "", "30 min"],
  ["confined-space-retest-after-break", "", "60 min"],
  ["confined-space-oxygen", "", "19.5 vol%"],
  ["confined-space-oxygen", "", "21 vol%"],
  ["confined-space-log", "", "2 h"],
])("%s has a vector at, just below and just above its limit: %s %s", (id, about, limit) => {
  const cases = committed.cases.filter(
    ({ rule, name }) => rule === `gb-30871/${id}@1` && name.includes(about) && name.includes(limit),
  );
  const near = cases.filter(({ name }) => /just below/.test(name));
  const beyond = cases.filter(({ name }) => /just above/.test(name));
  const at = cases.filter(({ name }) => name.includes(`at ${limit}`));
  expect([near.length, at.length, beyond.length].every((count) => count >= 1)).toBe(true);
  const reasonsOf = (list: typeof cases) =>
    list.some(({ reasons }) => reasons.some((reason) => reason.includes(`gb-30871/${id}@1`)));
  expect(reasonsOf(near)).not.toBe(reasonsOf(beyond));
});
