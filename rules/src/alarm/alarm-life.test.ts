import type { PersonId } from "@hanyouxu/protocol";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alarmKinds, alarmKindTable, kindsAbove } from "./alarm-kinds.ts";
import { isAlarmOver, openAlarm, possibleAlarmActs, recordAlarm, stepAlarm } from "./alarm-life.ts";
import { alarmLimits, defaultAlarmPolicy } from "./alarm-policy.ts";
import { type AlarmAct, type AlarmEvent, type AlarmState, alarmActKinds } from "./alarm-state.ts";

const MINUTE_MS = 60_000;
const one = "0198d0a0-0000-7000-8000-000000000001" as PersonId;
const other = "0198d0a0-0000-7000-8000-000000000002" as PersonId;
const limits = { acknowledge: 10, arrive: 30, handle: 120, verify: 600 };
const tampered = () => openAlarm("tamper", limits, 3, 0);
const act = (kind: Exclude<AlarmAct["kind"], "dispatch">, by = one): AlarmEvent => ({ kind, by });
const dispatched = (personId: PersonId | null, by = one): AlarmEvent => ({
  kind: "dispatch",
  assignee: { department: null, personId },
  by,
});

/** Takes each event a minute after the one before; stops the test at one that is refused. */
function after(state: AlarmState, ...events: AlarmEvent[]): AlarmState {
  return events.reduce((before, event) => {
    const { state: next, refusal } = stepAlarm(before, event, before.atMs + MINUTE_MS);
    expect([event.kind, refusal]).toEqual([event.kind, undefined]);
    return next;
  }, state);
}
const refusalOf = (state: AlarmState, event: AlarmEvent) => stepAlarm(state, event, state.atMs).refusal;

describe("the whole way", () => {
  test("from raised to closed, each step after the one before", () => {
    const steps = [act("acknowledge"), dispatched(other), act("accept", other), act("arrive", other)];
    const onSite = after(tampered(), ...steps);
    expect(onSite).toMatchObject({ handling: "on-site", assignee: { personId: other } });
    const handled = after(onSite, act("handle", other), { kind: "cleared" });
    expect(after(handled, act("verify"), act("close"))).toMatchObject({ handling: "closed", dueAtMs: null });
  });

  test("a danger is verified by another than handled it, a warning by whoever", () => {
    const steps = [act("acknowledge"), act("handle"), { kind: "cleared" } as const];
    expect(refusalOf(after(tampered(), ...steps), act("verify"))).toBe("verified-by-handler");
    expect(refusalOf(after(tampered(), ...steps), act("verify", other))).toBeUndefined();
    const warning = openAlarm("gas-warning", limits, 3, 0);
    expect(refusalOf(after(warning, ...steps), act("verify"))).toBeUndefined();
  });

  test("what is still active cannot be verified or closed, only marked as false", () => {
    const handled = after(tampered(), act("acknowledge"), act("handle"));
    expect(refusalOf(handled, act("verify", other))).toBe("still-active");
    expect(refusalOf(handled, act("close"))).toBe("order");
    expect(after(handled, act("false-alarm"))).toMatchObject({
      handling: "false-alarm",
      condition: "active",
    });
  });

  test("the verified inspection clears what nothing else clears", () => {
    const bypass = openAlarm("bypass-suspected", limits, 3, 0);
    const verified = after(bypass, act("acknowledge"), act("handle"), act("verify", other));
    expect(verified).toMatchObject({ condition: "cleared", handling: "verified" });
  });

  test("one that comes again after it was handled begins again", () => {
    const handled = after(tampered(), act("acknowledge"), act("handle"), { kind: "cleared" });
    const { state, news } = stepAlarm(handled, { kind: "raised-again" }, handled.atMs);
    expect(state).toMatchObject({ handling: "unacknowledged", condition: "active", raisedCount: 2 });
    expect(news).toEqual([{ kind: "raised-again" }]);
  });

  test("a notice closes by itself when it is cleared, a warning does not", () => {
    const notice = alarmKinds.find((kind) => alarmKindTable[kind].severity === "notice")!;
    expect(after(openAlarm(notice, limits, 3, 0), { kind: "cleared" }).handling).toBe("closed");
    expect(after(openAlarm("gas-warning", limits, 3, 0), { kind: "cleared" }).handling).toBe(
      "unacknowledged",
    );
  });

  test("what was given to one is not taken by another, and can be given on", () => {
    const given = after(tampered(), dispatched(other));
    for (const kind of ["accept", "arrive"] as const) expect(refusalOf(given, act(kind))).toBe("not-yours");
    expect(after(given, dispatched(one), act("accept"))).toMatchObject({ assignee: { personId: one } });
  });

  test("a closed one opens again, and history is not handled", () => {
    const closed = after(tampered(), act("acknowledge"), act("false-alarm"));
    expect(refusalOf(closed, act("acknowledge"))).toBe("over");
    expect(after(closed, act("reopen"))).toMatchObject({ handling: "unacknowledged", assignee: null });
    const record = recordAlarm("tamper", limits, 3, 0);
    for (const kind of alarmActKinds) {
      const event = kind === "dispatch" ? dispatched(one) : act(kind);
      expect(refusalOf(record, event)).toBe("not-live");
    }
  });
});

describe("deadlines", () => {
  const levelAt = (state: AlarmState, minutes: number, ms = 0) =>
    stepAlarm(state, { kind: "time" }, minutes * MINUTE_MS + ms);

  test("nobody acknowledges: one level up at the minute, and again after each limit, then a last word", () => {
    expect(levelAt(tampered(), 10, -1)).toMatchObject({ state: { level: 0 }, news: [] });
    expect(levelAt(tampered(), 10).news).toEqual([{ kind: "escalated", level: 1, atMs: 10 * MINUTE_MS }]);
    expect(levelAt(tampered(), 10, 1).state).toMatchObject({ level: 1, dueAtMs: 20 * MINUTE_MS });
    const all = levelAt(tampered(), 24 * 60);
    expect(all.news.map((news) => "level" in news && [news.level, news.atMs / MINUTE_MS])).toEqual([
      [1, 10],
      [2, 20],
      [3, 30],
      [3, 40],
    ]);
    expect(all.state.dueAtMs).toBeNull();
  });

  test("acknowledging ends one limit and begins the next; giving it on wins no time", () => {
    const acknowledged = stepAlarm(tampered(), act("acknowledge"), 5 * MINUTE_MS).state;
    expect(acknowledged.dueAtMs).toBe(35 * MINUTE_MS);
    const given = stepAlarm(acknowledged, dispatched(other), 20 * MINUTE_MS).state;
    expect(given.dueAtMs).toBe(35 * MINUTE_MS);
    const accepted = stepAlarm(given, act("accept", other), 34 * MINUTE_MS).state;
    expect(levelAt(accepted, 35).state.level).toBe(1);
    const there = stepAlarm(accepted, act("arrive", other), 34 * MINUTE_MS).state;
    expect(there.dueAtMs).toBe((34 + 120) * MINUTE_MS);
  });

  test("many small steps of time and a single long one lead to the same", () => {
    let state = tampered();
    for (let minute = 1; minute <= 45; minute++) state = levelAt(state, minute).state;
    expect(state).toEqual(levelAt(tampered(), 45).state);
  });

  test("the limits of a kind are its severity's, or its own where those are shorter", () => {
    expect(alarmLimits("tamper", defaultAlarmPolicy)).toEqual({
      acknowledge: 10,
      arrive: 30,
      handle: 120,
      verify: 1_440,
    });
    expect(alarmLimits("gas-cut", defaultAlarmPolicy)).toMatchObject({ acknowledge: 5, arrive: 20 });
    const strict = { ...defaultAlarmPolicy, dangerAcknowledgeMinutes: 2 };
    expect(alarmLimits("gas-cut", strict).acknowledge).toBe(2);
  });
});

describe("whatever happens", () => {
  const events = fc.array(
    fc.oneof(
      fc.constantFrom<AlarmEvent>({ kind: "raised-again" }, { kind: "cleared" }, { kind: "time" }),
      fc
        .tuple(fc.constantFrom(...alarmActKinds), fc.constantFrom(one, other))
        .map(([kind, by]): AlarmEvent => (kind === "dispatch" ? dispatched(by, other) : act(kind, by))),
    ),
    { maxLength: 40 },
  );
  const run = (kind: (typeof alarmKinds)[number], happened: readonly AlarmEvent[]) => {
    const states = [openAlarm(kind, limits, 3, 0)];
    for (const event of happened)
      states.push(stepAlarm(states.at(-1)!, event, states.at(-1)!.atMs + 7 * MINUTE_MS).state);
    return states;
  };

  test("an alarm always has a way to the end, and one who may go on", () => {
    fc.assert(
      fc.property(fc.constantFrom(...alarmKinds), events, (kind, happened) => {
        let state = run(kind, happened).at(-1)!;
        if (isAlarmOver(state)) return;
        expect([...possibleAlarmActs(state, one), ...possibleAlarmActs(state, other)]).not.toEqual([]);
        // Gone on with by two people it is closed, without calling it false.
        state = stepAlarm(state, { kind: "cleared" }, state.atMs).state;
        for (let steps = 0; steps < 12 && !isAlarmOver(state); steps++) {
          const way = ["close", "verify", "handle", "arrive", "accept", "acknowledge"] as const;
          const next = way
            .flatMap((kind) => [act(kind, one), act(kind, other)])
            .find((event) => refusalOf(state, event) === undefined);
          expect(next).toBeDefined();
          state = stepAlarm(state, next!, state.atMs).state;
        }
        expect(isAlarmOver(state)).toBe(true);
      }),
    );
  });

  test("what is active is never closed or verified, time never goes back, levels never beyond the top", () => {
    fc.assert(
      fc.property(fc.constantFrom(...alarmKinds), events, (kind, happened) => {
        const states = run(kind, happened);
        states.forEach((state, index) => {
          if (["closed", "verified"].includes(state.handling)) expect(state.condition).toBe("cleared");
          expect(state.level).toBeLessThanOrEqual(3);
          if (index === 0) return;
          expect(state.atMs).toBeGreaterThanOrEqual(states[index - 1]!.atMs);
          expect(state.level).toBeGreaterThanOrEqual(states[index - 1]!.level);
        });
      }),
    );
  });

  test("open alarms have a deadline or have been told at the top; what is over has none", () => {
    fc.assert(
      fc.property(fc.constantFrom(...alarmKinds), events, (kind, happened) => {
        for (const state of run(kind, happened)) {
          if (isAlarmOver(state)) expect(state.dueAtMs).toBeNull();
          else expect(state.dueAtMs !== null || state.level === 3).toBe(true);
        }
      }),
    );
  });
});

test("every kind has a file of its own with words in both languages and says who is told", () => {
  for (const kind of alarmKinds) {
    const rule = alarmKindTable[kind];
    for (const text of [rule.title, rule.raises, rule.clears]) {
      expect(text.zh).not.toBe("");
      expect(text.en).not.toBe("");
    }
    expect(rule.told.length).toBeGreaterThan(0);
    expect(rule.evidence.length).toBeGreaterThan(0);
  }
  expect(new Set(alarmKinds).size).toBe(alarmKinds.length);
});

test("a kind stands for kinds that there are, which say the same back, never for itself", () => {
  for (const kind of alarmKinds) {
    for (const below of alarmKindTable[kind].standsFor?.kinds ?? []) {
      expect(alarmKinds).toContain(below);
      expect(below).not.toBe(kind);
      expect(kindsAbove(below as typeof kind).map((above) => above.kind)).toContain(kind);
    }
  }
  expect(kindsAbove("gas-rising")).toEqual([
    { kind: "gas-warning", of: "machine" },
    { kind: "gas-cut", of: "machine" },
  ]);
  expect(kindsAbove("tamper")).toEqual([]);
});

test("one that another stands for is over, whoever had it, and nobody acts on it any more", () => {
  const given = after(openAlarm("gas-warning", limits, 3, 0), dispatched(other), act("accept", other));
  const { state, news } = stepAlarm(given, { kind: "superseded" }, given.atMs + MINUTE_MS);
  expect(state).toMatchObject({ handling: "merged", dueAtMs: null });
  expect(news).toEqual([]);
  expect(possibleAlarmActs(state, other)).toEqual([]);
  expect(stepAlarm(state, { kind: "superseded" }, state.atMs).refusal).toBe("over");
});
