import type { EnterpriseId, KeyAreaId, PersonId, WorkSessionId } from "@hanyouxu/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { endCarriedWork, tellOfEntries } from "../src/features/place-alerts/place-alerts.ts";
import {
  type BuiltMachine,
  type BuiltWelder,
  buildEnterprise,
  buildMachine,
  buildStaff,
  buildWelder,
} from "./county.ts";
import { engines } from "./database.ts";
import { buildKeyArea, eastOfHere } from "./key-area.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";

describe.each(engines)("machines that come into key areas on %s", (engine) => {
  let app: TestPlatform;
  let enterpriseId: EnterpriseId;
  let by: PersonId;
  let officer: PersonId;
  let welder: BuiltWelder;
  let machine: BuiltMachine;
  let area: KeyAreaId;
  let middle = 0;
  beforeAll(async () => {
    app = await withPlatform(engine);
    by = await app.addPerson();
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    middle += 10_000;
    app.clock.advance(600_000);
    enterpriseId = await buildEnterprise(app.ctx);
    officer = (await buildStaff(app, "enterprise-officer", { enterpriseId })).personId;
    welder = await buildWelder(app, { enterprises: [enterpriseId] });
    machine = await buildMachine(app.ctx, { enterpriseId });
    await app.say(machine.chip.hello());
    area = await buildKeyArea(app.ctx, { by, east: middle, policy: { graceMinutes: 5 } });
  });

  const report = async (east: number, times = 1, isMoving = false) => {
    const place = eastOfHere(middle + east);
    for (let time = 0; time < times; time++) {
      app.clock.advance(10_000);
      await app.say(
        machine.chip.telemetry({
          position: {
            latitudeE7: Math.round(place.latitudeDegrees * 1e7),
            longitudeE7: Math.round(place.longitudeDegrees * 1e7),
            accuracyDecimetres: 50,
          },
          flags: { moving: isMoving },
        }),
      );
    }
  };
  const driveIn = async () => {
    for (const east of [300, 220, 140, 60, 0]) await report(east, 1, true);
    await report(0, 3);
  };
  /** Started well outside. */
  const startOutside = async (): Promise<WorkSessionId> => {
    await report(400, 2);
    const response = await app.call("POST", "/api/work-sessions", {
      cookie: welder.cookie,
      body: {
        machineCode: machine.machineCode,
        position: eastOfHere(middle + 400),
        idempotencyKey: app.ctx.newId(),
      },
    });
    expect(response.json()).toMatchObject({ outcome: "grant" });
    const { workSessionId } = response.json().workSession;
    const grant = app.lastCommandTo(machine.chip, "grant");
    await app.say(machine.chip.answer(grant.commandId, "accepted"), machine.chip.energised(workSessionId));
    return workSessionId;
  };
  const told = async (personId: PersonId) =>
    await app.ctx.db
      .selectFrom("notifications")
      .select(["kind", "data"])
      .where("person_id", "=", personId)
      .orderBy("created_at")
      .execute();
  const revokes = () => app.commandsTo(machine.chip).filter(({ kind }) => kind === "revoke");
  const isOpen = async (workSessionId: WorkSessionId) =>
    (
      await app.ctx.db
        .selectFrom("work_sessions")
        .select("stop_requested_at")
        .where("work_session_id", "=", workSessionId)
        .executeTakeFirstOrThrow()
    ).stop_requested_at === null;

  test("idle: the owner's officer is told, once", async () => {
    await driveIn();
    await tellOfEntries(app.ctx);
    await tellOfEntries(app.ctx);
    expect(await told(officer)).toMatchObject([
      { kind: "key-area-entered", data: { machineId: machine.machineId, keyAreaId: area, area: "演示医院" } },
    ]);
    expect(await endCarriedWork(app.ctx)).toBe(0);
    expect(revokes()).toEqual([]);
  });

  test("working: the welder is told by when, and after the grace no new arc may start", async () => {
    const workSessionId = await startOutside();
    await driveIn();
    await tellOfEntries(app.ctx);
    expect(await endCarriedWork(app.ctx)).toBe(0);
    expect((await told(welder.personId)).map(({ kind }) => kind)).toEqual([
      "key-area-entered",
      "key-area-work-ends",
    ]);
    app.clock.advance(5 * 60_000 - 1);
    expect(await endCarriedWork(app.ctx)).toBe(0);
    expect(await isOpen(workSessionId)).toBe(true);
    app.clock.advance(1);
    expect(await endCarriedWork(app.ctx)).toBe(1);
    // "fence" is none of the reasons for which a chip cuts a weld.
    expect(revokes()).toMatchObject([{ kind: "revoke", workSessionId, reason: "fence" }]);
    expect(await isOpen(workSessionId)).toBe(false);
    expect(await endCarriedWork(app.ctx)).toBe(0);
    expect(await told(welder.personId)).toHaveLength(2);
  });

  test("working, and out again in time: nothing ends", async () => {
    const workSessionId = await startOutside();
    await driveIn();
    await endCarriedWork(app.ctx);
    for (const east of [80, 160, 240, 320]) await report(east, 1, true);
    await report(320, 2);
    app.clock.advance(3_600_000);
    expect(await endCarriedWork(app.ctx)).toBe(0);
    expect(await isOpen(workSessionId)).toBe(true);
  });

  test("told of the end, and unsure from then on: the end holds", async () => {
    const workSessionId = await startOutside();
    await driveIn();
    await endCarriedWork(app.ctx);
    await app.ctx.db
      .updateTable("machine_places")
      .set({ state: "unsure" })
      .where("machine_id", "=", machine.machineId)
      .execute();
    app.clock.advance(5 * 60_000);
    expect(await endCarriedWork(app.ctx)).toBe(1);
    expect(await isOpen(workSessionId)).toBe(false);
  });

  test("no grace at all: no new arc from the first sweep on", async () => {
    const strict = await buildKeyArea(app.ctx, {
      by,
      east: middle + 1_000,
      kind: "chemical",
      name: "演示化工厂",
      policy: { graceMinutes: 0 },
    });
    const workSessionId = await startOutside();
    for (const east of [500, 600, 700, 800, 900, 1_000]) await report(east, 1, true);
    await report(1_000, 3);
    expect(await endCarriedWork(app.ctx)).toBe(1);
    expect(await isOpen(workSessionId)).toBe(false);
    expect((await told(welder.personId)).at(-1)).toMatchObject({ data: { keyAreaId: strict, minutes: 0 } });
  });

  test("work that was cleared for the area when it started goes on", async () => {
    const workSessionId = await startOutside();
    await driveIn();
    await app.ctx.db
      .updateTable("decisions")
      .set({ facts: JSON.stringify({ clearance: { keyAreaId: area, isReadyToStart: true } }) })
      .where("machine_id", "=", machine.machineId)
      .execute();
    await endCarriedWork(app.ctx);
    app.clock.advance(3_600_000);
    expect(await endCarriedWork(app.ctx)).toBe(0);
    expect(await isOpen(workSessionId)).toBe(true);
  });

  test("what a chip tells hours later is kept, and told nobody", async () => {
    await driveIn();
    app.clock.advance(2 * 3_600_000);
    await tellOfEntries(app.ctx);
    expect(await told(officer)).toEqual([]);
    const untold = await app.ctx.db
      .selectFrom("place_events")
      .select("at")
      .where("machine_id", "=", machine.machineId)
      .where("people_told_at", "is", null)
      .execute();
    expect(untold).toEqual([]);
  });
});
