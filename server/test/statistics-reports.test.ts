import type { RegionCode } from "@hanyouxu/protocol";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { takeDueSchedule } from "../src/features/statistics-reports/queries.ts";
import { forgetReports, makeDueReports } from "../src/features/statistics-reports/statistics-reports.ts";
import { readXlsx } from "../src/sheets/read-xlsx.ts";
import { startSweeps } from "../src/sweeps.ts";
import { testStartMs } from "./app.ts";
import { buildRegion, buildStaff, county, otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import { textOfPdf } from "./read-sheets.ts";
import { signInAnew } from "./sign-in-anew.ts";
import { addAlarm, addDecision, addSession, buildStatisticsWorld, far, near } from "./statistics-world.ts";
import { codeOf, fieldsOf, nobody } from "./two-firms.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const FEBRUARY_MS = testStartMs - 10 * DAY_MS;
const SCHEDULES = "/api/statistics/report-schedules";

type Who = "regulator" | "station" | "other" | "operator" | "education" | "officer" | "welder";
type Staff = Awaited<ReturnType<typeof buildStaff>>;

describe.each(engines)("monthly reports on %s", (engine) => {
  let app: TestPlatform;
  let staff: Record<Who, Staff>;
  beforeAll(async () => {
    app = await withPlatform(engine);
    const { ctx } = app;
    const { machines, welders } = await buildStatisticsWorld(app, 6);
    for (const code of [county, otherCounty]) await buildRegion(ctx, code);
    const [first, , third] = machines;
    for (const [index, welderId] of welders.entries()) {
      const at = FEBRUARY_MS + index * HOUR_MS;
      await addSession(ctx, { at, region: near, machine: first!, welderId, arcMs: HOUR_MS });
    }
    const two = { machine: third!, welderId: welders[0]!, region: far };
    for (const at of [FEBRUARY_MS, FEBRUARY_MS + DAY_MS])
      await addSession(ctx, { at, ...two, arcMs: HOUR_MS });
    await addDecision(ctx, { at: FEBRUARY_MS, ...two, ruleIds: ["certificate-present"] });
    await addAlarm(ctx, { at: FEBRUARY_MS, region: near, machine: first!, closedAfterMs: 1_800_000 });
    staff = {
      regulator: await buildStaff(app, "regulator", { region: county }),
      station: await buildStaff(app, "station-staff", { region: near as RegionCode }),
      other: await buildStaff(app, "regulator", { region: otherCounty }),
      operator: await buildStaff(app, "operator"),
      education: await buildStaff(app, "regulator", { region: county, department: "education" }),
      officer: await buildStaff(app, "enterprise-officer", { enterpriseId: first!.enterpriseId }),
      welder: await buildStaff(app, "welder"),
    };
  });
  afterAll(() => app?.close());

  const call = async (
    who: Who | undefined,
    method: "GET" | "POST" | "PUT" | "DELETE",
    url: string,
    body?: object,
  ) =>
    await app.call(method, url, {
      ...(who === undefined ? {} : { cookie: await signInAnew(app, staff[who].personId) }),
      ...(body === undefined ? {} : { body }),
    });
  const wish = (part: object = {}) => ({ name: "武义月报", language: "zh-CN", dayOfMonth: 5, ...part });
  const schedule = async (who: Who, part: object = {}): Promise<string> => {
    const response = await call(who, "POST", SCHEDULES, wish(part));
    expect(response.statusCode, response.body).toBe(201);
    return response.json().reportScheduleId;
  };
  const reportsOf = async (who: Who) => (await call(who, "GET", "/api/statistics/reports")).json().items;
  const fileOf = async (who: Who | undefined, id: string, format: string) =>
    await call(who, "GET", `/api/statistics/reports/${id}/file?format=${format}`);
  const messagesOf = async (who: Who) => {
    const { rows } = await sql<{ words: { month: string; name: string } }>`
      select words from messages where person_id = ${staff[who].personId}::uuid and template = 'report-made'
      order by created_at`.execute(app.ctx.db);
    return rows.map(({ words }) => `${words.name} ${words.month}`);
  };
  const makeNow = async (who: Who, id: string) => {
    expect((await call(who, "POST", `${SCHEDULES}/${id}/now`)).statusCode).toBe(204);
    await makeDueReports(app.ctx);
  };

  test("are made by themselves on their day at six in Shanghai, once, and told to whom they are for", async () => {
    const id = await schedule("regulator", { recipientIds: [staff.operator.personId] });
    const [listed] = (await call("regulator", "GET", SCHEDULES)).json().items;
    expect(listed).toMatchObject({
      region: county,
      dueAt: "2026-03-04T22:00:00.000Z",
      recipients: [{ personId: staff.operator.personId }],
    });
    const sweeps = startSweeps(app.ctx);
    const pass = async (untilMs: number, stepMs: number) => {
      while (app.clock.nowMs() < untilMs) {
        app.clock.advance(Math.min(stepMs, untilMs - app.clock.nowMs()));
        await sweeps.settled();
      }
    };
    const dueMs = Date.parse(listed.dueAt);
    await pass(dueMs - 1_000, 12 * HOUR_MS);
    expect(await reportsOf("regulator")).toEqual([]);
    await pass(dueMs + 25_000, 10_000);
    await pass(dueMs + DAY_MS, 8 * HOUR_MS);
    await sweeps.stop();
    const [report, ...more] = await reportsOf("regulator");
    expect(more).toEqual([]);
    expect(report).toMatchObject({ name: "武义月报", month: "2026-02", region: county, language: "zh-CN" });
    expect((await reportsOf("operator"))[0]).toEqual(report);
    expect(await messagesOf("regulator")).toEqual(["武义月报 2026-02"]);
    expect(await messagesOf("operator")).toEqual(["武义月报 2026-02"]);
    const [next] = (await call("regulator", "GET", SCHEDULES)).json().items;
    expect([next.reportScheduleId, next.dueAt]).toEqual([id, "2026-04-04T22:00:00.000Z"]);
    expect(codeOf(await call("regulator", "POST", `${SCHEDULES}/${id}/now`))).toBe(
      "409 report_schedule.made_already",
    );
  }, 120_000);

  test("hold what was counted, compare, and say what is missing", async () => {
    const [{ statisticsReportId }] = await reportsOf("regulator");
    const pdf = await fileOf("regulator", statisticsReportId, "pdf");
    expect([pdf.statusCode, pdf.headers["content-type"]]).toEqual([200, "application/pdf"]);
    const text = textOfPdf(pdf.rawPayload).replaceAll(/ +/g, " ");
    expect(text).toContain("区域：演示330723");
    expect(text).toContain("2026-02-01 – 2026-02-28");
    expect(text).toMatch(/作业次数 8 无数据/);
    expect(text).toMatch(/演示330723100 6/);
    expect(text).toMatch(/防拆报警 1 1 30\.0/);
    expect(text).toContain("2026-01 没有作业、开机、预警与动火许可的记录");
    expect(text).toContain("2025-02 没有");
    expect(text).toMatch(/人数少于 5[^\n]*\n?[^\n]*作业焊工/);
    expect(text).toContain("不显示");
    expect(text).not.toContain("模拟数据");
    const xlsx = await fileOf("regulator", statisticsReportId, "xlsx");
    expect(decodeURIComponent(String(xlsx.headers["content-disposition"]))).toContain(
      "武义月报-2026-02.xlsx",
    );
    const rows = await readXlsx(new Uint8Array(xlsx.rawPayload), 100);
    expect(rows.flat()).toContain("演示330723");
    const { rows: read } = await sql<{ count: number }>`
      select count(*)::int as count from audit_log where action = 'statistics_report.read'
        and subject = ${`statistics-report:${statisticsReportId}`}`.execute(app.ctx.db);
    expect(read[0]!.count).toBe(2);
  });

  test("are nobody else's: not another's, not without a sign-in, not a firm's", async () => {
    const [{ statisticsReportId: id }] = await reportsOf("regulator");
    expect(codeOf(await fileOf(undefined, id, "pdf"))).toBe("401 sign_in.required");
    expect(codeOf(await fileOf("officer", id, "pdf"))).toBe("403 role.forbidden");
    for (const who of ["station", "other", "education"] as const) {
      expect(await reportsOf(who)).toEqual([]);
      expect(codeOf(await fileOf(who, id, "pdf"))).toBe("404 statistics_report.not_found");
    }
    expect((await fileOf("regulator", id, "docx")).statusCode).toBe(400);
    expect(codeOf(await fileOf("regulator", nobody, "pdf"))).toBe("404 statistics_report.not_found");
  });

  test("are closed to a reader who does not see the region any more", async () => {
    const { personId } = staff.operator;
    const move = (region: string | null) =>
      sql`update role_grants set region_code = ${region}, role = ${region ? "regulator" : "operator"}
          where person_id = ${personId}::uuid`.execute(app.ctx.db);
    const [{ statisticsReportId: id }] = await reportsOf("operator");
    await move(otherCounty);
    expect(await reportsOf("operator")).toEqual([]);
    expect(codeOf(await fileOf("operator", id, "pdf"))).toBe("403 department.forbidden");
    await move(null);
    expect((await fileOf("operator", id, "pdf")).statusCode).toBe(200);
  });

  test("of a kept question ask just that, in English, and only what the owner's department sees", async () => {
    const question = {
      measures: ["sessions", "refusals"],
      dimensions: ["township"],
      from: "2020-01-01",
      to: "2020-01-02",
    };
    const id = await schedule("education", { name: "By township", question, language: "en" });
    await makeNow("education", id);
    const [report] = await reportsOf("education");
    const text = textOfPdf((await fileOf("education", report.statisticsReportId, "pdf")).rawPayload);
    expect(text).toMatch(/work sessions +8 +no data/);
    expect(text).toContain("2026-02-01 – 2026-02-28");
    expect(text).toMatch(/left out: refusals/);
    expect(text).not.toContain("uncertified");
  });

  test("are made once by two servers at once, and after one has ended in the middle", async () => {
    const id = await schedule("station", { name: "乡镇月报", region: near });
    await call("station", "POST", `${SCHEDULES}/${id}/now`);
    const nowMs = app.clock.nowMs();
    // A server takes it and is never heard of again.
    expect(await takeDueSchedule(app.ctx.db, new Date(nowMs), new Date(nowMs + 600_000))).toBeDefined();
    await makeDueReports(app.ctx);
    expect(await reportsOf("station")).toEqual([]);
    app.clock.advance(600_000);
    await Promise.all([makeDueReports(app.ctx), makeDueReports(app.ctx)]);
    await makeDueReports(app.ctx);
    expect((await reportsOf("station")).length).toBe(1);
    expect(await messagesOf("station")).toEqual(["乡镇月报 2026-02"]);
  });

  test("are not made for an owner who sees nothing of the region any more, and say so", async () => {
    const id = await schedule("other", { name: "外县月报" });
    const move = (region: string) =>
      sql`update role_grants set region_code = ${region} where person_id = ${staff.other.personId}::uuid`.execute(
        app.ctx.db,
      );
    await call("other", "POST", `${SCHEDULES}/${id}/now`);
    await move(county);
    await makeDueReports(app.ctx);
    const [listed] = (await call("other", "GET", SCHEDULES)).json().items;
    expect([listed.lastProblem, await reportsOf("other")]).toEqual(["no-sight", []]);
    await move(otherCounty);
  });

  test("of a month without records say so, and show no noughts", async () => {
    await schedule("other", { name: "无记录月报" });
    const [listed] = (await call("other", "GET", SCHEDULES))
      .json()
      .items.filter(({ name }: { name: string }) => name === "无记录月报");
    await makeNow("other", listed.reportScheduleId);
    const [report] = await reportsOf("other");
    const text = textOfPdf((await fileOf("other", report.statisticsReportId, "pdf")).rawPayload);
    expect(text.replaceAll(/ +/g, " ")).toMatch(/作业次数 无数据 无数据 无数据/);
    expect(text).toContain("尚无记录");
    expect(text).not.toContain("每日变化");
    expect(text).toContain("此后三个月");
  });

  test("are set up for one's own region and colleagues who see it", async () => {
    expect(codeOf(await call(undefined, "GET", SCHEDULES))).toBe("401 sign_in.required");
    for (const who of ["officer", "welder"] as const) {
      expect(codeOf(await call(who, "POST", SCHEDULES, wish()))).toBe("403 role.forbidden");
      expect(codeOf(await call(who, "GET", "/api/statistics/report-readers"))).toBe("403 role.forbidden");
    }
    expect(codeOf(await call("regulator", "POST", SCHEDULES, wish({ region: otherCounty })))).toBe(
      "403 region.out_of_scope",
    );
    const { people } = (await call("regulator", "GET", "/api/statistics/report-readers")).json();
    const ids = people.map(({ personId }: { personId: string }) => personId);
    expect(ids).toContain(staff.operator.personId);
    for (const who of ["station", "other", "education", "officer"] as const) {
      expect(ids).not.toContain(staff[who].personId);
    }
    const wrong = async (part: object) => fieldsOf(await call("regulator", "POST", SCHEDULES, wish(part)));
    expect(await wrong({ dayOfMonth: 31 })).toEqual(["body.dayOfMonth"]);
    expect(await wrong({ name: " " })).toEqual(["body.name"]);
    expect(await wrong({ recipientIds: [staff.other.personId] })).toEqual(["body.recipientIds"]);
    const minutes = { measures: ["sessions"], dimensions: ["minute"], from: "2026-03-01", to: "2026-03-01" };
    expect(await wrong({ question: minutes })).toEqual(["body.question"]);
  });

  test("are changed and ended by their owner alone; made ones stay until their time is over", async () => {
    const [{ reportScheduleId: id }] = (await call("regulator", "GET", SCHEDULES)).json().items;
    const changed = wish({ name: "改名月报", dayOfMonth: 9 });
    expect(codeOf(await call("operator", "PUT", `${SCHEDULES}/${id}`, changed))).toBe(
      "404 report_schedule.not_found",
    );
    expect(codeOf(await call("operator", "DELETE", `${SCHEDULES}/${id}`))).toBe(
      "404 report_schedule.not_found",
    );
    expect(codeOf(await call("operator", "POST", `${SCHEDULES}/${id}/now`))).toBe(
      "404 report_schedule.not_found",
    );
    const answer = await call("regulator", "PUT", `${SCHEDULES}/${id}`, changed);
    expect(answer.json()).toMatchObject({
      name: "改名月报",
      dueAt: "2026-03-08T22:00:00.000Z",
      recipients: [],
    });
    expect((await call("regulator", "DELETE", `${SCHEDULES}/${id}`)).statusCode).toBe(204);
    expect((await call("regulator", "GET", SCHEDULES)).json().items).toEqual([]);
    const [report] = await reportsOf("regulator");
    app.clock.advance(Date.parse(report.keptUntil) - app.clock.nowMs());
    const { rows } = await sql<{ blob_id: string }>`
      select blob_id from statistics_report_files where statistics_report_id = ${report.statisticsReportId}::uuid`.execute(
      app.ctx.db,
    );
    expect(rows.length).toBe(2);
    const kept = async () =>
      (await app.ctx.db.selectFrom("statistics_reports").select("statistics_report_id").execute()).map(
        ({ statistics_report_id }) => statistics_report_id,
      );
    await forgetReports(app.ctx);
    expect(await kept()).toContain(report.statisticsReportId);
    app.clock.advance(1);
    await forgetReports(app.ctx);
    expect(await kept()).not.toContain(report.statisticsReportId);
    expect((await kept()).length).toBeGreaterThan(0);
    for (const { blob_id } of rows) await expect(app.ctx.blobs.get(blob_id)).rejects.toThrow("missing");
  });
});
