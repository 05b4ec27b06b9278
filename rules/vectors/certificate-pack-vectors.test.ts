import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  certificatePack,
  certificateQuestion,
  decide,
  defaultStartPolicy,
  shanghaiDay,
  startPack,
} from "../src/index.ts";
import { certificatePackVectors } from "./certificate-pack-vectors.ts";

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash("sha256").update(bytes).digest());
const committed = JSON.parse(readFileSync(new URL("certificate-pack.json", import.meta.url), "utf8"));

test("the committed vectors are those the cells' examples give", () => {
  expect(JSON.parse(JSON.stringify(certificatePackVectors()))).toEqual(committed);
});

test("every vector's certificates give its outcome and reasons", () => {
  expect(committed.cases.length).toBeGreaterThan(400);
  for (const { process, regime, certificates, atMs, outcome, reasons } of committed.cases) {
    const question = certificateQuestion({ process, regime, certificates, day: shanghaiDay(atMs) });
    const again = decide(
      [startPack, certificatePack],
      question.facts,
      defaultStartPolicy,
      question.atMs,
      sha256,
    );
    expect(again.outcome).toBe(outcome);
    expect(again.reasons.map(({ ruleId }) => ruleId)).toEqual(
      reasons.map(({ ruleId }: { ruleId: string }) => ruleId),
    );
  }
});
