import type { EnterpriseId, KeyAreaId, PersonId, WorkSessionId } from "@hanyouxu/protocol";
import { addDays, type KeyAreaValidity, shanghaiDay, shanghaiDayStartMs } from "@hanyouxu/rules";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { endForbiddenWork } from "../src/features/place-alerts/place-alerts.ts";
import { followKeyAreas, machinePlacesOf } from "../src/features/places/places.ts";
import {
  type BuiltMachine,
  type BuiltWelder,
  buildEnterprise,
  buildMachine,
  buildStaff,
  buildWelder,
} from "./county.ts";
import { engines } from "./database.ts";
import { buildKeyArea, eastOfHere, type NewKeyArea } from "./key-area.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";

const HOUR_MS = 3_600_000;
const GRACE_MINUTES = 5;
const GRACE_MS = GRACE_MINUTES * 60_000;
const ASKS_NOTHING = { permit: false, sceneCheck: false, fireWatch: false, smoulderWatch: false };
const NO_TIMES = { openingHours: [], specialPeriods: [] };
type Times = Partial<Pick<KeyAreaValidity, "openingHours" | "specialPeriods">>;

describe.each(engines)("work while its key area comes to forbid it on %s", (engine) => {
  let app: TestPlatform;
  let enterpriseId: EnterpriseId;
  let by: PersonId;
  let officer: PersonId;
  let welder: BuiltWelder;
  let machine: BuiltMachine;
  let area: KeyAreaId;
  let middle = 0;
  /** The day on which a test works, from ten in the morning, Asia/Shanghai. */
  let today: string;
  beforeAll(async () => {
    app = await withPlatform(engine);
    by = await app.addPerson();
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    middle += 10_000;
    today = addDays(shanghaiDay(app.clock.nowMs()), 1);
    app.clock.advance(shanghaiDayStartMs(today) + 10 * HOUR_MS - app.clock.nowMs());
    enterpriseId = await buildEnterprise(app.ctx);
    officer = (await buildStaff(app, "enterprise-officer", { enterpriseId })).personId;
    welder = await buildWelder(app, { enterprises: [enterpriseId] });
    machine = await buildMachine(app.ctx, { enterpriseId });
    await app.say(machine.chip.hello());
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
  /** Work in an area that allows it at the time. */
  const startInside = async (change: Partial<NewKeyArea> = {}): Promise<WorkSessionId> => {
    const policy = { demands: ASKS_NOTHING, graceMinutes: GRACE_MINUTES, ...change.policy };
    area = await buildKeyArea(app.ctx, { by, east: middle, ...change, policy });
    await report(0, 4);
    const response = await app.call("POST", "/api/work-sessions", {
      cookie: welder.cookie,
      body: {
        machineCode: machine.machineCode,
        position: { ...eastOfHere(middle), accuracyMetres: 5 },
        idempotencyKey: app.ctx.newId(),
      },
    });
    expect(response.json()).toMatchObject({ outcome: "grant" });
    const { workSessionId } = response.json().workSession;
    const grant = app.lastCommandTo(machine.chip, "grant");
    await app.say(machine.chip.answer(grant.commandId, "accepted"), machine.chip.energised(workSessionId));
    return workSessionId;
  };
  /** As staff who edit the area do. */
  const setTimes = async (times: Times) => {
    await app.ctx.db.transaction().execute(async (tx) => {
      const { revision } = await tx
        .updateTable("key_areas_revision")
        .set((expression) => ({ revision: expression("revision", "+", 1) }))
        .returning("revision")
        .executeTakeFirstOrThrow();
      await tx.updateTable("key_areas").set({ revision }).where("key_area_id", "=", area).execute();
      await tx
        .updateTable("key_area_versions")
        .set({ validity: JSON.stringify({ from: null, until: null, ...NO_TIMES, ...times }) })
        .where("key_area_id", "=", area)
        .execute();
    });
    await followKeyAreas(app.ctx);
  };
  const period = (fromDay: string, rule: "forbidden" | "closed" = "forbidden"): Times => ({
    specialPeriods: [{ name: "演示考试", fromDay, untilDay: fromDay, rule }],
  });
  const openFrom = (opensAt: string, closesAt = "22:00"): Times => ({
    openingHours: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], opensAt, closesAt }],
  });
  const told = async (personId: PersonId) =>
    await app.ctx.db
      .selectFrom("notifications")
      .select(["kind", "data"])
      .where("person_id", "=", personId)
      .where("kind", "=", "key-area-work-forbidden")
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

  test("a special period set while work goes on: welder and firm are told, and after the grace it ends", async () => {
    const workSessionId = await startInside();
    expect(await endForbiddenWork(app.ctx)).toBe(0);
    expect(await told(welder.personId)).toEqual([]);
    await setTimes(period(today));
    expect(await endForbiddenWork(app.ctx)).toBe(0);
    const news = { data: { keyAreaId: area, area: "演示医院", minutes: GRACE_MINUTES, workSessionId } };
    expect(await told(welder.personId)).toMatchObject([news]);
    expect(await told(officer)).toMatchObject([news]);
    const [place] = await machinePlacesOf(app.ctx, machine.machineId);
    expect(place).toMatchObject({
      keyAreaId: area,
      stopDueAt: new Date(app.clock.nowMs() + GRACE_MS).toISOString(),
    });
    app.clock.advance(GRACE_MS - 1);
    expect(await endForbiddenWork(app.ctx)).toBe(0);
    expect(await isOpen(workSessionId)).toBe(true);
    app.clock.advance(1);
    expect(await endForbiddenWork(app.ctx)).toBe(1);
    // "fence" is none of the reasons for which a chip cuts a weld.
    expect(revokes()).toMatchObject([{ kind: "revoke", workSessionId, reason: "fence" }]);
    expect(await isOpen(workSessionId)).toBe(false);
    expect(await endForbiddenWork(app.ctx)).toBe(0);
    expect(await told(welder.personId)).toHaveLength(1);
    const audited = await app.ctx.db
      .selectFrom("audit_log")
      .select("details")
      .where("action", "=", "work_session.stopped")
      .where("subject", "=", `work-session:${workSessionId}`)
      .orderBy("seq")
      .execute();
    expect(audited).toMatchObject([{ details: { keyAreaId: area } }]);
  });

  test("cleared or not: a forbidden period ends work that has its clearance", async () => {
    const workSessionId = await startInside();
    await app.ctx.db
      .updateTable("decisions")
      .set({
        facts: JSON.stringify({
          keyAreas: [{ keyAreaId: area, state: "unsure" }],
          clearance: { keyAreaId: area, isReadyToStart: true },
        }),
      })
      .where("machine_id", "=", machine.machineId)
      .execute();
    // Under a roof: where it is followed to, it is unsure.
    await app.ctx.db.deleteFrom("machine_places").where("machine_id", "=", machine.machineId).execute();
    await setTimes(period(today));
    await endForbiddenWork(app.ctx);
    app.clock.advance(GRACE_MS);
    expect(await endForbiddenWork(app.ctx)).toBe(1);
    expect(await isOpen(workSessionId)).toBe(false);
  });

  test("opening hours that come: told the grace before, over as it opens", async () => {
    const workSessionId = await startInside();
    await setTimes(openFrom("10:30"));
    const opensMs = shanghaiDayStartMs(today) + 10.5 * HOUR_MS;
    app.clock.advance(opensMs - GRACE_MS - 1 - app.clock.nowMs());
    await endForbiddenWork(app.ctx);
    expect(await told(welder.personId)).toEqual([]);
    app.clock.advance(1);
    await endForbiddenWork(app.ctx);
    expect(await told(welder.personId)).toHaveLength(1);
    app.clock.advance(GRACE_MS - 1);
    expect(await endForbiddenWork(app.ctx)).toBe(0);
    app.clock.advance(1);
    expect(await endForbiddenWork(app.ctx)).toBe(1);
    expect(await isOpen(workSessionId)).toBe(false);
  });

  test("an area that allows work while it is open, and a day that is only shut to the public, end nothing", async () => {
    const allowed = await startInside({
      policy: { demands: ASKS_NOTHING, graceMinutes: GRACE_MINUTES, workWhileOpen: "allowed" },
    });
    await setTimes({ ...openFrom("00:00", "24:00"), ...period(addDays(today, 1)) });
    await endForbiddenWork(app.ctx);
    await setTimes({ ...openFrom("00:00", "24:00"), ...period(today, "closed") });
    await endForbiddenWork(app.ctx);
    app.clock.advance(GRACE_MS);
    expect(await endForbiddenWork(app.ctx)).toBe(0);
    expect(await isOpen(allowed)).toBe(true);
    expect(await told(welder.personId)).toEqual([]);
  });

  test("an entertainment venue shuts hot work out while it is open, whatever staff have set", async () => {
    const workSessionId = await startInside({
      kind: "entertainment",
      name: "演示歌厅",
      policy: { demands: ASKS_NOTHING, graceMinutes: GRACE_MINUTES, workWhileOpen: "allowed" },
    });
    await setTimes(openFrom("08:00"));
    await endForbiddenWork(app.ctx);
    app.clock.advance(GRACE_MS);
    expect(await endForbiddenWork(app.ctx)).toBe(1);
    expect(await isOpen(workSessionId)).toBe(false);
  });

  test("set back in time it ends nothing; forbidden again, there is a grace again", async () => {
    const workSessionId = await startInside();
    await setTimes(period(today));
    await endForbiddenWork(app.ctx);
    app.clock.advance(GRACE_MS - 1);
    await setTimes({});
    await endForbiddenWork(app.ctx);
    app.clock.advance(GRACE_MS);
    expect(await endForbiddenWork(app.ctx)).toBe(0);
    await setTimes(period(today));
    expect(await endForbiddenWork(app.ctx)).toBe(0);
    expect(await told(welder.personId)).toHaveLength(2);
    app.clock.advance(GRACE_MS);
    expect(await endForbiddenWork(app.ctx)).toBe(1);
    expect(await isOpen(workSessionId)).toBe(false);
  });

  test("out of the area in time it goes on; unsure, the deadline holds", async () => {
    const left = await startInside();
    await setTimes(period(today));
    await endForbiddenWork(app.ctx);
    for (const east of [80, 160, 240, 320]) await report(east, 1, true);
    await report(320, 2);
    app.clock.advance(GRACE_MS);
    expect(await endForbiddenWork(app.ctx)).toBe(0);
    expect(await isOpen(left)).toBe(true);
    const ends = app.ctx.db.selectFrom("forbidden_work_ends").selectAll().where("work_session_id", "=", left);
    expect(await ends.execute()).toEqual([]);

    machine = await buildMachine(app.ctx, { enterpriseId });
    welder = await buildWelder(app, { enterprises: [enterpriseId] });
    await app.say(machine.chip.hello());
    middle += 10_000;
    const unsure = await startInside();
    await setTimes(period(today));
    await endForbiddenWork(app.ctx);
    await app.ctx.db
      .updateTable("machine_places")
      .set({ state: "unsure" })
      .where("machine_id", "=", machine.machineId)
      .execute();
    app.clock.advance(GRACE_MS);
    expect(await endForbiddenWork(app.ctx)).toBe(1);
    expect(await isOpen(unsure)).toBe(false);
  });
});
