import type { DutyKind } from "@hanyouxu/api";
import { METRES_PER_DEGREE } from "@hanyouxu/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { whoIsOnDuty } from "../src/features/duty/duty.ts";
import { county, here, otherCounty, township } from "./county.ts";
import { engines } from "./database.ts";
import { DAY_MS, dutyCounty, squareAround, stationBody } from "./duty-stations.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import { codeOf, fieldsOf, nobody } from "./two-firms.ts";

/** A tenth of a degree of latitude on the sphere that chips use. */
const METRES_NORTH = Math.round(METRES_PER_DEGREE / 10);
const HOUR_MS = 3_600_000;
const everyDay = [1, 2, 3, 4, 5, 6, 7];

describe.each(engines)("fire stations and duty on %s", (engine) => {
  let app: TestPlatform;
  let world: Awaited<ReturnType<typeof dutyCounty>>;
  let own: string;
  let near: string;
  let url: string;
  beforeAll(async () => {
    app = await withPlatform(engine);
    world = await dutyCounty(app);
    own = await create(stationBody());
    near = await create(
      stationBody({
        name: "演示邻近消防站",
        place: { latitudeDegrees: here.latitudeDegrees + 0.1, longitudeDegrees: here.longitudeDegrees },
        areaRegions: ["330723999"],
      }),
    );
    url = `/api/fire-stations/${own}`;
    const [day, night, other] = world.staff;
    await join(own, day!.personId, ["gas"]);
    await join(own, night!.personId, ["gas", "fire"]);
    await join(near, other!.personId, ["gas"]);
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
  async function join(station: string, personId: string, kinds: DutyKind[]) {
    const path = `/api/fire-stations/${station}/members/${personId}`;
    expect((await world.as(world.regulator, "PUT", path, { kinds })).statusCode).toBe(204);
  }
  async function pattern(station: string, personId: string, startsAt: string, endsAt: string) {
    const body = { personId, weekdays: everyDay, startsAt, endsAt, fromDay: "2026-02-01" };
    const added = await world.as(
      world.regulator,
      "POST",
      `/api/fire-stations/${station}/roster-shifts`,
      body,
    );
    expect(added.json()).toEqual({ added: 7 });
  }
  const ask = (change: Partial<Parameters<typeof whoIsOnDuty>[1]> = {}) =>
    whoIsOnDuty(app.ctx, {
      regionCode: township,
      position: here,
      kind: "gas",
      atMs: app.clock.nowMs(),
      ...change,
    });

  test("the station of the place's region answers, with who is on duty by the local clock", async () => {
    const [day, night, other] = world.staff;
    // 08:00 in Shanghai: the shifts change.
    const morning = await ask();
    expect(morning.station).toMatchObject({ fireStationId: own, metres: 0, phone: "0579-000001" });
    expect(morning.onDuty).toEqual([day!.personId]);
    expect((await ask({ atMs: app.clock.nowMs() - 1 })).onDuty).toEqual([night!.personId]);
    expect((await ask({ atMs: app.clock.nowMs() + 12 * HOUR_MS })).onDuty).toEqual([night!.personId]);
    expect(morning.fallback[0]).toMatchObject({
      step: "neighbour",
      fireStationId: near,
      metres: METRES_NORTH,
      personIds: [other!.personId],
    });
    expect(morning.fallback[1]).toMatchObject({ step: "region", regionCode: township });
    const staff = morning.fallback.flatMap((one) => (one.step === "region" ? one.personIds : []));
    expect(new Set(staff).size).toBe(staff.length);
    expect(staff).toContain(world.regulator.personId);
    expect(staff).not.toContain(world.stranger.personId);
  });

  test("drawn ground goes before regions, and the nearest station of those that handle the kind before others", async () => {
    const latitudeDegrees = here.latitudeDegrees + 0.05;
    const place = { latitudeDegrees, longitudeDegrees: here.longitudeDegrees };
    const drawn = await create(
      stationBody({
        name: "演示园区消防站",
        place,
        areaRegions: [],
        areaGeometry: squareAround(latitudeDegrees, here.longitudeDegrees),
        kinds: ["gas"],
      }),
    );
    expect((await ask({ position: place })).station?.fireStationId).toBe(drawn);
    expect((await ask()).station?.fireStationId).toBe(own);
    expect((await ask({ position: null })).station?.fireStationId).toBe(own);
    const { cookie } = world.regulator;
    const body = stationBody({
      name: "演示园区消防站",
      place,
      areaRegions: [township],
      kinds: ["gas"],
      isActive: false,
    });
    expect((await app.call("PUT", `/api/fire-stations/${drawn}`, { cookie, body })).statusCode).toBe(200);
    expect((await ask({ position: place })).station?.fireStationId).toBe(own);
  });

  test("where no station is registered there is none, and staff are asked level by level", async () => {
    const elsewhere = await ask({ regionCode: otherCounty, position: null });
    expect(elsewhere.station).toBeUndefined();
    expect(elsewhere.onDuty).toEqual([]);
    expect(elsewhere.fallback).toEqual([
      { step: "region", regionCode: otherCounty, personIds: [world.stranger.personId] },
    ]);
  });

  test("those qualified for the kind come first", async () => {
    const [day, night] = world.staff;
    const extra = {
      kind: "extra",
      personId: night!.personId,
      day: "2026-03-02",
      startsAt: "08:00",
      endsAt: "10:00",
    };
    const added = await world.as(world.regulator, "POST", `${url}/roster-exceptions`, {
      ...extra,
      reason: "演示加班",
    });
    expect(added.statusCode, added.body).toBe(201);
    const atMs = app.clock.nowMs() + DAY_MS;
    expect((await ask({ atMs, kind: "fire" })).onDuty).toEqual([night!.personId, day!.personId]);
    const path = `${url}/roster-exceptions/${added.json().rosterExceptionId}`;
    expect((await world.as(world.regulator, "DELETE", path)).statusCode).toBe(204);
    expect((await ask({ atMs, kind: "fire" })).onDuty).toEqual([day!.personId]);
    expect(codeOf(await world.as(world.regulator, "DELETE", path))).toBe("404 roster.exception_not_found");
  });

  test("an absence takes the day's shifts away and shows in the week", async () => {
    const [day] = world.staff;
    const absence = { kind: "absent", personId: day!.personId, day: "2026-03-03", reason: "演示请假" };
    await world.as(world.regulator, "POST", `${url}/roster-exceptions`, absence);
    expect((await ask({ atMs: app.clock.nowMs() + 2 * DAY_MS })).onDuty).toEqual([]);
    const week = await world.as(world.staff[0]!, "GET", `${url}/roster?day=2026-03-05`);
    expect(week.json()).toMatchObject({
      from: "2026-03-02",
      absences: [{ day: "2026-03-03", reason: "演示请假" }],
    });
    expect(week.json().shifts).toHaveLength(13);
    expect(week.json().shifts[0]).toMatchObject({
      name: "演***",
      startsAt: "2026-03-02T00:00:00.000Z",
      endsAt: "2026-03-02T12:00:00.000Z",
      source: "pattern",
    });
  });

  test("who goes off duty hands over with a note, the next is told and takes over", async () => {
    const [day, night] = world.staff;
    const off = await world.as(day!, "POST", "/api/me/duty/off", { note: "演示：二号车待修" });
    expect(off.json()).toMatchObject({ isOnDuty: false, until: null });
    expect((await ask()).onDuty).toEqual([]);
    expect(codeOf(await world.as(day!, "POST", "/api/me/duty/off", { note: "再次交班" }))).toBe(
      "409 duty.not_on",
    );
    const told = await world.as(night!, "GET", "/api/me/messages");
    expect(told.json()).toMatchObject({ total: 1, items: [{ topic: "duty", title: "交接班" }] });
    const on = await world.as(night!, "POST", "/api/me/duty/on", { hours: 2 });
    expect(on.json()).toMatchObject({
      isOnDuty: true,
      until: "2026-03-01T02:00:00.000Z",
      station: { name: "演示城关消防站" },
      handovers: [{ note: "演示：二号车待修", takenOverAt: "2026-03-01T00:00:00.000Z" }],
    });
    expect((await ask()).onDuty).toEqual([night!.personId]);
    expect((await ask({ atMs: app.clock.nowMs() + 2 * HOUR_MS })).onDuty).toEqual([]);
    const notes = await world.as(world.regulator, "GET", `${url}/handovers`);
    expect(notes.json().handovers).toHaveLength(1);
  });

  test("the list shows how many are on duty, names stay masked", async () => {
    const list = await world.as(
      world.regulator,
      "GET",
      `/api/fire-stations?text=${encodeURIComponent("城关")}`,
    );
    expect(list.json()).toMatchObject({ total: 1, items: [{ fireStationId: own, members: 2, onDuty: 1 }] });
    const one = await world.as(world.staff[2]!, "GET", url);
    const team: { personId: string; name: string; isOnDuty: boolean }[] = one.json().team;
    expect(team.map(({ name }) => name)).toEqual(["演***", "演***"]);
    expect(team.filter(({ isOnDuty }) => isOnDuty)).toMatchObject([{ personId: world.staff[1]!.personId }]);
    const candidates = await world.as(world.regulator, "GET", `${url}/candidates`);
    expect(candidates.json().people).toEqual([{ personId: world.staff[3]!.personId, name: "演***" }]);
  });

  test("a weekly shift ends with yesterday; a person who leaves takes the shifts to come along", async () => {
    const { personId } = world.staff[3]!;
    await join(own, personId, ["gas"]);
    await pattern(own, personId, "08:00", "09:00");
    const shifts = await app.ctx.db
      .selectFrom("roster_shifts")
      .select(["roster_shift_id"])
      .where("person_id", "=", personId)
      .execute();
    const path = `${url}/roster-shifts/${shifts[0]!.roster_shift_id}`;
    expect((await world.as(world.regulator, "DELETE", path)).statusCode).toBe(204);
    expect(codeOf(await world.as(world.regulator, "DELETE", path))).toBe("404 roster.shift_not_found");
    const leave = `${url}/members/${personId}`;
    expect((await world.as(world.regulator, "DELETE", leave)).statusCode).toBe(204);
    expect(codeOf(await world.as(world.regulator, "DELETE", leave))).toBe("404 fire_station.not_a_member");
    expect((await ask()).onDuty).not.toContain(personId);
  });

  test("nobody of another county or role changes or sees anything", async () => {
    const routes: ["GET" | "POST" | "PUT" | "DELETE", string, object?][] = [
      ["GET", url],
      ["PUT", url, stationBody()],
      ["PUT", `${url}/members/${world.staff[3]!.personId}`, { kinds: ["gas"] }],
      ["DELETE", `${url}/members/${world.staff[0]!.personId}`],
      ["GET", `${url}/candidates`],
      ["GET", `${url}/roster?day=2026-03-02`],
      [
        "POST",
        `${url}/roster-shifts`,
        { personId: nobody, weekdays: [1], startsAt: "08:00", endsAt: "09:00", fromDay: "2026-03-01" },
      ],
      ["DELETE", `${url}/roster-shifts/${nobody}`],
      [
        "POST",
        `${url}/roster-exceptions`,
        { kind: "absent", personId: nobody, day: "2026-03-01", reason: "演示" },
      ],
      ["DELETE", `${url}/roster-exceptions/${nobody}`],
      ["GET", `${url}/handovers`],
    ];
    for (const [method, path, body] of routes) {
      expect(codeOf(await world.as(world.stranger, method, path, body)), path).toBe(
        "403 region.out_of_scope",
      );
      expect((await app.call(method, path, body ? { body } : {})).statusCode, path).toBe(401);
      const gone = path.replace(own, nobody);
      expect(codeOf(await world.as(world.regulator, method, gone, body)), gone).toBe(
        "404 fire_station.not_found",
      );
      if (method !== "GET") {
        expect(codeOf(await world.as(world.staff[0]!, method, path, body)), path).toBe("403 role.forbidden");
      }
    }
    expect(codeOf(await world.as(world.stranger, "POST", "/api/fire-stations", stationBody()))).toBe(
      "403 region.out_of_scope",
    );
    expect((await world.as(world.stranger, "GET", "/api/fire-stations")).json().total).toBe(0);
    for (const path of ["/api/me/duty", "/api/fire-stations"]) {
      expect((await app.call("GET", path)).statusCode).toBe(401);
    }
    expect(codeOf(await world.as(world.regulator, "GET", "/api/me/duty"))).toBe("403 role.forbidden");
    expect(codeOf(await world.as(world.staff[3]!, "POST", "/api/me/duty/on", {}))).toBe(
      "409 duty.no_station",
    );
  });

  test("what is wrong is named by its field", async () => {
    const bad = async (change: object) =>
      fieldsOf(await world.as(world.regulator, "POST", "/api/fire-stations", stationBody(change)));
    expect(await bad({ name: "x" })).toEqual(["body.name"]);
    expect(await bad({ phone: "nine" })).toEqual(["body.phone"]);
    expect(await bad({ kinds: [] })).toEqual(["body.kinds"]);
    expect(await bad({ areaRegions: [] })).toEqual(["body.areaRegions"]);
    const bow = squareAround(28.9, 119.8).coordinates as unknown as number[][][];
    const crossed = {
      type: "Polygon",
      coordinates: [[bow[0]![0], bow[0]![2], bow[0]![1], bow[0]![3], bow[0]![0]]],
    };
    const refused = await world.as(
      world.regulator,
      "POST",
      "/api/fire-stations",
      stationBody({ areaGeometry: crossed }),
    );
    expect(codeOf(refused)).toBe("409 fire_station.area_unsound");
    const unknown = await world.as(
      world.regulator,
      "POST",
      "/api/fire-stations",
      stationBody({ region: `${county}555` }),
    );
    expect(codeOf(unknown)).toBe("404 region.not_found");
    const shift = {
      personId: world.staff[0]!.personId,
      weekdays: [1],
      startsAt: "08:00",
      endsAt: "09:00",
      fromDay: "2026-03-01",
    };
    const roster = (change: object) =>
      world.as(world.regulator, "POST", `${url}/roster-shifts`, { ...shift, ...change });
    expect(fieldsOf(await roster({ weekdays: [] }))).toEqual(["body.weekdays"]);
    expect(fieldsOf(await roster({ startsAt: "8" }))).toEqual(["body.startsAt"]);
    expect(codeOf(await roster({ untilDay: "2026-02-01" }))).toBe("409 roster.days_reversed");
    expect(codeOf(await roster({ personId: nobody }))).toBe("404 fire_station.not_a_member");
    expect(fieldsOf(await world.as(world.staff[0]!, "POST", "/api/me/duty/off", { note: "" }))).toEqual([
      "body.note",
    ]);
    expect(fieldsOf(await world.as(world.staff[0]!, "POST", "/api/me/duty/on", { hours: 25 }))).toEqual([
      "body.hours",
    ]);
    const elsewhere = await world.as(
      world.regulator,
      "PUT",
      `/api/fire-stations/${near}/members/${world.staff[0]!.personId}`,
      { kinds: ["gas"] },
    );
    expect(codeOf(elsewhere)).toBe("409 fire_station.member_elsewhere");
    const noStaff = await world.as(world.regulator, "PUT", `${url}/members/${world.regulator.personId}`, {
      kinds: ["gas"],
    });
    expect(codeOf(noStaff)).toBe("409 fire_station.not_station_staff");
  });

  test("every change is on record", async () => {
    const audited = await app.ctx.db
      .selectFrom("audit_log")
      .select("action")
      .where("subject", "=", `fire-station:${own}`)
      .orderBy("seq")
      .execute();
    expect(new Set(audited.map(({ action }) => action))).toEqual(
      new Set([
        "fire_station.created",
        "fire_station.member_put",
        "fire_station.member_removed",
        "roster.shift_added",
        "roster.shift_ended",
        "roster.exception_added",
        "roster.exception_removed",
        "duty.on",
        "duty.off",
      ]),
    );
  });
});
