import type { RegionCode } from "@hanyouxu/protocol";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { followFigures, LOOK_EVERY_MS } from "../src/features/figure-subscriptions/figure-subscriptions.ts";
import { startSweeps } from "../src/sweeps.ts";
import { testStartMs } from "./app.ts";
import { buildRegion, buildStaff, county, otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import { signInAnew } from "./sign-in-anew.ts";
import {
  addAlarm,
  addSession,
  buildStatisticsWorld,
  far,
  near,
  type StatisticsWorld,
} from "./statistics-world.ts";
import { codeOf, fieldsOf, nobody } from "./two-firms.ts";

const URL = "/api/figure-subscriptions";
const DAY_MS = 86_400_000;
type Who = "regulator" | "station" | "education" | "officer" | "welder";

describe.each(engines)("subscriptions to figures on %s", (engine) => {
  let app: TestPlatform;
  let world: StatisticsWorld;
  let staff: Record<Who, Awaited<ReturnType<typeof buildStaff>>>;
  beforeAll(async () => {
    app = await withPlatform(engine);
    world = await buildStatisticsWorld(app, 1);
    for (const code of [county, otherCounty]) await buildRegion(app.ctx, code);
    staff = {
      regulator: await buildStaff(app, "regulator", { region: county }),
      station: await buildStaff(app, "station-staff", { region: near as RegionCode }),
      education: await buildStaff(app, "regulator", { region: county, department: "education" }),
      officer: await buildStaff(app, "enterprise-officer", { enterpriseId: world.machines[0]!.enterpriseId }),
      welder: await buildStaff(app, "welder"),
    };
  });
  afterAll(() => app?.close());

  const call = async (who: Who | undefined, method: "GET" | "POST" | "DELETE", url: string, body?: object) =>
    await app.call(method, url, {
      ...(who === undefined ? {} : { cookie: await signInAnew(app, staff[who].personId) }),
      ...(body === undefined ? {} : { body }),
    });
  const subscribe = async (who: Who, body: object): Promise<string> => {
    const response = await call(who, "POST", URL, body);
    expect(response.statusCode, response.body).toBe(201);
    return response.json().figureSubscriptionId;
  };
  const listed = async (who: Who, id: string) =>
    (await call(who, "GET", URL))
      .json()
      .items.find((one: { figureSubscriptionId: string }) => one.figureSubscriptionId === id);
  const toldOf = async (id: string) => {
    const { rows } = await sql<{ template: string; words: Record<string, string>; severity: string }>`
      select template, words, severity from messages where subject_id = ${id} order by created_at, message_id`.execute(
      app.ctx.db,
    );
    return rows.map(({ template, words, severity }) => [template, severity, words.value, words.day]);
  };
  const look = async (waitMs = LOOK_EVERY_MS) => {
    app.clock.advance(waitMs);
    await followFigures(app.ctx);
  };
  const raise = (region = near) =>
    addAlarm(app.ctx, { at: app.clock.nowMs(), region, machine: world.machines[0]! });
  const work = (at: number, region = near, machine = world.machines[0]!) =>
    addSession(app.ctx, { at, region, machine, welderId: world.welders[0]!, arcMs: 1_000 });

  test("a figure of today that crosses its threshold is told once, and again on another day", async () => {
    const id = await subscribe("regulator", { measure: "alarmsRaised", condition: "above", threshold: 2 });
    for (const count of [1, 2]) {
      await raise();
      await look();
      expect((await listed("regulator", id)).lastValue).toBe(count);
    }
    expect(await toldOf(id)).toEqual([]);
    await raise(far);
    const sweeps = startSweeps(app.ctx);
    for (let minutes = 0; minutes < 15; minutes++) {
      app.clock.advance(60_000);
      await sweeps.settled();
    }
    await sweeps.stop();
    expect(await toldOf(id)).toEqual([["figure-above", "warning", "3", "2026-03-01"]]);
    expect(await listed("regulator", id)).toMatchObject({
      lastValue: 3,
      isBeyond: true,
      toldOn: "2026-03-01",
      region: county,
    });
    // Two servers that look at once tell once; the next day begins at nought.
    app.clock.advance(DAY_MS);
    await followFigures(app.ctx);
    expect(await listed("regulator", id)).toMatchObject({ lastValue: 0, isBeyond: false });
    for (let count = 0; count < 3; count++) await raise();
    app.clock.advance(LOOK_EVERY_MS);
    await Promise.all([followFigures(app.ctx), followFigures(app.ctx)]);
    expect(await toldOf(id)).toEqual([
      ["figure-above", "warning", "3", "2026-03-01"],
      ["figure-above", "warning", "3", "2026-03-02"],
    ]);
    expect((await call("regulator", "DELETE", `${URL}/${id}`)).statusCode).toBe(204);
    expect(await listed("regulator", id)).toBeUndefined();
  });

  test("a change against last week is told with both figures; without two weeks of records nothing is said", async () => {
    const id = await subscribe("station", { measure: "sessions", condition: "changed", threshold: 50 });
    await look();
    expect(await listed("station", id)).toMatchObject({ lastValue: null, isBeyond: false });
    const todayMs = testStartMs + 20 * DAY_MS;
    app.clock.advance(todayMs - app.clock.nowMs());
    for (const daysAgo of [8, 9, 14]) await work(todayMs - daysAgo * DAY_MS);
    for (const daysAgo of [1, 2]) await work(todayMs - daysAgo * DAY_MS);
    await look();
    expect((await listed("station", id)).lastValue).toBeCloseTo(-33.3, 1);
    expect(await toldOf(id)).toEqual([]);
    for (const daysAgo of [3, 4, 5]) await work(todayMs - daysAgo * DAY_MS);
    await work(todayMs - DAY_MS, far);
    await look();
    await look();
    expect(await toldOf(id)).toEqual([["figure-changed", "notice", "5", "2026-03-20"]]);
  });

  test("yesterday's figure of one industry below its threshold is told; whose sight has ended is told nothing", async () => {
    const industry = "E47";
    const wish = { measure: "sessions", condition: "below", threshold: 3, industry };
    const id = await subscribe("regulator", wish);
    const gone = await subscribe("education", wish);
    await sql`update role_grants set region_code = ${otherCounty} where person_id = ${staff.education.personId}::uuid`.execute(
      app.ctx.db,
    );
    await work(app.clock.nowMs() - DAY_MS, far, world.machines[2]!);
    await look();
    expect(await toldOf(id)).toEqual([["figure-below", "warning", "1", "2026-03-20"]]);
    expect(await toldOf(gone)).toEqual([]);
    expect((await listed("education", gone)).lastValue).toBeNull();
  });

  test("they are one's own, within one's region, of what one's department sees", async () => {
    const wish = { measure: "sessions", condition: "above", threshold: 5 };
    expect(codeOf(await call(undefined, "GET", URL))).toBe("401 sign_in.required");
    for (const who of ["officer", "welder"] as const) {
      expect(codeOf(await call(who, "POST", URL, wish))).toBe("403 role.forbidden");
    }
    expect(codeOf(await call("regulator", "POST", URL, { ...wish, region: otherCounty }))).toBe(
      "403 region.out_of_scope",
    );
    expect(codeOf(await call("education", "POST", URL, { ...wish, measure: "refusals" }))).toBe(
      "403 department.forbidden",
    );
    const wrong = async (part: object) =>
      fieldsOf(await call("regulator", "POST", URL, { ...wish, ...part }));
    expect(await wrong({ threshold: 0 })).toEqual(["body.threshold"]);
    expect(await wrong({ industry: "X99" })).toEqual(["body.industry"]);
    expect(await wrong({ measure: "certificatesExpiring", industry: "C33" })).toEqual(["body.industry"]);
    const id = await subscribe("regulator", wish);
    expect(codeOf(await call("station", "DELETE", `${URL}/${id}`))).toBe("404 figure_subscription.not_found");
    expect(codeOf(await call("regulator", "DELETE", `${URL}/${nobody}`))).toBe(
      "404 figure_subscription.not_found",
    );
    for (let count = (await call("regulator", "GET", URL)).json().items.length; count < 50; count++) {
      await subscribe("regulator", wish);
    }
    expect(codeOf(await call("regulator", "POST", URL, wish))).toBe("409 figure_subscription.too_many");
  });
});
