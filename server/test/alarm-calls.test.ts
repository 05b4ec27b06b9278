import type { DutyKind } from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import type { AlarmKind } from "@hanyouxu/rules";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callNextInLine, escalateAlarms, raiseAlarm } from "../src/features/alarms/alarms.ts";
import { StationMap } from "../src/features/duty/duty.ts";
import { buildStaff, county, here, otherCounty, township } from "./county.ts";
import { engines } from "./database.ts";
import { dutyCounty, squareAround, stationBody } from "./duty-stations.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";

const MINUTE_MS = 60_000;
const everyDay = [1, 2, 3, 4, 5, 6, 7];

describe.each(engines)("alarms call who is on duty, and then the next in line, on %s", (engine) => {
  let app: TestPlatform;
  let world: Awaited<ReturnType<typeof dutyCounty>>;
  let department: { personId: string };
  let strangers: { personId: string };
  let count = 0;
  beforeAll(async () => {
    app = await withPlatform(engine);
    world = await dutyCounty(app);
    department = await buildStaff(app, "regulator", { region: county, department: "fire-rescue" });
    strangers = await buildStaff(app, "station-staff", { region: otherCounty });
    const [day, night, leader, other] = world.staff;
    const own = await create(stationBody());
    const near = await create(stationBody({ name: "演示邻近消防站", areaRegions: ["330723999"] }));
    await join(own, day!.personId);
    await join(own, night!.personId);
    await join(own, leader!.personId, true);
    await join(near, other!.personId);
    await pattern(own, day!.personId, "08:00", "20:00");
    await pattern(own, night!.personId, "20:00", "08:00");
    await pattern(near, other!.personId, "00:00", "00:00");
  });
  afterAll(() => app?.close());

  async function create(body: object): Promise<string> {
    const made = await world.as(world.regulator, "POST", "/api/fire-stations", body);
    expect(made.statusCode, made.body).toBe(201);
    return made.json().fireStationId;
  }
  async function join(station: string, personId: string, isLeader = false) {
    const kinds: DutyKind[] = ["gas", "electrical"];
    const path = `/api/fire-stations/${station}/members/${personId}`;
    expect((await world.as(world.regulator, "PUT", path, { kinds, isLeader })).statusCode).toBe(204);
  }
  async function pattern(station: string, personId: string, startsAt: string, endsAt: string) {
    const body = { personId, weekdays: everyDay, startsAt, endsAt, fromDay: "2026-02-01" };
    const url = `/api/fire-stations/${station}/roster-shifts`;
    expect((await world.as(world.regulator, "POST", url, body)).json()).toEqual({ added: 7 });
  }
  async function raise(change: { kind?: AlarmKind; region?: RegionCode; place?: typeof here } = {}) {
    count++;
    const raised = await app.ctx.db.transaction().execute((tx) =>
      raiseAlarm(app.ctx, tx, {
        kind: "tamper",
        subjectKey: `演示:${count}`,
        source: `演示:${count}`,
        region: township,
        occurredAtMs: app.clock.nowMs(),
        data: {},
        evidence: [],
        ...change,
      }),
    );
    return raised!.alarmId;
  }
  /** Who was told of an alarm by message, in the order of the messages. */
  async function toldOf(alarmId: string): Promise<string[]> {
    const rows = await app.ctx.db
      .selectFrom("messages")
      .select(["person_id", "template"])
      .where("subject_id", "=", alarmId)
      .orderBy("created_at")
      .orderBy("message_id")
      .execute();
    const [day, night, leader, other] = world.staff;
    const names = new Map<string, string>([
      [day!.personId, "day"],
      [night!.personId, "night"],
      [leader!.personId, "leader"],
      [other!.personId, "neighbour"],
      [department.personId, "department"],
      [world.regulator.personId, "regulator"],
      [strangers.personId, "stranger"],
      [world.stranger.personId, "other regulator"],
    ]);
    return rows.map(({ person_id, template }) => `${template.replace("alarm-", "")} ${names.get(person_id)}`);
  }
  const callsOf = async (alarmId: string) => {
    const { history } = (await world.as(world.regulator, "GET", `/api/alarms/${alarmId}`)).json();
    return history
      .filter(({ what }: { what: string }) => what === "called")
      .map(({ call, at }: { call: object; at: string }) => ({ ...call, at: Date.parse(at) }));
  };
  const calleesOf = async (alarmId: string) => {
    const calls = app.ctx.db.selectFrom("alarm_calls").select("who").where("alarm_id", "=", alarmId);
    return (await calls.orderBy("step").execute()).map(({ who }) => who);
  };
  const after = async (minutes: number) => {
    app.clock.advance(minutes * MINUTE_MS);
    await Promise.all([callNextInLine(app.ctx), callNextInLine(app.ctx)]);
  };

  test("step by step until somebody acknowledges, each once, whichever server looks", async () => {
    const raisedAtMs = app.clock.nowMs();
    const alarmId = await raise();
    const first = await toldOf(alarmId);
    expect(first).toContain("raised day");
    expect(first.filter((one) => /night|leader|neighbour|stranger/.test(one))).toEqual([]);
    await after(1.99);
    expect(await toldOf(alarmId)).toEqual(first);
    const next = async (minutes: number) => {
      const before = await toldOf(alarmId);
      await after(minutes);
      return (await toldOf(alarmId)).slice(before.length);
    };
    expect(await next(0.01)).toEqual(["called night"]);
    // Restarted: another server with a memory of its own goes on where this one was.
    app.clock.advance(2 * MINUTE_MS);
    await callNextInLine({ ...app.ctx, stationMap: new StationMap() });
    expect((await toldOf(alarmId)).at(-1)).toBe("called leader");
    expect(await next(2)).toEqual(["called neighbour"]);
    expect(await next(2)).toEqual(["called department"]);
    expect(await next(20)).toEqual([]);
    const own = { station: "演示城关消防站", people: 1 };
    expect(await callsOf(alarmId)).toEqual([
      { who: "on-duty", ...own, at: raisedAtMs },
      { who: "second", ...own, at: raisedAtMs + 2 * MINUTE_MS },
      { who: "leader", ...own, at: raisedAtMs + 4 * MINUTE_MS },
      { who: "neighbour", station: "演示邻近消防站", people: 1, at: raisedAtMs + 6 * MINUTE_MS },
      { who: "department", station: null, people: 1, at: raisedAtMs + 8 * MINUTE_MS },
    ]);
  });

  test("an acknowledged alarm calls nobody any more", async () => {
    const alarmId = await raise();
    const acknowledged = await world.as(
      world.staff[0]!,
      "POST",
      `/api/alarms/${alarmId}/acknowledgement`,
      {},
    );
    expect(acknowledged.statusCode, acknowledged.body).toBe(200);
    const told = await toldOf(alarmId);
    await after(20);
    expect(await toldOf(alarmId)).toEqual(told);
    expect(await callsOf(alarmId)).toHaveLength(1);
  });

  test("calls and escalation go on beside each other and keep one history", async () => {
    const alarmId = await raise();
    for (let minute = 1; minute <= 12; minute++) {
      app.clock.advance(MINUTE_MS);
      await Promise.all([callNextInLine(app.ctx), escalateAlarms(app.ctx)]);
    }
    const { history } = (await world.as(world.regulator, "GET", `/api/alarms/${alarmId}`)).json();
    expect(history.map(({ seq }: { seq: number }) => seq)).toEqual(
      history.map((_: unknown, index: number) => index + 1),
    );
    const count = (what: string) => history.filter((entry: { what: string }) => entry.what === what).length;
    expect([count("raised"), count("called"), count("escalated")]).toEqual([1, 5, 1]);
  });

  test("the minutes are the region's, by severity", async () => {
    const { newestVersion } = (
      await world.as(world.regulator, "GET", `/api/region-policies/${county}`)
    ).json();
    const values = { start: {}, hotWork: {}, alarm: { dangerFallbackMinutes: 7, warningFallbackMinutes: 3 } };
    const body = { basedOnVersion: newestVersion, values, reason: "演示调整" };
    const set = await world.as(world.regulator, "POST", `/api/region-policies/${county}`, body);
    expect(set.statusCode, set.body).toBe(201);
    const [danger, warning] = [await raise(), await raise({ kind: "gas-warning" })];
    await after(3);
    expect((await callsOf(warning)).length).toBe(2);
    expect((await callsOf(danger)).length).toBe(1);
    await after(4);
    expect((await callsOf(danger)).length).toBe(2);
  });

  test("where no station answers the region's staff are told, as before, and nobody is called in line", async () => {
    const alarmId = await raise({ region: otherCounty });
    expect(await toldOf(alarmId)).toContain("raised stranger");
    await after(20);
    expect(await calleesOf(alarmId)).toEqual([]);
  });

  test("a station whose drawn ground reaches into another region tells nobody what is not theirs to know", async () => {
    const [latitude, longitude] = [29.4, 120.4];
    const ground = squareAround(latitude, longitude);
    await create(stationBody({ name: "演示边界消防站", areaRegions: [], areaGeometry: ground }));
    const { items } = (await world.as(world.regulator, "GET", "/api/fire-stations?text=边界")).json();
    await joined();
    const place = { ...here, latitudeDegrees: latitude, longitudeDegrees: longitude };
    const alarmId = await raise({ region: otherCounty, place });
    expect((await toldOf(alarmId)).sort()).toEqual(["raised other regulator", "raised stranger"]);
    await after(20);
    expect(await calleesOf(alarmId)).toEqual(["region"]);

    async function joined() {
      const staff = await buildStaff(app, "station-staff", { region: county });
      const url = `/api/fire-stations/${items[0].fireStationId}`;
      await join(items[0].fireStationId, staff.personId);
      await world.as(world.regulator, "POST", `${url}/roster-shifts`, {
        personId: staff.personId,
        weekdays: everyDay,
        startsAt: "00:00",
        endsAt: "00:00",
        fromDay: "2026-02-01",
      });
    }
  });
});
