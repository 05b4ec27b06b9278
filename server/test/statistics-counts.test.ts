import type { StatisticsQuestion } from "@hanyouxu/api";
import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keepCounts } from "../src/features/statistics/keep-counts.ts";
import { answerQuestion } from "../src/features/statistics/statistics.ts";
import { testStartMs } from "./app.ts";
import { engines } from "./database.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import {
  answeredRows,
  asked,
  type DirectQuery,
  directRows,
  everywhere,
  expectSameWidely,
} from "./statistics-direct.ts";
import { abroad, beCutOff, type Step, step } from "./statistics-steps.ts";
import {
  addAlarm,
  addDecision,
  addSession,
  buildStatisticsWorld,
  elsewhere,
  near,
  type StatisticsWorld,
} from "./statistics-world.ts";

const MINUTES_MS = 180_000;

describe.each(engines)("counts kept on %s", (engine) => {
  let app: TestPlatform;
  let world: StatisticsWorld;
  const sessions: string[] = [];
  const alarms: string[] = [];
  beforeAll(async () => {
    app = await withPlatform(engine);
    world = await buildStatisticsWorld(app, 5);
  });
  afterAll(() => app?.close());

  async function take(action: Step): Promise<void> {
    const { ctx } = app;
    const { db } = ctx;
    const machineOf = (index: number) => world.machines[index % world.machines.length]!;
    const welderOf = (index: number) => world.welders[index % world.welders.length]!;
    if (action.kind === "count") return await keepCounts(ctx, { first: 2 });
    if (action.kind === "count twice at once") {
      await Promise.all([keepCounts(ctx), keepCounts(ctx, { first: 3 })]);
      return;
    }
    if (action.kind === "count and be cut off") {
      await take(action.of);
      return await beCutOff(db, action.afterParts);
    }
    if (action.kind === "session") {
      const { arcMs, ...rest } = action;
      const session = { ...rest, machine: machineOf(action.machine), welderId: welderOf(action.welder) };
      sessions.push(await addSession(ctx, arcMs === undefined ? session : { ...session, arcMs }));
    } else if (action.kind === "refusal") {
      await addDecision(ctx, {
        ...action,
        machine: machineOf(action.machine),
        welderId: welderOf(action.welder),
        ruleIds: action.rules,
      });
    } else if (action.kind === "alarm") {
      const { closedAfterMs, ...rest } = action;
      const alarm = { ...rest, machine: machineOf(action.machine) };
      alarms.push(await addAlarm(ctx, closedAfterMs === undefined ? alarm : { ...alarm, closedAfterMs }));
    } else if (action.kind === "process") {
      const { process, isMobile: is_mobile } = action;
      const { machineId } = machineOf(action.machine);
      await db
        .updateTable("machines")
        .set({ process, is_mobile })
        .where("machine_id", "=", machineId)
        .execute();
    } else if (action.kind === "industry") {
      const { industry } = action;
      const { enterpriseId } = machineOf(action.machine);
      await db
        .updateTable("enterprises")
        .set({ industry })
        .where("enterprise_id", "=", enterpriseId)
        .execute();
    } else if (action.kind === "close") {
      const id = alarms[action.of % Math.max(1, alarms.length)] ?? null;
      await sql`update alarms set handling = 'closed', closed_at = raised_at + ${`${action.afterMs} ms`}::text::interval
                where alarm_id = ${id}::uuid`.execute(db);
    } else {
      const id = sessions[action.of % Math.max(1, sessions.length)] ?? null;
      if (action.kind === "again") {
        // The same last word of a chip twice, and running totals that grow without a note before the end.
        for (let times = 0; times < 2; times++) {
          await sql`update work_sessions set status = 'ended', energised_at = granted_at, arc_ms = ${action.arcMs}
                    where work_session_id = ${id}::uuid`.execute(db);
        }
      } else if (action.kind === "move") {
        await sql`update work_sessions set region_code = ${action.region}, granted_at = ${new Date(action.at)}
                  where work_session_id = ${id}::uuid`.execute(db);
      } else {
        await sql`delete from work_sessions where work_session_id = ${id}::uuid`.execute(db);
      }
    }
  }

  const answered = (question: Partial<StatisticsQuestion>) => answeredRows(app.ctx, question);
  const direct = (query: DirectQuery) => directRows(app.ctx, query);

  async function expectSame(): Promise<void> {
    await expectSameWidely(app.ctx);
    expect(
      await answered({
        measures: ["sessions", "unusedGrants", "arcHours"],
        dimensions: ["day", "township", "process"],
      }),
    ).toEqual(
      await direct(sql`
        select json_build_array(day, region_code, process, sessions, unused, arc) as row from (
          select to_char(w.granted_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, w.region_code, m.process,
                 sum(case when w.energised_at is null then 0 else 1 end)::int as sessions,
                 sum(case when w.status = 'not-started' then 1 else 0 end)::int as unused,
                 round(sum(w.arc_ms) / 3600000.0, 3)::float8 as arc
          from work_sessions w join machines m on m.machine_id = w.machine_id group by 1, 2, 3) d
        where sessions > 0 or unused > 0 or arc > 0`),
    );
    expect(
      await answered({ measures: ["sessions", "mobileSessionShare"], dimensions: ["month", "industry"] }),
    ).toEqual(
      await direct(sql`
        select json_build_array(month, industry, sessions, share) as row from (
          select to_char(w.granted_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, e.industry, count(*)::int as sessions,
                 round(100.0 * count(*) filter (where m.is_mobile) / count(*), 3)::float8 as share
          from work_sessions w join machines m on m.machine_id = w.machine_id
          join enterprises e on e.enterprise_id = w.enterprise_id
          where w.energised_at is not null group by 1, 2) d`),
    );
    expect(await answered({ measures: ["workingMachines"], dimensions: ["county", "isMobile"] })).toEqual(
      await direct(sql`
        select json_build_array(county, mobile, machines) as row from (
          select substr(w.region_code, 1, 6) as county, m.is_mobile::text as mobile, count(distinct w.machine_id)::int as machines
          from work_sessions w join machines m on m.machine_id = w.machine_id
          where w.energised_at is not null group by 1, 2) d`),
    );
    // Whole and broken months, by what is rolled up and by what is not.
    for (const days of [
      { from: "2026-02-20", to: "2026-04-10" },
      { from: "2026-02-01", to: "2026-03-31" },
      { from: "2026-03-04", to: "2026-03-09" },
    ]) {
      const inside = sql.raw(
        `w.granted_at >= '${days.from}T00:00+08' and w.granted_at < '${days.to}T00:00+08'::timestamptz + interval '1 day'`,
      );
      expect(
        await answered({
          ...days,
          measures: ["workingFirms", "workingMachines", "workingWelders"],
          dimensions: ["month", "county"],
        }),
      ).toEqual(
        await direct(sql`
          select json_build_array(month, county, firms, machines, welders) as row from (
            select to_char(w.granted_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, substr(w.region_code, 1, 6) as county,
                   count(distinct w.enterprise_id)::int as firms, count(distinct w.machine_id)::int as machines,
                   count(distinct w.welder_id)::int as welders
            from work_sessions w where w.energised_at is not null and ${inside} group by 1, 2) d`),
      );
      expect(
        await answered({ ...days, measures: ["workingMachines"], dimensions: ["township", "process"] }),
      ).toEqual(
        await direct(sql`
          select json_build_array(w.region_code, m.process, count(distinct w.machine_id)::int) as row
          from work_sessions w join machines m on m.machine_id = w.machine_id
          where w.energised_at is not null and ${inside} group by w.region_code, m.process`),
      );
      expect(await answered({ ...days, measures: ["workingMachines"], dimensions: ["county"] })).toEqual(
        await direct(sql`
          select json_build_array(substr(w.region_code, 1, 6), count(distinct w.machine_id)::int) as row
          from work_sessions w where w.energised_at is not null and ${inside} group by substr(w.region_code, 1, 6)`),
      );
      for (const [dimension, digits] of [
        ["county", 6],
        ["township", 9],
      ] as const) {
        expect(await answered({ ...days, measures: ["sessions"], dimensions: [dimension] })).toEqual(
          await direct(sql`
            select json_build_array(substr(w.region_code, 1, ${sql.lit(digits)}), count(*)::int) as row from work_sessions w
            where w.energised_at is not null and ${inside} group by substr(w.region_code, 1, ${sql.lit(digits)})`),
        );
      }
      expect(await answered({ ...days, measures: ["sessions"], dimensions: ["day"] })).toEqual(
        await direct(sql`
          select json_build_array(to_char(w.granted_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD'), count(*)::int) as row
          from work_sessions w where w.energised_at is not null and ${inside} group by to_char(w.granted_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`),
      );
    }
    expect(
      await answered({
        measures: ["sessions", "workingFirms"],
        dimensions: ["hour"],
        from: "2026-02-28",
        to: "2026-03-31",
      }),
    ).toEqual(
      await direct(sql`
        select json_build_array(hour, sessions, firms) as row from (
          select to_char(w.granted_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24') as hour, count(*)::int as sessions,
                 count(distinct w.enterprise_id)::int as firms
          from work_sessions w where w.energised_at is not null
            and w.granted_at >= '2026-02-28T00:00+08' and w.granted_at < '2026-04-01T00:00+08' group by 1) d`),
    );
    expect(
      await answered({ measures: ["startAttempts", "uncertifiedStopped"], dimensions: ["day", "reason"] }),
    ).toEqual(
      await direct(sql`
        select json_build_array(day, reason, attempts, uncertified) as row from (
          select to_char(d.decided_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, d.reasons -> 0 ->> 'ruleId' as reason,
                 count(*)::int as attempts,
                 sum(case when d.reasons::text like '%certificate-%' then 1 else 0 end)::int as uncertified
          from decisions d group by 1, 2) d`),
    );
    expect(
      await answered({
        measures: ["alarmsRaised", "alarmsClosed", "closureMinutes"],
        dimensions: ["month", "township"],
      }),
    ).toEqual(
      await direct(sql`
        select json_build_array(month, region, raised, closed, minutes) as row from (
          select to_char(a.raised_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, coalesce(a.region_code, '') as region,
                 count(*)::int as raised, count(a.closed_at)::int as closed,
                 round((avg(extract(epoch from a.closed_at - a.raised_at)) / 60)::numeric, 3)::float8 as minutes
          from alarms a group by 1, 2) d`),
    );
  }

  test(
    "are those of the rows, in whatever order these came, late, again, moved or deleted, and whenever it was counted",
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
          for (const action of steps) await take(action);
          await expectSame();
        }),
        { numRuns: 20, seed: 34, endOnFailure: true },
      );
      expect(sessions.length).toBeGreaterThan(10);
    },
    MINUTES_MS,
  );

  test("are the same when everything is counted from nothing", async () => {
    const question = {
      measures: ["sessions", "arcHours", "workingWelders"],
      dimensions: ["month", "township"],
    } as const;
    const before = await answered({
      ...question,
      measures: [...question.measures],
      dimensions: [...question.dimensions],
    });
    await sql`update statistics_progress set counted_xid = '0'`.execute(app.ctx.db);
    for (const subjects of ["firms", "machines", "welders"]) {
      for (const wider of ["", "_counties", "_prefectures", "_provinces", "_prefecture_ways"])
        await sql`delete from ${sql.table(`statistics_working_${subjects}${wider}`)}`.execute(app.ctx.db);
    }
    for (const family of ["sessions", "decisions", "alarms"]) {
      await sql`delete from ${sql.table(`statistics_${family}`)}`.execute(app.ctx.db);
      for (const rollUp of [
        "months",
        "county_months",
        "prefecture_months",
        "county_days",
        "prefecture_days",
        "sums_months",
      ]) {
        await sql`delete from ${sql.table(`statistics_${family}_${rollUp}`)}`.execute(app.ctx.db);
      }
    }
    expect(
      await answered({ ...question, measures: [...question.measures], dimensions: [...question.dimensions] }),
    ).toEqual(before);
    await expectSame();
  });

  test("hold somebody who worked in two years, and in three prefectures, once", async () => {
    const days = { from: "2024-11-15", to: "2025-02-10" };
    const people = async (question: Partial<StatisticsQuestion>) =>
      await answered({
        ...days,
        measures: ["workingFirms", "workingMachines", "workingWelders"],
        ...question,
      });
    expect(await people({})).toEqual([]);
    const one = { machine: world.machines[0]!, welderId: world.welders[0]!, arcMs: 1 };
    for (const [day, region] of [
      ["2024-11-20", near],
      ["2024-12-31", elsewhere],
      ["2025-01-01", abroad[0]!],
      ["2025-02-10", abroad[1]!],
    ] as const)
      await addSession(app.ctx, { ...one, at: Date.parse(`${day}T12:00+08:00`), region });
    expect(await people({})).toEqual(["[1,1,1]"]);
    expect(await people({ dimensions: ["province"] })).toEqual(['["33",1,1,1]', '["41",1,1,1]']);
    expect(await people({ dimensions: ["industry"] })).toHaveLength(1);
    expect(await people({ dimensions: ["month"] })).toEqual([
      '["2024-11",1,1,1]',
      '["2024-12",1,1,1]',
      '["2025-01",1,1,1]',
      '["2025-02",1,1,1]',
    ]);
    await sql`delete from work_sessions where granted_at < '2025-06-01'`.execute(app.ctx.db);
    expect(await people({})).toEqual([]);
  });

  test("hold an open session's arc as it runs, though nothing notes its running totals", async () => {
    const { ctx } = app;
    const machine = world.machines[0]!;
    const id = await addSession(ctx, {
      at: testStartMs,
      region: near,
      machine,
      welderId: world.welders[0]!,
      arcMs: 0,
    });
    const arcHours = async () =>
      (await answerQuestion(ctx, asked({ measures: ["arcHours"] }), () => everywhere)).totals[0]!.value!;
    await sql`update work_sessions set status = 'energised' where work_session_id = ${id}::uuid`.execute(
      ctx.db,
    );
    const before = await arcHours();
    await sql`update work_sessions set arc_ms = 7200000 where work_session_id = ${id}::uuid`.execute(ctx.db);
    expect((await arcHours()) - before).toBeCloseTo(2, 2);
  });

  test("do not grow when counted again, and start anew after a restore into a younger cluster", async () => {
    const total = async () => (await answerQuestion(app.ctx, asked({}), () => everywhere)).totals[0]!.value;
    const before = await total();
    for (let times = 0; times < 3; times++) await keepCounts(app.ctx);
    expect(await total()).toBe(before);
    await sql`update statistics_progress set counted_xid = '9000000000000'`.execute(app.ctx.db);
    await addSession(app.ctx, {
      at: testStartMs,
      region: near,
      machine: world.machines[0]!,
      welderId: world.welders[0]!,
      arcMs: 1,
    });
    expect(await total()).toBe(before! + 1);
  });
});
