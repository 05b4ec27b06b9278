import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { decide, type StartFacts, type StartPolicy, startPack } from "../src/index.ts";
import { startPackVectors } from "./start-pack-vectors.ts";

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash("sha256").update(bytes).digest());
const committed = JSON.parse(readFileSync(new URL("start-pack.json", import.meta.url), "utf8"));

test("the committed vectors are those the examples give", () => {
  expect(JSON.parse(JSON.stringify(startPackVectors()))).toEqual(committed);
});

test("every vector's facts give its decision", () => {
  expect(committed.cases.length).toBeGreaterThan(60);
  for (const { facts, policy, atMs, decision } of committed.cases) {
    const again = decide([startPack], facts as StartFacts, policy as StartPolicy, atMs, sha256);
    expect(JSON.parse(JSON.stringify(again))).toEqual(decision);
  }
});
