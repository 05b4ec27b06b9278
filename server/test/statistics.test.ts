import type { RegionCode } from "@hanyouxu/protocol";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testStartMs } from "./app.ts";
import { buildRegion, buildStaff, county, otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import {
  addAlarm,
  addDecision,
  addSession,
  buildStatisticsWorld,
  elsewhere,
  far,
  near,
  type StatisticsWorld,
} from "./statistics-world.ts";

const DAY_MS = 86_400_000;
const march = { from: "2026-03-01", to: "2026-03-31" };

describe.each(engines)("statistics on %s", (engine) => {
  let app: TestPlatform;
  let world: StatisticsWorld;
  let cookies: Record<"regulator" | "other" | "operator" | "education" | "industry" | "officer", string>;
  beforeAll(async () => {
    app = await withPlatform(engine);
    const { ctx } = app;
    world = await buildStatisticsWorld(app, 9);
    await buildRegion(ctx, county);
    await buildRegion(ctx, otherCounty);
    const [first, second, third] = world.machines;
    // Nine welders in one township, two of them in the other as well; February: one session.
    for (const [index, welderId] of world.welders.entries()) {
      await addSession(ctx, {
        at: testStartMs + index * 1_000,
        region: near,
        machine: first!,
        welderId,
        arcMs: 3_600_000,
      });
    }
    for (const welderId of world.welders.slice(0, 2)) {
      await addSession(ctx, {
        at: testStartMs + DAY_MS,
        region: far,
        machine: third!,
        welderId,
        arcMs: 1_800_000,
      });
    }
    await addSession(ctx, {
      at: testStartMs - DAY_MS,
      region: near,
      machine: second!,
      welderId: world.welders[0]!,
      arcMs: 0,
    });
    await addSession(ctx, {
      at: testStartMs,
      region: elsewhere,
      machine: third!,
      welderId: world.welders[0]!,
      arcMs: 60_000,
    });
    const refused = { at: testStartMs, region: near, machine: first!, welderId: world.welders[0]! };
    await addDecision(ctx, { ...refused, ruleIds: ["scan-distance", "certificate-present"] });
    await addDecision(ctx, { ...refused, ruleIds: ["no-tamper"] });
    await addAlarm(ctx, { at: testStartMs, region: near, machine: first!, closedAfterMs: 1_200_000 });
    await addAlarm(ctx, { at: testStartMs, region: far, machine: first! });
    const cookieOf = async (
      ...reach: Parameters<typeof buildStaff> extends [unknown, ...infer R] ? R : never
    ) => (await buildStaff(app, ...reach)).cookie;
    cookies = {
      regulator: await cookieOf("regulator", { region: county }),
      other: await cookieOf("station-staff", { region: otherCounty }),
      operator: await cookieOf("operator"),
      education: await cookieOf("regulator", { region: county, department: "education" }),
      industry: await cookieOf("regulator", { region: county, department: "industry-information" }),
      officer: await cookieOf("enterprise-officer", { enterpriseId: first!.enterpriseId }),
    };
  });
  afterAll(() => app?.close());

  const ask = async (who: keyof typeof cookies, question: object) =>
    await app.call("POST", "/api/statistics/query", {
      cookie: cookies[who],
      body: { ...march, ...question },
    });
  /** Rows as [...keys, ...values]. */
  const rowsOf = async (who: keyof typeof cookies, question: object) => {
    const response = await ask(who, question);
    expect(response.statusCode, response.body).toBe(200);
    return response
      .json()
      .rows.map(({ keys, figures }: { keys: { value: unknown }[]; figures: { value: unknown }[] }) => [
        ...keys.map(({ value }) => value),
        ...figures.map(({ value }) => value),
      ]);
  };

  test("tell of the caller's regions and of no other", async () => {
    const question = { measures: ["sessions", "arcHours"], dimensions: ["township"] };
    expect(await rowsOf("regulator", question)).toEqual([
      [near, 9, 9],
      [far, 2, 1],
    ]);
    expect(await rowsOf("other", question)).toEqual([[elsewhere, 1, 0.017]]);
    expect((await rowsOf("operator", question)).length).toBe(3);
    expect(await rowsOf("regulator", { ...question, region: far })).toEqual([[far, 2, 1]]);
    for (const region of [otherCounty, "33"]) {
      const response = await ask("regulator", { ...question, region });
      expect([response.statusCode, response.json().error.code]).toEqual([403, "region.out_of_scope"]);
    }
  });

  test("are the authorities', by what their department sees as counts", async () => {
    const officer = await ask("officer", { measures: ["sessions"] });
    expect([officer.statusCode, officer.json().error.code]).toEqual([403, "role.forbidden"]);
    const education = await ask("education", { measures: ["sessions", "refusals"] });
    expect([education.statusCode, education.json().error.code]).toEqual([403, "department.forbidden"]);
    expect((await ask("education", { measures: ["sessions"] })).statusCode).toBe(200);
    expect((await ask("industry", { measures: ["workingWelders"] })).statusCode).toBe(403);
    const { measures } = (
      await app.call("GET", "/api/statistics/measures", { cookie: cookies.industry })
    ).json();
    const seen = measures.map(({ measure }: { measure: string }) => measure);
    expect(seen).toContain("machineUtilisation");
    expect(seen).not.toContain("certificatesExpiring");
  });

  test("withhold few welders, and the total from which they could be told", async () => {
    const response = await ask("regulator", { measures: ["workingWelders"], dimensions: ["township"] });
    expect(response.json().rows.map(({ figures }: { figures: unknown[] }) => figures[0])).toEqual([
      { value: null, isWithheld: true },
      { value: null, isWithheld: true },
    ]);
    expect(response.json().totals).toEqual([{ value: 9, isWithheld: false }]);
    const few = await ask("regulator", { measures: ["workingWelders"], region: far });
    expect(few.json().totals).toEqual([{ value: null, isWithheld: true }]);
    expect(few.json().smallestCount).toBe(5);
  });

  test("name refusals by their first reason, and certificates by any", async () => {
    const question = {
      measures: ["refusals", "uncertifiedStopped"],
      dimensions: ["reason"],
      filters: { reason: ["scan-distance", "no-tamper"] },
    };
    expect(await rowsOf("regulator", question)).toEqual([
      ["no-tamper", 1, 0],
      ["scan-distance", 1, 1],
    ]);
  });

  test("compare with the period before, rank and limit", async () => {
    const response = await ask("regulator", {
      measures: ["sessions"],
      dimensions: ["township"],
      isCompared: true,
      rank: { measure: "sessions", isDescending: false },
      limit: 1,
    });
    const { rows, totals, rowsLeftOut, previousPeriod } = response.json();
    expect(previousPeriod).toEqual({ from: "2026-02-01", to: "2026-02-28" });
    expect(rows).toEqual([
      {
        keys: [{ value: far, title: { zh: `演示${far}`, en: `演示${far}` } }],
        figures: [{ value: 2, isWithheld: false, previous: { value: 0, isWithheld: false } }],
      },
    ]);
    expect(totals[0]).toMatchObject({ value: 11, previous: { value: 1 } });
    expect(rowsLeftOut).toBe(1);
  });

  test("give every point of time its figure, stocks as they stood then", async () => {
    const days = await rowsOf("regulator", {
      measures: ["sessions", "machines"],
      dimensions: ["day"],
      from: "2026-02-28",
      to: "2026-03-03",
    });
    expect(days).toEqual([
      ["2026-02-28", 1, 0],
      ["2026-03-01", 9, 4],
      ["2026-03-02", 2, 4],
      ["2026-03-03", 0, 4],
    ]);
    const minutes = await rowsOf("regulator", {
      measures: ["sessions"],
      dimensions: ["minute"],
      from: "2026-03-01",
      to: "2026-03-01",
    });
    expect(minutes.length).toBe(1_440);
    expect(minutes.filter((row: unknown[]) => row[1] !== 0)).toEqual([["2026-03-01T08:00", 9]]);
  });

  test("divide what belongs together", async () => {
    const { chipId, machineId } = world.machines[0]!;
    await sql`insert into chip_fittings (chip_fitting_id, machine_id, chip_id, fitted_at)
              values (${app.ctx.newId()}::uuid, ${machineId}::uuid, ${chipId}, ${new Date(testStartMs + 2 * DAY_MS)})`.execute(
      app.ctx.db,
    );
    await sql`update machines set name = name || '改' where machine_id = ${machineId}::uuid`.execute(
      app.ctx.db,
    );
    const [total] = await rowsOf("regulator", {
      measures: ["closureMinutes", "retrofitCoverage", "machineUtilisation", "mobileShare", "refusalShare"],
    });
    expect(total).toEqual([20, 25, 200, 50, 15.385]);
  });

  test.each([
    [{ measures: [] }, "body.measures"],
    [{ measures: ["nonsense"] }, "body.measures.0"],
    [{ measures: ["sessions"], dimensions: ["reason"] }, "body.dimensions"],
    [{ measures: ["sessions"], dimensions: ["day", "month"] }, "body.dimensions"],
    [{ measures: ["sessions"], filters: { day: ["2026-03-01"] } }, "body.filters"],
    [{ measures: ["sessions"], rank: { measure: "refusals" } }, "body.rank.measure"],
    [{ measures: ["sessions"], from: "2026-04-01" }, "body.to"],
    [{ measures: ["sessions"], dimensions: ["minute"] }, "body.to"],
    [{ measures: ["sessions"], from: "2026-02-30" }, "body.from"],
    [{ measures: ["machines"], dimensions: ["hour"] }, "body.dimensions"],
  ])("refuse %j and name the field", async (question, path) => {
    const response = await ask("regulator", question);
    expect(response.statusCode).toBe(400);
    expect(response.json().error.fields.map((field: { path: string }) => field.path)).toContain(path);
  });

  test("are kept as views, shared downwards, changed and forgotten by their author alone", async () => {
    const question = { ...march, measures: ["sessions"], dimensions: ["township"] };
    const body = { name: "演示月度", question, isShared: true };
    const keep = async (who: keyof typeof cookies) =>
      await app.call("POST", "/api/statistics/views", { cookie: cookies[who], body });
    const namesFor = async (who: keyof typeof cookies) =>
      (await app.call("GET", "/api/statistics/views", { cookie: cookies[who] }))
        .json()
        .items.map(({ name, isOwn }: { name: string; isOwn: boolean }) => [name, isOwn]);
    const kept = await keep("regulator");
    expect(kept.statusCode).toBe(201);
    expect((await keep("regulator")).json().error.code).toBe("statistics_view.name_taken");
    const { statisticsViewId } = kept.json();
    const below = await buildStaff(app, "station-staff", { region: near as RegionCode });
    expect(await namesFor("regulator")).toEqual([["演示月度", true]]);
    expect(await namesFor("other")).toEqual([]);
    const theirs = (await app.call("GET", "/api/statistics/views", { cookie: below.cookie })).json().items;
    expect(theirs).toMatchObject([{ name: "演示月度", isOwn: false, question: { measures: ["sessions"] } }]);
    const url = `/api/statistics/views/${statisticsViewId}`;
    const foreign = await app.call("PUT", url, { cookie: cookies.other, body });
    expect([foreign.statusCode, foreign.json().error.code]).toEqual([404, "statistics_view.not_found"]);
    expect((await app.call("DELETE", url, { cookie: below.cookie })).statusCode).toBe(404);
    const changed = await app.call("PUT", url, {
      cookie: cookies.regulator,
      body: { ...body, name: "演示改名", isShared: false },
    });
    expect(changed.json()).toMatchObject({ name: "演示改名", isShared: false });
    expect((await app.call("GET", "/api/statistics/views", { cookie: below.cookie })).json().items).toEqual(
      [],
    );
    expect((await app.call("DELETE", url, { cookie: cookies.regulator })).statusCode).toBe(204);
    expect(await namesFor("regulator")).toEqual([]);
  });

  test("are taken away as a file, which is audited", async () => {
    const question = {
      ...march,
      measures: ["sessions", "workingWelders"],
      dimensions: ["township"],
      isCompared: true,
    };
    const url = (asked: string) => `/api/exports/statistics?format=csv&question=${encodeURIComponent(asked)}`;
    const response = await app.call("GET", url(JSON.stringify(question)), { cookie: cookies.regulator });
    expect(response.statusCode).toBe(200);
    expect(response.body.trim().split("\r\n")).toEqual([
      "乡镇（街道）,作业次数,作业次数·上期,作业焊工,作业焊工·上期",
      `演示${near},9,1,不显示,不显示`,
      `演示${far},2,0,不显示,0`,
      "合计,11,1,9,不显示",
    ]);
    const entry = await app.ctx.db
      .selectFrom("audit_log")
      .selectAll()
      .where("subject", "=", "list:statistics")
      .orderBy("seq")
      .executeTakeFirstOrThrow();
    expect(entry).toMatchObject({ action: "list.exported", details: { rows: 3, format: "csv" } });
    for (const nonsense of [
      "{",
      "{}",
      JSON.stringify({ ...question, measures: ["machines", "refusals"], dimensions: ["reason"] }),
    ]) {
      expect((await app.call("GET", url(nonsense), { cookie: cookies.regulator })).statusCode).toBe(400);
    }
    const elsewhereToo = JSON.stringify({ ...question, region: otherCounty });
    expect((await app.call("GET", url(elsewhereToo), { cookie: cookies.regulator })).statusCode).toBe(403);
  });
});
