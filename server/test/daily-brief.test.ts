import type { BriefSentence, DailyBrief } from "@hanyouxu/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testStartMs } from "./app.ts";
import { buildRegion, buildStaff, county, otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import { addAlarm, addDecision, addSession, buildStatisticsWorld, far, near } from "./statistics-world.ts";
import { codeOf } from "./two-firms.ts";

const DAY_MS = 86_400_000;

describe.each(engines)("the daily brief on %s", (engine) => {
  let app: TestPlatform;
  let cookies: Record<"regulator" | "other" | "education" | "officer" | "welder", string>;
  beforeAll(async () => {
    app = await withPlatform(engine);
    const { ctx } = app;
    const { machines, welders } = await buildStatisticsWorld(app, 1);
    for (const code of [county, otherCounty]) await buildRegion(ctx, code);
    const of = { machine: machines[0]!, welderId: welders[0]! };
    const yesterdayMs = testStartMs - DAY_MS;
    for (const at of [0, 1, 2]) {
      await addSession(ctx, { at: yesterdayMs + at, region: near, ...of, arcMs: 1_000 });
    }
    await addSession(ctx, { at: yesterdayMs, region: far, ...of, arcMs: 1_000 });
    for (const at of [0, 1]) {
      await addSession(ctx, { at: yesterdayMs - 7 * DAY_MS + at, region: near, ...of, arcMs: 1_000 });
    }
    await addDecision(ctx, { at: yesterdayMs, region: near, ...of, ruleIds: ["certificate-present"] });
    await addAlarm(ctx, { at: yesterdayMs, region: near, machine: of.machine });
    const staff = async (...reach: Parameters<typeof buildStaff> extends [unknown, ...infer R] ? R : never) =>
      (await buildStaff(app, ...reach)).cookie;
    cookies = {
      regulator: await staff("regulator", { region: county }),
      other: await staff("station-staff", { region: otherCounty }),
      education: await staff("regulator", { region: county, department: "education" }),
      officer: await staff("enterprise-officer", { enterpriseId: of.machine.enterpriseId }),
      welder: await staff("welder"),
    };
  });
  afterAll(() => app?.close());

  const get = async (who: keyof typeof cookies | undefined, query = "") =>
    await app.call("GET", `/api/desk/brief${query}`, who === undefined ? {} : { cookie: cookies[who] });
  const briefOf = async (who: keyof typeof cookies, query = ""): Promise<DailyBrief> => {
    const response = await get(who, query);
    expect(response.statusCode, response.body).toBe(200);
    return response.json();
  };
  const told = ({ sentences }: DailyBrief, measure: BriefSentence["measure"]) =>
    sentences.find((one) => one.measure === measure);

  test("tells yesterday's figures beside the same day of last week, as the statistics count them", async () => {
    const brief = await briefOf("regulator");
    expect([brief.day, brief.comparedDay, brief.firstDay]).toEqual([
      "2026-02-28",
      "2026-02-21",
      "2026-02-21",
    ]);
    expect(told(brief, "sessions")).toEqual({
      measure: "sessions",
      text: {
        zh: "2026-02-28 焊接作业 4 次，比上周同日（2026-02-21）的 2 多 100.0%。",
        en: "2026-02-28: 4 work sessions, 100.0% more than the 2 of the same day last week (2026-02-21).",
      },
      period: { from: "2026-02-28", to: "2026-02-28" },
      figure: { value: 4, isWithheld: false },
      compared: {
        period: { from: "2026-02-21", to: "2026-02-21" },
        figure: { value: 2, isWithheld: false },
      },
      tone: "neutral",
    });
    expect(told(brief, "alarmsRaised")).toMatchObject({ figure: { value: 1 }, tone: "worse" });
    expect(told(brief, "closureMinutes")?.text.zh).toContain("没有闭环用时");
    expect(told(brief, "certificatesExpiring")).toMatchObject({
      period: { from: "2026-03-01", to: "2026-03-30" },
      compared: null,
    });
    const answer = await app.call("POST", "/api/statistics/query", {
      cookie: cookies.regulator,
      body: { measures: ["sessions"], from: brief.day, to: brief.day },
    });
    expect(answer.json().totals[0].value).toBe(told(brief, "sessions")?.figure.value);
  });

  test("is of the caller's own regions, or of one within them, and says where there is no data", async () => {
    expect(told(await briefOf("regulator", `?region=${far}`), "sessions")?.figure.value).toBe(1);
    const other = await briefOf("other");
    expect(other.firstDay).toBeNull();
    // Nothing is recorded there: nothing is said of yesterday.
    expect(other.sentences.map(({ measure }) => measure)).toEqual(["certificatesExpiring"]);
  });

  test("leaves out what the department does not see", async () => {
    const measures = (await briefOf("education")).sentences.map(({ measure }) => measure);
    expect(measures).toContain("sessions");
    expect(measures).not.toContain("refusals");
  });

  test("is refused without a sign-in, to other roles, of another region and of what is no region", async () => {
    expect(codeOf(await get(undefined))).toBe("401 sign_in.required");
    for (const who of ["officer", "welder"] as const)
      expect(codeOf(await get(who))).toBe("403 role.forbidden");
    expect(codeOf(await get("regulator", `?region=${otherCounty}`))).toBe("403 region.out_of_scope");
    expect((await get("regulator", "?region=x")).statusCode).toBe(400);
  });
});
