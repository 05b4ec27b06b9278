import type { Anomaly, FirmRisk, Forecast, InspectionPlan } from "@hanyouxu/api";
import type { PersonId, RegionCode, WorkSessionId } from "@hanyouxu/protocol";
import { addDays, riskWeights, shanghaiDay, weekdayOf } from "@hanyouxu/rules";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildEnterprise, buildRegion, buildStaff, county, otherCounty, township } from "./county.ts";
import { engines } from "./database.ts";
import { signInAnew } from "./sign-in-anew.ts";
import { codeOf, fieldsOf, nobody, type TwoFirms, twoFirms } from "./two-firms.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe.each(engines)("trends and inspections on %s", (engine) => {
  let firms: TwoFirms;
  const people: Record<string, PersonId> = {};
  beforeAll(async () => {
    firms = await twoFirms(engine);
    const { app, own } = firms;
    for (const region of [county, otherCounty, township] as const) await buildRegion(app.ctx, region);
    people.regulator = (await buildStaff(app, "regulator", { region: county })).personId;
    people.station = (await buildStaff(app, "station-staff", { region: county })).personId;
    people.townStation = (await buildStaff(app, "station-staff", { region: township })).personId;
    people.outside = (await buildStaff(app, "regulator", { region: otherCounty })).personId;
    people.officer = (
      await buildStaff(app, "enterprise-officer", { enterpriseId: own.enterpriseId })
    ).personId;
    people.welder = own.welder.personId;
  });
  afterAll(() => firms?.app.close());

  const call = async (who: string | undefined, method: "GET" | "POST", path: string, body?: object) =>
    await firms.app.call(method, `/api/${path}`, {
      ...(who ? { cookie: await signInAnew(firms.app, people[who]!) } : {}),
      ...(body ? { body } : {}),
    });
  const get = async <Answer>(who: string, path: string): Promise<Answer> => {
    const response = await call(who, "GET", path);
    expect(response.statusCode, response.body).toBe(200);
    return response.json();
  };
  const forecast = (measure: string, region: string = county) =>
    get<Forecast>("regulator", `trends/forecast?region=${region}&measure=${measure}`);
  const today = () => shanghaiDay(firms.app.clock.nowMs());
  const simulate = async (region: RegionCode, daysAgo: number, alarms: (day: string) => number) => {
    const rows = Array.from({ length: daysAgo }, (_, index) => addDays(today(), index - daysAgo));
    await firms.app.ctx.db
      .insertInto("simulated_trend_days")
      .values(
        rows.map((day) => ({
          region_code: region,
          day,
          work_by_hour: JSON.stringify(
            Array.from({ length: 24 }, (_, hour) => (hour >= 8 && hour < 18 ? 10 : 0)),
          ),
          alarms: alarms(day),
        })),
      )
      .execute();
  };
  /** Another session of the first firm's machine, as the platform keeps it. */
  const addSession = async (fromMs: number, untilMs: number) => {
    const { db, newId } = firms.app.ctx;
    const model = await db
      .selectFrom("work_sessions")
      .selectAll()
      .where("work_session_id", "=", firms.workSessionId)
      .executeTakeFirstOrThrow();
    const { changed_xid, ended_xid, ...rest } = model;
    await db
      .insertInto("work_sessions")
      .values({
        ...rest,
        work_session_id: newId() as WorkSessionId,
        idempotency_key: null,
        status: "ended",
        granted_at: new Date(fromMs),
        energised_at: new Date(fromMs),
        ended_at: new Date(untilMs),
        end_reason: "stopped",
        energised_ms: untilMs - fromMs,
      })
      .execute();
  };

  test("who is not signed in, not of the staff, or of another region hears nothing", async () => {
    const plan = { region: county, staff: 1, days: 1 };
    const report = { enterpriseId: nobody, finding: "nothing" };
    for (const [method, path, body] of [
      ["GET", `trends/forecast?region=${county}`],
      ["GET", `trends/anomalies?region=${county}`],
      ["GET", `trends/risks?region=${county}`],
      ["GET", `inspection-plans?region=${county}`],
      ["GET", `inspection-tallies?region=${county}`],
      ["POST", "inspection-plans", plan],
    ] as const) {
      expect(codeOf(await call(undefined, method, path, body))).toBe("401 sign_in.required");
      for (const who of ["welder", "officer"]) {
        expect(codeOf(await call(who, method, path, body))).toBe("403 role.forbidden");
      }
      expect(codeOf(await call("outside", method, path, body))).toBe("403 region.out_of_scope");
    }
    expect(codeOf(await call("station", "POST", "inspection-plans", plan))).toBe("403 role.forbidden");
    expect(codeOf(await call("townStation", "GET", `trends/risks?region=${county}`))).toBe(
      "403 region.out_of_scope",
    );
    const missing = `inspection-plans/${nobody}`;
    expect(codeOf(await call(undefined, "GET", missing))).toBe("401 sign_in.required");
    expect(codeOf(await call("regulator", "GET", missing))).toBe("404 inspection_plan.not_found");
    expect(codeOf(await call("regulator", "POST", `${missing}/results`, report))).toBe(
      "404 inspection_plan.not_found",
    );
  });

  test("bad questions name their field", async () => {
    expect(fieldsOf(await call("regulator", "GET", "trends/forecast?region=33072"))).toEqual([
      "query.region",
    ]);
    expect(fieldsOf(await call("regulator", "GET", `trends/forecast?region=${county}&measure=gas`))).toEqual([
      "query.measure",
    ]);
    expect(fieldsOf(await call("regulator", "GET", "trends/risks"))).toEqual(["query.region"]);
    const plan = { region: county, staff: 0, days: 31, hoursADay: 13 };
    expect(fieldsOf(await call("regulator", "POST", "inspection-plans", plan)).sort()).toEqual([
      "body.days",
      "body.hoursADay",
      "body.staff",
    ]);
  });

  test("hours of work are counted once a machine, and too little past gives no forecast", async () => {
    const { clock } = firms.app;
    const midnightMs = Date.parse(`${today()}T00:00:00+08:00`);
    await addSession(midnightMs - 20 * HOUR_MS, midnightMs - 18.5 * HOUR_MS);
    await addSession(midnightMs - 18.4 * HOUR_MS, midnightMs - 18.1 * HOUR_MS);
    await addSession(midnightMs - 10.5 * HOUR_MS, midnightMs - 10.2 * HOUR_MS);
    clock.advance(1_000);
    const { daysKnown, expected, backTest, isSimulated, seen, perDay } = await forecast("work");
    expect({ daysKnown, expected, backTest, isSimulated, perDay }).toEqual({
      daysKnown: 1,
      expected: null,
      backTest: null,
      isSimulated: false,
      perDay: 24,
    });
    expect(seen.firstDay).toBe(addDays(today(), -1));
    expect(seen.values.flatMap((value, hour) => (value > 0 ? [[hour, value]] : []))).toEqual([
      [4, 1],
      [5, 1],
      [13, 1],
    ]);
    const elsewhere = await call("outside", "GET", `trends/forecast?region=${otherCounty}`);
    expect(elsewhere.json().daysKnown).toBe(0);
  });

  test("with weeks of past there is a week ahead with intervals and its back-test, marked as simulated", async () => {
    await simulate(township, 100, (day) => (weekdayOf(day) === 0 ? 1 : 6));
    const work = await forecast("work");
    expect(work).toMatchObject({ daysKnown: 100, isSimulated: true, backTest: { weeks: 8 } });
    expect(work.expected!.firstDay).toBe(today());
    expect(work.expected!.values).toHaveLength(168);
    expect(work.expected!.values[34]!.value).toBeCloseTo(10, 0);
    expect(work.backTest!.coverage).toBeGreaterThan(0.9);
    const alarms = await forecast("alarms");
    expect(alarms.expected!.values).toHaveLength(7);
    expect(alarms.backTest!.mae).toBeLessThan(1);
    expect((await forecast("work", township)).daysKnown).toBe(100);
    const elsewhere = await call("outside", "GET", `trends/forecast?region=${otherCounty}`);
    expect(elsewhere.json()).toMatchObject({ daysKnown: 0, isSimulated: false });
  });

  test("a firm that worked as never before is told of, with what was expected", async () => {
    const { clock } = firms.app;
    const midnightMs = Date.parse(`${today()}T00:00:00+08:00`);
    for (let ago = 50; ago >= 2; ago--) {
      await addSession(midnightMs - ago * DAY_MS + 9 * HOUR_MS, midnightMs - ago * DAY_MS + 10 * HOUR_MS);
    }
    expect((await anomalies()).filter(({ figure }) => figure === "work-hours")).toEqual([]);
    for (let index = 0; index < 15; index++) {
      await addSession(midnightMs - DAY_MS + 8 * HOUR_MS, midnightMs - DAY_MS + 10 * HOUR_MS);
    }
    clock.advance(1_000);
    const found = await anomalies();
    expect(found.find(({ name, figure }) => name === "演示甲厂" && figure === "work-hours")).toMatchObject({
      enterpriseId: firms.own.enterpriseId,
      direction: "above",
      title: { zh: "作业量", en: "Work" },
    });
    const { seen, high, days } = found[0]!;
    expect(seen).toBeGreaterThan(high);
    expect(days).toBeGreaterThanOrEqual(8);
    expect((await call("outside", "GET", `trends/anomalies?region=${otherCounty}`)).json().items).toEqual([]);
  });

  test("a region's simulated days are compared too, and said to be simulated", async () => {
    const { db } = firms.app.ctx;
    const strange = { region_code: township, day: addDays(today(), -1) };
    await db
      .updateTable("simulated_trend_days")
      .set({ alarms: 90 })
      .where("region_code", "=", strange.region_code)
      .where("day", "=", strange.day)
      .execute();
    const answer = await get<{ isSimulated: boolean; items: Anomaly[] }>(
      "townStation",
      `trends/anomalies?region=${township}`,
    );
    expect(answer.isSimulated).toBe(true);
    expect(answer.items.filter(({ figure }) => figure === "alarms")).toMatchObject([
      { enterpriseId: null, region: township, seen: 90, direction: "above" },
    ]);
  });
  const anomalies = async (): Promise<Anomaly[]> =>
    (await get<{ items: Anomaly[] }>("regulator", `trends/anomalies?region=${county}`)).items;

  const risks = (who = "regulator", region: string = county) =>
    get<{ items: FirmRisk[]; total: number; weights: { version: string; factors: unknown[] } }>(
      who,
      `trends/risks?region=${region}`,
    );
  const partOf = ({ parts }: FirmRisk, name: string) => parts.find(({ factor }) => factor === name)!;

  test("firms are ranked with every factor of their score, from their own region alone", async () => {
    const quietId = await buildEnterprise(firms.app.ctx, { name: "演示静厂" });
    const { items, total, weights } = await risks();
    expect(total).toBe(items.length);
    expect(weights.version).toBe(riskWeights.version);
    expect(weights.factors).toHaveLength(9);
    const own = items[0]!;
    expect(own.name).toBe("演示甲厂");
    expect(partOf(own, "work-volume").seen).toBeGreaterThan(10);
    // The other county's welder was refused at the first firm's machine: not in his name, but there.
    expect(partOf(own, "uncertified-attempts").seen + partOf(own, "refusals").seen).toBe(1);
    expect(own.parts.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(own.score, 6);
    expect(own.parts[0]!.points).toBeGreaterThanOrEqual(own.parts[8]!.points);
    expect(items.find(({ enterpriseId }) => enterpriseId === quietId)).toMatchObject({ score: 0 });
    expect(items.map(({ name }) => name)).not.toContain("演示乙厂");
    expect((await risks("outside", otherCounty)).items.map(({ name }) => name)).toEqual(["演示乙厂"]);
  });

  test("a plan is stored with its weights, reported on once, counted, and changes no weight", async () => {
    const before = (await risks()).weights;
    const made = await call("regulator", "POST", "inspection-plans", { region: county, staff: 2, days: 2 });
    expect(made.statusCode, made.body).toBe(201);
    const plan: InspectionPlan = made.json();
    expect(plan).toMatchObject({ weightsVersion: riskWeights.version, staff: 2, days: 2, reported: 0 });
    // Who has no risk at all is not visited.
    expect(plan.list.map(({ name }) => name)).toEqual(["演示甲厂"]);
    expect(plan.list[0]).toMatchObject({ day: 1, person: 1, turn: 1, finding: null });
    expect(plan.list[0]!.parts).toHaveLength(9);

    const again = await call("regulator", "POST", "inspection-plans", { region: county, staff: 1, days: 1 });
    expect(codeOf(again)).toBe("409 inspection_plan.nobody_to_visit");

    const path = `inspection-plans/${plan.inspectionPlanId}`;
    const report = { enterpriseId: firms.own.enterpriseId, finding: "found", note: "演示：灭火器过期" };
    expect(codeOf(await call("outside", "GET", path))).toBe("403 region.out_of_scope");
    expect(codeOf(await call("townStation", "POST", `${path}/results`, report))).toBe(
      "403 region.out_of_scope",
    );
    const strange = { ...report, enterpriseId: nobody };
    expect(codeOf(await call("station", "POST", `${path}/results`, strange))).toBe(
      "404 inspection_plan.no_visit",
    );
    expect(
      fieldsOf(await call("station", "POST", `${path}/results`, { ...report, finding: "fine" })),
    ).toEqual(["body.finding"]);
    const reported = await call("station", "POST", `${path}/results`, report);
    expect(reported.json()).toMatchObject({
      reported: 1,
      found: 1,
      list: [{ finding: "found", note: "演示：灭火器过期" }],
    });
    expect(codeOf(await call("regulator", "POST", `${path}/results`, report))).toBe(
      "409 inspection_plan.reported_already",
    );
    expect(await get("regulator", `inspection-plans?region=${county}`)).toMatchObject({
      total: 1,
      items: [{ inspectionPlanId: plan.inspectionPlanId, visits: 1, found: 1 }],
    });
    const { items } = await get<{ items: object[] }>("regulator", `inspection-tallies?region=${county}`);
    expect(items).toMatchObject([{ weightsVersion: riskWeights.version, found: 1, nothing: 0, notDone: 0 }]);
    expect(await get("outside", `inspection-tallies?region=${otherCounty}`)).toEqual({ items: [] });
    expect((await risks()).weights).toEqual(before);
    const acts = await firms.app.ctx.db
      .selectFrom("audit_log")
      .select(["action", "actor"])
      .where("action", "like", "inspection_plan.%")
      .orderBy("seq")
      .execute();
    expect(acts).toEqual([
      { action: "inspection_plan.create", actor: people.regulator },
      { action: "inspection_plan.report", actor: people.station },
    ]);
  });
});
