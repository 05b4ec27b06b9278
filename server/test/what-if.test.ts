import type { WhatIfAnswer } from "@hanyouxu/api";
import type { EnterpriseId, RegionCode } from "@hanyouxu/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { followRefusedStarts } from "../src/features/alarms/alarms.ts";
import {
  buildEnterprise,
  buildMachine,
  buildRegion,
  buildStaff,
  buildWelder,
  county,
  here,
} from "./county.ts";
import { engines } from "./database.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";

/** About 0.0009° of latitude are 100 m. */
const away = (metres: number) => ({
  ...here,
  latitudeDegrees: here.latitudeDegrees + (metres / 100) * 0.0009,
});

describe.each(engines)("what if, on %s", (engine) => {
  let app: TestPlatform;
  let cookie: string;
  let enterpriseId: EnterpriseId;
  let fromMs: number;
  beforeAll(async () => {
    app = await withPlatform(engine);
    await buildRegion(app.ctx, county);
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    // Alarms and starts of the test before are none of this one's.
    app.clock.advance(86_400_000);
    ({ cookie } = await buildStaff(app, "regulator", { region: county }));
    enterpriseId = await buildEnterprise(app.ctx);
    fromMs = app.clock.nowMs();
  });

  const ask = async (change: object, { as = cookie, body = {} } = {}) =>
    await app.call("POST", "/api/what-if", {
      cookie: as,
      body: {
        region: county,
        from: new Date(fromMs).toISOString(),
        to: new Date(app.clock.nowMs() + 1).toISOString(),
        ...change,
        ...body,
      },
    });
  const answerTo = async (change: object): Promise<WhatIfAnswer> => (await ask(change)).json();

  /** People whose starts differ in one thing each; one tries six times from 100 m. */
  async function work(): Promise<void> {
    const tries = [
      { metres: 0 },
      { metres: 100 },
      { metres: 150 },
      { metres: 400 },
      { metres: 0, certificates: [] },
    ];
    for (const { metres, certificates } of tries as { metres: number; certificates?: [] }[]) {
      const welder = await buildWelder(app, {
        enterprises: [enterpriseId],
        ...(certificates ? { certificates } : {}),
      });
      await start(welder.cookie, metres);
    }
    const eager = await buildWelder(app, { enterprises: [enterpriseId] });
    for (let attempt = 0; attempt < 6; attempt++) {
      await start(eager.cookie, attempt === 0 ? 0 : 100);
      app.clock.advance(30_000);
    }
  }
  let keys = 0;
  async function start(welderCookie: string, metres: number): Promise<void> {
    const machine = await buildMachine(app.ctx, { enterpriseId });
    await app.bringOnline(machine.chip);
    const response = await app.call("POST", "/api/work-sessions", {
      cookie: welderCookie,
      body: { machineCode: machine.machineCode, position: away(metres), idempotencyKey: `what-if-${++keys}` },
    });
    expect(response.statusCode).toBe(200);
  }
  const outcomes = async () => {
    const rows = await app.ctx.db
      .selectFrom("decisions")
      .select(["outcome", (expression) => expression.fn.countAll<number>().as("count")])
      .where("decided_at", ">=", new Date(fromMs))
      .groupBy("outcome")
      .execute();
    return {
      grant: 0,
      refuse: 0,
      require: 0,
      ...Object.fromEntries(rows.map((row) => [row.outcome, row.count])),
    };
  };
  const alarms = async () => {
    await followRefusedStarts(app.ctx);
    const rows = await app.ctx.db
      .selectFrom("alarms")
      .select(["kind", (expression) => expression.fn.countAll<number>().as("count")])
      .where("raised_at", ">=", new Date(fromMs))
      .groupBy("kind")
      .orderBy("kind")
      .execute();
    return Object.fromEntries(rows.map((row) => [row.kind, row.count]));
  };
  const counted = (answer: WhatIfAnswer, when: "before" | "after") =>
    Object.fromEntries(answer.alarms.filter((one) => one[when] > 0).map((one) => [one.kind, one[when]]));

  test("without a change it tells what was, to the alarm", async () => {
    await work();
    const answer = await answerTo({});
    expect(answer).toMatchObject({
      total: 11,
      looked: 11,
      everyNthWelder: 1,
      drifted: 0,
      changes: [],
      examples: [],
    });
    expect(answer.before).toEqual(await outcomes());
    expect(answer.after).toEqual(answer.before);
    expect(answer.before.refuse).toBeGreaterThan(1);
    expect(counted(answer, "before")).toEqual(await alarms());
  });

  test("a changed number is what the same work comes to when the number is set in earnest", async () => {
    await work();
    const change = { start: { scanDistanceMetres: 50 }, alarm: { repeatedRefusals: 4 } };
    const answer = await answerTo(change);
    expect(counted(answer, "before")).toEqual(await alarms());
    expect(answer.after).not.toEqual(answer.before);
    expect(answer.changes).toEqual([
      { before: "grant", after: "refuse", count: answer.before.grant - answer.after.grant },
    ]);
    expect(answer.rules[0]).toMatchObject({ ruleId: "scan-distance" });
    expect(answer.examples.length).toBe(answer.changes[0]!.count);
    expect(answer.examples[0]).toMatchObject({
      before: "grant",
      after: "refuse",
      reasons: [{ ruleId: "scan-distance" }],
    });

    // In earnest, an hour later, so that the first alarms are quiet; the people and machines are new ones.
    app.clock.advance(2 * 3_600_000);
    fromMs = app.clock.nowMs();
    const set = await app.call("POST", `/api/region-policies/${county}`, {
      cookie,
      body: {
        basedOnVersion: 0,
        values: { start: change.start, hotWork: {}, alarm: change.alarm },
        reason: "演示试算",
      },
    });
    expect(set.statusCode, set.body).toBe(201);
    await work();
    expect(await outcomes()).toEqual(answer.after);
    expect(await alarms()).toEqual(counted(answer, "after"));
  });

  test("a rule that is left out refuses nobody", async () => {
    await work();
    const answer = await answerTo({ without: ["start/scan-distance"] });
    expect(answer.after.refuse).toBeLessThan(answer.before.refuse);
    expect(answer.rules.find(({ ruleId }) => ruleId === "scan-distance")).toMatchObject({ after: 0 });
    expect(answer.alarms.find(({ kind }) => kind === "far-scan")).toMatchObject({ after: 0 });
  });

  test("changes and stores nothing but that it was asked", async () => {
    await work();
    const before = [await outcomes(), await alarms()];
    await ask({ start: { scanDistanceMetres: 50 } });
    expect([await outcomes(), await alarms()]).toEqual(before);
    const asked = await app.ctx.db
      .selectFrom("audit_log")
      .select("details")
      .where("action", "=", "what_if.ask")
      .orderBy("seq", "desc")
      .executeTakeFirstOrThrow();
    expect(asked.details).toMatchObject({ start: { scanDistanceMetres: 50 }, looked: 11 });
  });

  test("is asked of one's own regions only, and tells what is wrong with a question", async () => {
    const elsewhere = await buildStaff(app, "regulator", { region: "330703" as RegionCode });
    expect((await ask({}, { as: elsewhere.cookie })).statusCode).toBe(403);
    expect((await ask({}, { as: "" })).statusCode).toBe(401);
    expect((await ask({ without: ["start/none"] })).json().error.code).toBe("what_if.no_rule");
    const far = await ask({ start: { scanDistanceMetres: 1, unheardOf: 3 }, alarm: {} });
    expect(far.statusCode).toBe(400);
    expect(far.json().error.fields.map(({ path }: { path: string }) => path)).toEqual(
      expect.arrayContaining(["body.start.scanDistanceMetres", "body.start.unheardOf"]),
    );
    expect((await ask({ alarm: { quietMinutes: "x" } })).json().error.fields[0].path).toBe(
      "body.alarm.quietMinutes",
    );
    const long = { from: "2026-01-01T00:00:00Z", to: "2026-03-01T00:00:00Z" };
    expect((await ask({}, { body: long })).statusCode).toBe(400);
  });
});
