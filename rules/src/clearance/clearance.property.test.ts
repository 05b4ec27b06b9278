import type { PersonId, WorkSessionId } from "@hanyouxu/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isReadyToStart } from "./clearance-phase.ts";
import { defaultClearancePolicy as policy } from "./clearance-policy.ts";
import type { ClearanceEvent, ClearanceState } from "./clearance-state.ts";
import { openClearance } from "./open-clearance.ts";
import { stepClearance } from "./step-clearance.ts";

const START = 1_790_000_000_000;
const MINUTE = 60_000;
const people = ["welder", "watch", "second", "approver"] as PersonId[];
const person = fc.constantFrom(...people);
const permitId = fc.constantFrom("p1", "p2");
const workSessionId = fc.constantFrom("s1", "s2") as fc.Arbitrary<WorkSessionId>;
const sceneCheckId = fc.constantFrom("c1", "c2", "c3");

const event: fc.Arbitrary<ClearanceEvent> = fc.oneof(
  fc.record({ kind: fc.constant("permit-attached" as const), permitId }),
  fc.record({
    kind: fc.constant("permit-approved" as const),
    permitId,
    approverId: fc.constant("approver" as PersonId),
    validFromMs: fc.constant(START),
    validToMs: fc.constantFrom(START + 60 * MINUTE, START + 480 * MINUTE),
  }),
  fc.record({
    kind: fc.constantFrom("permit-suspended" as const, "permit-resumed" as const, "permit-ended" as const),
    permitId,
  }),
  fc.record({ kind: fc.constant("scene-submitted" as const), sceneCheckId }),
  fc.record({
    kind: fc.constant("scene-judged" as const),
    sceneCheckId,
    verdict: fc.constantFrom("pass" as const, "fail" as const, "refer" as const),
  }),
  fc.constantFrom<ClearanceEvent>({ kind: "station-accepted" }, { kind: "station-arrived" }),
  fc.record({
    kind: fc.constant("station-decided" as const),
    decision: fc.constantFrom("release" as const, "forbid" as const),
  }),
  fc.record({ kind: fc.constant("watch-confirmed" as const), personId: person }),
  fc.record({ kind: fc.constant("watch-seen" as const), personId: person, isAtPlace: fc.boolean() }),
  fc.record({ kind: fc.constantFrom("session-started" as const, "session-ended" as const), workSessionId }),
  fc.record({ kind: fc.constant("work-finished" as const), permitContinues: fc.boolean() }),
  fc.record({ kind: fc.constant("smoulder-checked" as const), isSafe: fc.boolean() }),
  fc.constantFrom<ClearanceEvent>({ kind: "smoulder-closed" }, { kind: "cancelled" }, { kind: "time" }),
);

/** Most of a real day, in order, with anything in between. */
const usual: ClearanceEvent[] = [
  { kind: "permit-attached", permitId: "p1" },
  {
    kind: "permit-approved",
    permitId: "p1",
    approverId: "approver" as PersonId,
    validFromMs: START,
    validToMs: START + 480 * MINUTE,
  },
  { kind: "scene-submitted", sceneCheckId: "c1" },
  { kind: "scene-judged", sceneCheckId: "c1", verdict: "pass" },
  { kind: "watch-confirmed", personId: "watch" as PersonId },
  { kind: "session-started", workSessionId: "s1" as WorkSessionId },
  { kind: "session-ended", workSessionId: "s1" as WorkSessionId },
  { kind: "work-finished", permitContinues: false },
];
/** How it goes on: a look halfway, one at the end. */
const watchedOut = [
  { gapMs: 15 * MINUTE, event: { kind: "smoulder-checked", isSafe: true }, random: 0.5 },
  { gapMs: 15 * MINUTE, event: { kind: "smoulder-checked", isSafe: true }, random: 0.5 },
  { gapMs: 0, event: { kind: "smoulder-closed" }, random: 0.5 },
] satisfies { gapMs: number; event: ClearanceEvent; random: number }[];
const gapMs = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 * MINUTE }));
const step = fc.record({ gapMs, event, random: fc.double({ min: 0, max: 0.999, noNaN: true }) });
const day = fc
  .array(
    fc.record({ before: fc.array(step, { maxLength: 3 }), gapMs: fc.integer({ min: 0, max: 2 * MINUTE }) }),
    {
      minLength: usual.length,
      maxLength: usual.length,
    },
  )
  .chain((gaps) =>
    fc
      .array(step, { maxLength: 12 })
      .map((after) => [
        ...gaps.flatMap(({ before, gapMs: gap }, index) => [
          ...before,
          { gapMs: gap, event: usual[index]!, random: 0.5 },
        ]),
        ...(after.length % 2 === 0 ? [] : watchedOut),
        ...after,
      ]),
  );

const demands = { permit: true, sceneCheck: true, fireWatch: true, smoulderWatch: true };
const opened = () =>
  openClearance(START, {
    demands,
    welderPersonId: "welder" as PersonId,
    smoulderPlan: { minutes: 30, checkEveryMinutes: 15 },
  });

test("no order of events opens a way around a step", () => {
  let started = 0;
  let closed = 0;
  fc.assert(
    fc.property(day, (steps) => {
      let state: ClearanceState = opened();
      let nowMs = START;
      for (const { gapMs: gap, event: one, random } of steps) {
        nowMs += gap;
        const before = stepClearance(state, { kind: "time" }, policy, nowMs, random).state;
        const after = stepClearance(state, one, policy, nowMs, random);
        expect(JSON.parse(JSON.stringify(after.state))).toEqual(after.state);
        if (after.refusal) expect(after.state).toEqual(before);
        if (one.kind === "session-started" && !after.refusal && before.work.openSessionId === null) {
          started++;
          expect(isReadyToStart(before, nowMs)).toBe(true);
          expect(before.permit?.status).toBe("approved");
          expect(before.scene.status).toBe("passed");
          expect(["present", "asked"]).toContain(before.watch?.status);
          expect(["welder", "approver"]).not.toContain(before.watch?.personId);
        }
        if (one.kind === "smoulder-closed" && !after.refusal) {
          closed++;
          expect(nowMs - before.work.lastEndedAtMs!).toBeGreaterThanOrEqual(30 * MINUTE);
          expect(before.smoulder!.checks).toBeGreaterThan(0);
        }
        state = after.state;
      }
    }),
    { numRuns: 3_000 },
  );
  // The events do reach what they are to prove something about.
  expect(started).toBeGreaterThan(500);
  expect(closed).toBeGreaterThan(10);
});

test("time that passes at once leads where many small steps lead", () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 600 }), (steps, minutes) => {
      let state: ClearanceState = opened();
      let nowMs = START;
      for (const { gapMs: gap, event: one, random } of steps) {
        nowMs += gap;
        state = stepClearance(state, one, policy, nowMs, random).state;
      }
      const atOnce = stepClearance(state, { kind: "time" }, policy, nowMs + minutes * MINUTE, 0);
      const told: unknown[] = [];
      for (let passed = 1; passed <= minutes; passed++) {
        const small = stepClearance(state, { kind: "time" }, policy, nowMs + passed * MINUTE, 0);
        told.push(...small.effects);
        state = small.state;
      }
      expect(state).toEqual(atOnce.state);
      expect(told).toEqual(atOnce.effects);
    }),
    { numRuns: 300 },
  );
});
