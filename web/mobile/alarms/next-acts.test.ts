import { expect, test } from "vitest";
import type { PendingAct } from "./alarm-outbox.ts";
import { nextActs } from "./next-acts.ts";

const waiting = (said: PendingAct["said"]): PendingAct => ({
  actId: said.kind,
  alarmId: "a",
  said,
  evidenceIds: [],
  afterSeq: 1,
  wasSent: false,
  refusal: null,
});

test("the platform's word counts while nothing waits", () => {
  expect(nextActs(["accept"], [])).toEqual(["accept"]);
});

test("without a network one goes on from the last step that waits", () => {
  const accept = waiting({ kind: "accept" });
  expect(nextActs(["accept"], [accept])).toContain("arrive");
  expect(nextActs(["accept"], [accept, waiting({ kind: "arrive", position: null })])).toContain("handle");
  expect(nextActs(["handle"], [waiting({ kind: "handle", result: "a", measures: "b" })])).toEqual([]);
});

test("a note that waits changes nothing", () => {
  expect(nextActs(["handle"], [waiting({ kind: "note", note: "help" })])).toEqual(["handle"]);
});
