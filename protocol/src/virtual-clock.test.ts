import fc from "fast-check";
import { expect, test } from "vitest";
import { VirtualClock } from "./virtual-clock.ts";

test("timers run in order of time, then of creation, each at its own time", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50), { maxLength: 200 }), (delays) => {
      const clock = new VirtualClock(1000);
      const ran: { index: number; atMs: number }[] = [];
      delays.forEach((delayMs, index) => {
        clock.setTimer(delayMs, () => ran.push({ index, atMs: clock.nowMs() }));
      });
      clock.advance(50);
      const expected = delays
        .map((delayMs, index) => ({ index, atMs: 1000 + delayMs }))
        .sort((left, right) => left.atMs - right.atMs || left.index - right.index);
      expect(ran).toStrictEqual(expected);
      expect(clock.nowMs()).toBe(1050);
    }),
  );
});

test("a cancelled timer never runs and is not what is due next", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(20), fc.boolean()), { minLength: 1 }), (plans) => {
      const clock = new VirtualClock(0);
      const ran: number[] = [];
      const timers = plans.map(([delayMs], index) => clock.setTimer(delayMs, () => ran.push(index)));
      plans.forEach(([, isCancelled], index) => {
        if (isCancelled) timers[index]!.cancel();
      });
      const kept = plans.flatMap(([delayMs, isCancelled], index) =>
        isCancelled ? [] : [{ delayMs, index }],
      );
      expect(clock.nextDueMs()).toBe(
        kept.length === 0 ? undefined : Math.min(...kept.map((plan) => plan.delayMs)),
      );
      clock.advance(20);
      expect(ran.toSorted((a, b) => a - b)).toStrictEqual(kept.map((plan) => plan.index));
    }),
  );
});

test("a timer set by a timer runs within the same advance when it is due, at its own time", () => {
  const clock = new VirtualClock(0);
  const times: number[] = [];
  const tick = (): void => {
    times.push(clock.nowMs());
    clock.setTimer(10, tick);
  };
  clock.setTimer(10, tick);
  clock.advance(35);
  expect(times).toStrictEqual([10, 20, 30]);
  expect([clock.nowMs(), clock.nextDueMs()]).toStrictEqual([35, 40]);
});

test("a timer may cancel one that is due at the same time", () => {
  const clock = new VirtualClock(0);
  const ran: string[] = [];
  clock.setTimer(5, () => {
    ran.push("first");
    second.cancel();
  });
  const second = clock.setTimer(5, () => ran.push("second"));
  clock.advance(5);
  expect(ran).toStrictEqual(["first"]);
});

test("runNext stops at its limit, and time never goes back", () => {
  const clock = new VirtualClock(100);
  clock.setTimer(50, () => {});
  expect(clock.runNext(120)).toBe(false);
  expect(clock.nowMs()).toBe(120);
  expect(clock.runNext(110)).toBe(false);
  expect(clock.nowMs()).toBe(120);
  expect(clock.runNext(150)).toBe(true);
  expect(clock.nowMs()).toBe(150);
});

test("a negative delay is now; a delay that is no number is a bug and throws", () => {
  const clock = new VirtualClock(0);
  let hasRun = false;
  clock.setTimer(-5, () => {
    hasRun = true;
  });
  clock.advance(0);
  expect(hasRun).toBe(true);
  expect(() => clock.setTimer(Number.NaN, () => {})).toThrow(TypeError);
});
