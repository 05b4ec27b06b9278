import type { EnterpriseId, MachineId } from "@hanyouxu/protocol";
import { addDays } from "@hanyouxu/rules";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  addSimulatedDays,
  followMovement,
  forgetMovement,
  machinesWithPast,
} from "../src/features/movement/movement.ts";
import { takeStaleMachines, writeDays, writeMachineMovements } from "../src/features/movement/queries.ts";
import { windowOf } from "../src/features/movement/window.ts";
import { rollUpTelemetry } from "../src/features/telemetry/telemetry.ts";
import { ChipVoice } from "./chip-voice.ts";
import { type BuiltMachine, buildChip, buildEnterprise, here } from "./county.ts";
import { engines } from "./database.ts";
import { buildFitted, fit, hourAt, nextMorning, settle, today } from "./moving-machine.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";

const dayMs = 86_400_000;

describe.each(engines)("where machines were on %s", (engine) => {
  let app: TestPlatform;
  let enterpriseId: EnterpriseId;
  let machine: BuiltMachine;
  beforeAll(async () => {
    app = await withPlatform(engine);
    enterpriseId = await buildEnterprise(app.ctx);
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    nextMorning(app);
    machine = await buildFitted(app, { enterpriseId });
  });

  /** An hour of work a day, each day somewhere. */
  async function work(days: readonly number[], welding = {}) {
    for (const metres of days) {
      await app.say(...hourAt(app, machine.chip, metres, welding));
      nextMorning(app);
    }
    await settle(app);
  }
  const foundOf = async ({ machineId }: { machineId: MachineId }) =>
    await app.ctx.db
      .selectFrom("machine_movements")
      .selectAll()
      .where("machine_id", "=", machineId)
      .executeTakeFirst();
  const daysOf = async ({ machineId }: { machineId: MachineId }) => {
    const rows = await app.ctx.db
      .selectFrom("movement_days")
      .select(["day", "places", "is_simulated"])
      .where("machine_id", "=", machineId)
      .orderBy("day")
      .execute();
    return rows.map(({ day, places, is_simulated }) => ({
      day,
      is_simulated,
      places: places.map(([latitude, , fixes, arcFixes]) => ({
        metres: Math.round((latitude - here.latitudeDegrees) * 111_195),
        fixes,
        arcFixes,
      })),
    }));
  };

  test("a machine that welds at one site after the other is mobile, with places, distances and days", async () => {
    const firstDay = today(app);
    await work([0, 3000, 0, 7000]);
    expect(await foundOf(machine)).toMatchObject({
      found: "mobile",
      moves: 3,
      place_count: 3,
      farthest_metres: 7000,
      days: 4,
      worked_days: 4,
      simulated_days: 0,
      from_day: firstDay,
      to_day: addDays(firstDay, 3),
      is_stale: false,
    });
    expect((await foundOf(machine))!.places.map(({ days }) => days)).toEqual([2, 1, 1]);
    expect((await daysOf(machine))[1]).toMatchObject({
      is_simulated: false,
      places: [{ metres: 3000, fixes: 6, arcFixes: 6 }],
    });
  });

  test.each([
    ["stays at its place", [0, 30, -40, 0], true, "fixed"],
    ["is away without welding", [0, 0, 0, 0], true, "fixed"],
    ["has worked on two days only", [0, 3000], true, "undecided"],
    ["never welds", [0, 3000, 0, 7000], false, "undecided"],
  ])("a machine that %s", async (_name, track, isWelding, found) => {
    await work(track, { isWelding });
    expect(await foundOf(machine)).toMatchObject({ found });
  });

  test("a day is written once it has settled, and looked at again when more of it comes", async () => {
    await app.say(...hourAt(app, machine.chip, 0));
    app.clock.advance(20 * 60_000);
    await rollUpTelemetry(app.ctx);
    await followMovement(app.ctx);
    expect(await daysOf(machine)).toEqual([]);
    await settle(app);
    expect(await daysOf(machine)).toMatchObject([{ places: [{ fixes: 6 }] }]);
    await app.say(...hourAt(app, machine.chip, 2000));
    await settle(app);
    expect(await daysOf(machine)).toMatchObject([
      {
        places: [
          { metres: 0, fixes: 6 },
          { metres: 2000, fixes: 6 },
        ],
      },
    ]);
  });

  test("readings that a chip kept for 30 days count for their day, each once however often it comes", async () => {
    const firstDay = today(app);
    await app.say(...hourAt(app, machine.chip, 0));
    const kept = hourAt(app, machine.chip, 5000);
    await settle(app);
    const inTime = await daysOf(machine);
    expect(inTime).toMatchObject([{ day: firstDay, places: [{ metres: 0, fixes: 6 }] }]);
    app.clock.advance(30 * dayMs);
    const receivedAtMs = app.clock.nowMs();
    for (let again = 0; again < 2; again++) {
      await app.say(...kept.map((message) => ({ ...message, receivedAtMs })));
      await settle(app);
    }
    expect(await daysOf(machine)).toMatchObject([
      {
        day: firstDay,
        places: [
          { metres: 0, fixes: 6 },
          { metres: 5000, fixes: 6, arcFixes: 6 },
        ],
      },
    ]);
  });

  test("readings older than any chip keeps are of the day of their arrival", async () => {
    const kept = hourAt(app, machine.chip, 5000);
    app.clock.advance(40 * dayMs);
    nextMorning(app);
    const arrived = today(app);
    const receivedAtMs = app.clock.nowMs();
    await app.say(...kept.map((message, index) => ({ ...message, receivedAtMs: receivedAtMs + index })));
    await settle(app);
    expect((await daysOf(machine)).map(({ day }) => day)).toEqual([arrived]);
  });

  test("a run that fails leaves everything to the next, which gives the same", async () => {
    await app.say(...hourAt(app, machine.chip, 0));
    app.clock.advance(30 * 60_000);
    await rollUpTelemetry(app.ctx);
    app.clock.advance(30 * 60_000);
    await app.ctx.db.schema.alterTable("movement_days").renameTo("movement_days_away").execute();
    await expect(followMovement(app.ctx)).rejects.toThrow(/movement_days/);
    await app.ctx.db.schema.alterTable("movement_days_away").renameTo("movement_days").execute();
    expect(await daysOf(machine)).toEqual([]);
    await followMovement(app.ctx);
    expect(await daysOf(machine)).toMatchObject([{ places: [{ fixes: 6 }] }]);
  });

  test("days that change while a machine is classified are not lost", async () => {
    const { db } = app.ctx;
    await work([0, 0, 0, 0]);
    await followMovement(app.ctx);
    const known = (await foundOf(machine))!;
    expect(known).toMatchObject({ is_stale: false, days: 4 });
    const { toDay } = windowOf(app.clock.nowMs() + dayMs);
    const taken = (await takeStaleMachines(db, toDay, 1_000)).find(
      ({ machine_id }) => machine_id === machine.machineId,
    )!;
    const result = { ...known, ...taken, places: [], moves: 7 };
    await writeDays(db, [{ machine_id: machine.machineId, day: today(app), places: [] }]);
    await writeMachineMovements(db, [result], new Date(app.clock.nowMs()), toDay);
    expect(await foundOf(machine)).toMatchObject({ is_stale: true, moves: 0 });
    const [again] = (await takeStaleMachines(db, toDay, 1_000)).filter(
      ({ machine_id }) => machine_id === machine.machineId,
    );
    await writeMachineMovements(db, [{ ...result, ...again }], new Date(app.clock.nowMs()), toDay);
    expect(await foundOf(machine)).toMatchObject({ is_stale: false, moves: 7 });
  });

  test("followed by several servers at once it is whole, and nothing is left to do", async () => {
    const others = await Promise.all(Array.from({ length: 30 }, () => buildFitted(app, { enterpriseId })));
    for (let fix = 0; fix < 6; fix++) {
      app.clock.advance(10 * 60_000);
      await app.say(...others.map(({ chip }) => chip.telemetry({ flags: { arcOn: true } })));
    }
    app.clock.advance(30 * 60_000);
    await rollUpTelemetry(app.ctx);
    app.clock.advance(30 * 60_000);
    await Promise.all([1, 2, 3].map(() => followMovement(app.ctx)));
    await followMovement(app.ctx);
    for (const other of others) {
      expect(await daysOf(other)).toMatchObject([{ places: [{ fixes: 6, arcFixes: 6 }] }]);
      expect(await foundOf(other)).toMatchObject({ is_stale: false, days: 1 });
    }
    const { rows } = await sql`select from telemetry_changed_days`.execute(app.ctx.db);
    expect(rows).toEqual([]);
  });

  test("a chip speaks for the machine in which it sat", async () => {
    await app.say(...hourAt(app, machine.chip, 0));
    const { machineId, chip: first } = machine;
    const second = new ChipVoice(() => app.clock.nowMs());
    await buildChip(app.ctx, second);
    await app.ctx.db
      .updateTable("chip_fittings")
      .set({ removed_at: new Date(app.clock.nowMs()), removal: "swapped" })
      .where("chip_id", "=", first.chipId)
      .execute();
    await fit(app, machineId, second);
    const other = await buildFitted(app, { enterpriseId, hasChip: true });
    await app.ctx.db.deleteFrom("chip_fittings").where("chip_id", "=", other.chip.chipId).execute();
    await fit(app, other.machineId, first);
    await app.say(...hourAt(app, second, 3000));
    await app.say(...hourAt(app, first, 9000));
    await settle(app);
    expect(await daysOf(machine)).toMatchObject([{ places: [{ metres: 0 }, { metres: 3000, fixes: 6 }] }]);
    expect(await daysOf(other)).toMatchObject([{ places: [{ metres: 9000, fixes: 6 }] }]);
  });

  test("weeks later it counts no more, and after ninety days it is forgotten", async () => {
    await work([0, 3000, 0, 7000]);
    expect(await foundOf(machine)).toMatchObject({ found: "mobile" });
    app.clock.advance(29 * dayMs);
    await followMovement(app.ctx);
    expect(await foundOf(machine)).toMatchObject({ found: "undecided", days: 0, places: [], from_day: null });
    expect(await daysOf(machine)).toHaveLength(4);
    await forgetMovement(app.ctx);
    expect(await daysOf(machine)).toHaveLength(4);
    app.clock.advance(70 * dayMs);
    await forgetMovement(app.ctx);
    expect(await daysOf(machine)).toEqual([]);
  });

  test("a simulated past is seen as such, until a chip reports the day itself", async () => {
    const day = today(app);
    const { machineId } = machine;
    const place = { ...here, fixes: 10, arcFixes: 5, firstAtMs: app.clock.nowMs() };
    const at = (metres: number) => ({
      ...place,
      latitudeDegrees: here.latitudeDegrees + metres / 111_195,
    });
    const days = [0, 4000, 0, 4000].map((metres, index) => ({
      day: addDays(day, index - 3),
      places: [at(metres)],
    }));
    await addSimulatedDays(app.ctx, [{ machineId, days }]);
    expect(await machinesWithPast(app.ctx)).toContain(machineId);
    await followMovement(app.ctx);
    expect(await foundOf(machine)).toMatchObject({ found: "mobile", days: 4, simulated_days: 4, moves: 3 });
    await app.say(...hourAt(app, machine.chip, 0));
    await settle(app);
    expect(await foundOf(machine)).toMatchObject({ found: "mobile", days: 4, simulated_days: 3, moves: 2 });
    expect((await daysOf(machine)).at(-1)).toMatchObject({ is_simulated: false, places: [{ metres: 0 }] });
  });
});
