import { METRES_PER_DEGREE } from "@hanyouxu/protocol";
import { defaultStartPolicy } from "@hanyouxu/rules";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AreaIndex } from "./area-index.ts";
import type { KeptFix, Observation } from "./believed-fixes.ts";
import { followPlace, type PlaceChange, type PlaceMemory } from "./place-tracker.ts";
import { tellPlace } from "./tell-place.ts";

const EAST = METRES_PER_DEGREE * Math.cos((28.9 * Math.PI) / 180);
const placeAt = (eastMetres: number) => ({
  latitudeDegrees: 28.9,
  longitudeDegrees: 119.8 + eastMetres / EAST,
});
/** A circle of 100 m: what lies `east` of its middle is `100 - east` metres inside. */
const around = new AreaIndex([
  { key: "hospital", shape: { kind: "circle", ...placeAt(0), radiusMetres: 100 } },
]);

interface Step {
  east: number | null;
  accuracy?: number;
  isMoving?: boolean;
  /** Since the step before. */
  afterSeconds?: number;
}

class Follower {
  memory: PlaceMemory | undefined;
  atMs = 1_000_000;
  readonly changes: PlaceChange[] = [];
  readonly fates: string[] = [];

  follow({ east, accuracy = 5, isMoving = false, afterSeconds = 10 }: Step): this {
    this.atMs += afterSeconds * 1000;
    return this.observe({
      atMs: this.atMs,
      fix: east === null ? null : { ...placeAt(east), accuracyMetres: accuracy },
      isMoving,
    });
  }

  observe(observation: Observation, last: KeptFix | null = null): this {
    // As the table keeps it.
    const kept = this.memory && (JSON.parse(JSON.stringify(this.memory)) as PlaceMemory);
    const step = followPlace(kept, observation, around, defaultStartPolicy, last);
    this.memory = step.memory;
    this.changes.push(...step.changes);
    this.fates.push(step.fate);
    return this;
  }

  repeat(times: number, step: Step): this {
    for (let time = 0; time < times; time++) this.follow(step);
    return this;
  }

  /** Along a line at a speed, a fix every ten seconds. */
  drive(from: number, to: number, metresPerSecond = 8): this {
    const steps = Math.ceil(Math.abs(to - from) / (metresPerSecond * 10));
    for (let step = 1; step <= steps; step++) {
      this.follow({ east: from + ((to - from) * step) / steps, isMoving: true });
    }
    return this;
  }

  get state() {
    return this.memory?.areas.hospital?.state ?? "outside";
  }

  get kinds() {
    return this.changes.map(({ kind }) => kind);
  }
}

const inside = () => new Follower().drive(600, 0).repeat(6, { east: 0 });

describe("following a machine and a key area", () => {
  test("who drives in has entered, from the first fix that said so", () => {
    const machine = new Follower().drive(600, 0).repeat(3, { east: 0 });
    expect(machine.state).toBe("inside");
    expect(machine.kinds).toEqual(["entered"]);
    const [entered] = machine.changes;
    expect(entered!.noticedAtMs - entered!.atMs).toBe(10_000);
    expect(entered!.place).toMatchObject({ state: "inside", method: "gps", sinceMs: entered!.atMs });
  });

  test("who drives out has left, within a minute of the crossing, and is forgotten far away", () => {
    const machine = inside();
    const leftAtMs = machine.atMs + (100 / 8) * 1000;
    machine.drive(0, 700);
    expect(machine.kinds).toEqual(["entered", "left"]);
    expect(machine.changes[1]!.noticedAtMs - leftAtMs).toBeLessThanOrEqual(60_000);
    expect(machine.memory).toBeUndefined();
  });

  test("far from every area nothing is remembered", () => {
    const machine = new Follower().drive(5000, 3000);
    expect(machine.memory).toBeUndefined();
    expect(machine.changes).toEqual([]);
  });

  test("two fixes, or ten seconds of fixes, change nothing", () => {
    expect(new Follower().drive(600, 200).follow({ east: 50, isMoving: true }).state).toBe("outside");
    const quick = new Follower().drive(600, 200);
    for (let time = 0; time < 9; time++) quick.follow({ east: 40, isMoving: true, afterSeconds: 1 });
    expect(quick.state).toBe("outside");
  });

  test("between the two edges everything stays as it is", () => {
    // 10 m within the edge is not in, 15 m beyond is not out.
    expect(new Follower().drive(600, 200).repeat(5, { east: 92, isMoving: true }).state).toBe("outside");
    expect(inside().drive(0, 80).repeat(4, { east: 112, isMoving: true }).state).toBe("inside");
    expect(inside().drive(0, 80).repeat(30, { east: 95, isMoving: true }).state).toBe("inside");
  });

  test("whose every fix lies beyond the edge for 40 s, none of them sure, is unsure within a minute; back in, it never left", () => {
    const machine = inside().drive(0, 90);
    const crossedAtMs = machine.atMs;
    // Seen 30 m beyond the edge, to 35 m: nobody can say that it is out.
    machine.repeat(4, { east: 130, accuracy: 35, isMoving: true });
    expect(machine.state).toBe("inside");
    machine.follow({ east: 130, accuracy: 35, isMoving: true });
    expect(machine.state).toBe("unsure");
    const [, doubt] = machine.changes;
    expect(doubt!.noticedAtMs - crossedAtMs).toBeLessThanOrEqual(60_000);
    expect(doubt!.noticedAtMs - doubt!.atMs).toBe(40_000);
    machine.drive(130, 40).repeat(2, { east: 40 });
    expect(machine.kinds).toEqual(["entered", "unsure", "sure"]);
  });

  test("one fix within the edge among them, and the 40 s begin anew", () => {
    const beyond = { east: 112, accuracy: 35, isMoving: true };
    const machine = inside().drive(0, 90).repeat(4, beyond).follow({ east: 99, isMoving: true });
    expect(machine.repeat(4, beyond).state).toBe("inside");
    expect(machine.follow(beyond).state).toBe("unsure");
  });

  test("what stays silent neither shortens nor ends the 40 s: one fix beyond the edge is no contradiction", () => {
    const beyond = { east: 112, accuracy: 35, isMoving: true };
    const machine = inside().drive(0, 90).follow(beyond).repeat(6, { east: null });
    expect(machine.state).toBe("inside");
    expect(machine.follow(beyond).state).toBe("unsure");
  });

  test("what a sign said to be inside is not doubted by fixes that are unsure themselves", () => {
    const machine = inside();
    machine.memory = tellPlace(machine.memory, "hospital", {
      state: "inside",
      method: "sign",
      atMs: machine.atMs,
      place: null,
    }).memory;
    machine.drive(0, 90).repeat(30, { east: 110, accuracy: 35, isMoving: true });
    expect(machine.state).toBe("inside");
  });

  test("who was carried out while no fix was had has left by the second fix outside: motion is felt under a roof too", () => {
    const machine = inside().repeat(12, { east: null });
    machine.repeat(2, { east: null, isMoving: true }).repeat(2, { east: 160 });
    expect(machine.state).toBe("inside");
    expect(machine.follow({ east: 160 }).state).toBe("outside");
    const still = inside().repeat(14, { east: null }).repeat(4, { east: 160 });
    expect(still.state).toBe("inside");
  });

  test("the first fix after a journey without any may be a wild one: it is not followed", () => {
    const machine = inside().repeat(12, { east: null }).repeat(2, { east: null, isMoving: true });
    machine.follow({ east: 700, isMoving: true });
    expect(machine.fates.at(-1)).toBe("strange");
    machine.repeat(3, { east: 160 });
    expect(machine.kinds).toEqual(["entered", "left"]);
  });

  test("who stands at the edge for long is unsure, and out once clear of it", () => {
    const machine = new Follower().drive(600, 150).repeat(16, { east: 101 });
    expect(machine.state).toBe("unsure");
    machine.drive(101, 160).repeat(4, { east: 160 });
    expect(machine.state).toBe("outside");
    // It never was in: nothing was left.
    expect(machine.kinds).toEqual(["unsure", "sure"]);
  });

  test("a vague fix says nothing", () => {
    const machine = inside();
    machine.repeat(20, { east: 450, accuracy: 150 });
    expect(machine.fates.slice(-20)).toEqual(Array(20).fill("blind"));
    expect(machine.kinds).toEqual(["entered"]);
  });

  test("under a roof nobody leaves: the last state holds for ten minutes, then it is unsure", () => {
    const machine = inside().repeat(59, { east: null });
    expect(machine.state).toBe("inside");
    machine.follow({ east: null });
    expect(machine.state).toBe("unsure");
    expect(machine.kinds).toEqual(["entered", "unsure"]);
    machine.repeat(1000, { east: null });
    expect(machine.state).toBe("unsure");
    machine.repeat(3, { east: 0 });
    expect(machine.kinds).toEqual(["entered", "unsure", "sure"]);
  });

  test("what a sign said holds for hours without a fix", () => {
    const machine = inside();
    machine.memory = tellPlace(machine.memory, "hospital", {
      state: "inside",
      method: "sign",
      atMs: machine.atMs,
      place: null,
    }).memory;
    machine.repeat(400, { east: null });
    expect(machine.state).toBe("inside");
    machine.follow({ east: null, afterSeconds: 12 * 3600 });
    expect(machine.state).toBe("unsure");
  });

  test("what staff said holds while the machine stays: at the edge nobody is asked again", () => {
    const machine = new Follower().drive(600, 150).repeat(16, { east: 103 });
    expect(machine.state).toBe("unsure");
    const { latitudeDegrees, longitudeDegrees } = placeAt(103);
    const told = tellPlace(machine.memory, "hospital", {
      state: "outside",
      method: "person",
      atMs: machine.atMs,
      place: [latitudeDegrees, longitudeDegrees],
    });
    expect(told.change).toMatchObject({ kind: "sure", place: { state: "outside", method: "person" } });
    machine.memory = told.memory;
    machine.repeat(60, { east: 103 });
    expect(machine.state).toBe("outside");
    // Well within, satellites count again.
    machine.drive(103, 20, 3).repeat(4, { east: 20 });
    expect(machine.state).toBe("inside");
  });

  test("one wild fix, believed by nobody, moves nothing", () => {
    const machine = inside();
    machine.follow({ east: 2500 }).repeat(5, { east: 0 });
    expect(machine.fates.at(-6)).toBe("strange");
    expect(machine.fates.slice(-5)).toEqual(Array(5).fill("believed"));
    expect(machine.kinds).toEqual(["entered"]);
  });

  test("a resting machine's fixes may wander: their middle stays", () => {
    const machine = inside();
    for (let time = 0; time < 200; time++) machine.follow({ east: 18 * Math.sin(time / 3), accuracy: 12 });
    expect(machine.kinds).toEqual(["entered"]);
    expect(machine.memory!.fixes.resting.length).toBeLessThanOrEqual(15);
  });

  test("a reflection that shifts a resting machine by 70 m for a minute is no exit", () => {
    const machine = new Follower().drive(600, 60).repeat(6, { east: 60 });
    machine.repeat(7, { east: 130, accuracy: 20 }).repeat(3, { east: 60 });
    expect(machine.kinds).toEqual(["entered", "unsure", "sure"]);
  });

  test("GPS jump: satellites that say five kilometres away free nobody", () => {
    const machine = inside();
    // The forged place is kept up for far longer than a drive there would take.
    machine.repeat(60, { east: 5000, isMoving: false });
    expect(machine.state).toBe("unsure");
    expect(machine.kinds).toEqual(["entered", "unsure"]);
    expect(machine.fates).toContain("jumped");
    machine.repeat(100, { east: 5000, isMoving: true });
    expect(machine.kinds).toEqual(["entered", "unsure"]);
    // Back at once: it never was away.
    machine.repeat(18, { east: 0 });
    expect(machine.kinds).toEqual(["entered", "unsure", "sure"]);
  });

  test("after a jump the exit is believed in the end, half an hour later", () => {
    const machine = inside().repeat(13, { east: 5000 });
    expect(machine.state).toBe("unsure");
    machine.repeat(179, { east: 5000 });
    expect(machine.state).toBe("unsure");
    machine.repeat(4, { east: 5000 });
    expect(machine.kinds).toEqual(["entered", "unsure", "left"]);
  });

  test("a jump into an area counts once it holds", () => {
    const machine = new Follower();
    machine.observe(
      { atMs: 2_000_000, fix: { ...placeAt(0), accuracyMetres: 5 }, isMoving: false },
      [28.95, 119.8, 5, 1_990_000],
    );
    machine.atMs = 2_000_000;
    machine.repeat(11, { east: 0 });
    expect(machine.state).toBe("outside");
    machine.repeat(4, { east: 0 });
    expect(machine.state).toBe("inside");
  });

  test("a fix that comes late changes nothing, whatever it says", () => {
    const machine = inside();
    const before = JSON.stringify(machine.memory);
    for (let late = 1; late <= 10; late++) {
      machine.observe({
        atMs: machine.atMs - late * 10_000,
        fix: { ...placeAt(400), accuracyMetres: 5 },
        isMoving: true,
      });
    }
    expect(JSON.stringify(machine.memory)).toBe(before);
    expect(machine.fates.slice(-10)).toEqual(Array(10).fill("late"));
  });

  test("an area that is abolished is left", () => {
    const machine = inside();
    const still = (afterMs: number) => ({
      atMs: machine.atMs + afterMs,
      fix: { ...placeAt(0), accuracyMetres: 5 },
      isMoving: false,
    });
    const none = new AreaIndex([]);
    const step = followPlace(machine.memory, still(10_000), none, defaultStartPolicy);
    expect(step.changes.map(({ kind }) => kind)).toEqual(["left"]);
    const next = followPlace(step.memory, still(20_000), none, defaultStartPolicy);
    expect(next).toEqual({ memory: undefined, changes: [], fate: "believed" });
  });

  test("whatever is observed: entries and exits take turns, time never goes back, JSON carries everything", () => {
    const anyStep = fc.record({
      east: fc.oneof(
        fc.constant(null),
        fc.integer({ min: -700, max: 700 }),
        fc.constantFrom(0, 95, 105, 5000),
      ),
      accuracy: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.constant(5)),
      isMoving: fc.boolean(),
      afterSeconds: fc.constantFrom(1, 10, 60, 700, -30),
    });
    let changes = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(anyStep, fc.integer({ min: 1, max: 8 })), { maxLength: 40 }), (steps) => {
        const machine = new Follower();
        for (const [step, times] of steps) machine.repeat(times, step);
        const sure = machine.kinds.filter((kind) => kind === "entered" || kind === "left");
        expect(sure).toEqual(sure.map((_, index) => (index % 2 === 0 ? "entered" : "left")));
        for (const { atMs, noticedAtMs } of machine.changes) expect(atMs).toBeLessThanOrEqual(noticedAtMs);
        changes += machine.changes.length;
      }),
      { numRuns: 500 },
    );
    expect(changes).toBeGreaterThan(100);
  });
});
