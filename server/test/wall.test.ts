import type { Wall } from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import { shanghaiDay, shanghaiDayStartMs } from "@hanyouxu/rules";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { buildRegion, buildStaff, buildWelder, county, otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import { buildTownAlarms } from "./town-alarms.ts";
import { codeOf, fieldsOf, type TwoFirms, twoFirms, type Who } from "./two-firms.ts";

const HOUR_MS = 3_600_000;
const HALF_HOUR_MS = HOUR_MS / 2;

describe.each(engines)("the figures of a wall on %s", (engine) => {
  let firms: TwoFirms;
  beforeEach(async () => {
    firms = await twoFirms(engine);
    for (const code of ["33", "3307", county]) await buildRegion(firms.app.ctx, code as RegionCode);
    await firms.app.picture.refresh();
  });
  afterEach(() => firms?.app.close());

  const wallOf = async (who: Who = "operator", query = ""): Promise<Wall> => {
    const response = await firms.get(who, `/api/wall${query}`);
    expect(response.statusCode).toBe(200);
    return response.json();
  };
  /** What is kept for the moment is over. */
  const later = () => firms.app.clock.advance(31_000);

  /** Counted another way, straight in the database. */
  async function counted(region = "") {
    const { ctx, clock } = firms.app;
    const [since, midnight] = [
      new Date(clock.nowMs() - 180_000),
      new Date(shanghaiDayStartMs(shanghaiDay(clock.nowMs()))),
    ];
    const { rows } = await sql<Record<string, number>>`
      with working as (select m.* from machines m join twins t using (chip_id)
                       where t.relay_closed and t.last_heard_at >= ${since} and not t.is_gone
                         and not (t.is_tampered or t.is_faulted or t.is_locked or m.is_locked))
      select (select count(*) from machines where starts_with(region_code, ${region})) as machines,
             (select count(*) from working where starts_with(region_code, ${region})) as working,
             (select count(*) from enterprises where starts_with(region_code, ${region})) as firms,
             (select count(distinct e.enterprise_id) from working join enterprises e using (enterprise_id)
              where starts_with(e.region_code, ${region})) as firms_working,
             (select count(*) from welders where starts_with(region_code, ${region})) as welders,
             (select count(distinct w.welder_id) from working join work_sessions s using (machine_id)
              join welders w using (welder_id)
              where s.ended_at is null and starts_with(w.region_code, ${region})) as welders_working,
             (select count(*) from work_sessions
              where granted_at >= ${midnight} and starts_with(region_code, ${region})) as sessions,
             (select count(*) from decisions where outcome <> 'grant' and decided_at >= ${midnight}
                and starts_with(region_code, ${region})) as refused,
             (select count(*) from decisions where outcome <> 'grant' and decided_at >= ${midnight}
                and reasons::text like '%"ruleId": "certificate-%' and starts_with(region_code, ${region})) as uncertified,
             (select count(*) from alarms where closed_at is null
                and (${region} = '' or starts_with(region_code, ${region}))) as alarms`.execute(ctx.db);
    return rows[0]!;
  }

  function figuresOf(wall: Wall) {
    return {
      machines: wall.machines.all,
      working: wall.machines.atWork,
      firms: wall.enterprises?.all,
      firms_working: wall.enterprises?.atWork,
      welders: wall.welders?.all,
      welders_working: wall.welders?.atWork,
      sessions: wall.sessionsToday,
      refused: wall.refusedToday,
      uncertified: wall.uncertifiedToday,
      alarms: wall.openAlarms && Object.values(wall.openAlarms).reduce((sum, count) => sum + count, 0),
    };
  }

  async function tryWithoutCertificate() {
    const { app, own, start } = firms;
    const untrained = await buildWelder(app, { enterprises: [own.enterpriseId] });
    await app.ctx.db.deleteFrom("certificates").where("welder_id", "=", untrained.welderId).execute();
    expect((await start(untrained, own.idle.machineCode)).json().outcome).not.toBe("grant");
  }

  const raise = async (code: string) => {
    const { own, app } = firms;
    return await buildTownAlarms(app, {
      code: code as RegionCode,
      enterpriseId: own.enterpriseId,
      machineId: own.machine.machineId,
      welderId: own.welder.welderId,
      by: (await buildStaff(app, "operator")).personId,
    });
  };

  test("are those of the database at the same second, in all and in one county", async () => {
    await tryWithoutCertificate();
    await raise("330723100");
    const wall = await wallOf();
    expect(figuresOf(wall)).toEqual(await counted());
    expect(figuresOf(wall)).toMatchObject({ machines: 3, working: 1, firms_working: 1, welders_working: 1 });
    expect(wall).toMatchObject({ refusedToday: 2, uncertifiedToday: 1, atMs: firms.app.clock.nowMs() });
    expect(wall.openAlarms).not.toEqual({ danger: 0, warning: 0, notice: 0 });
    expect(figuresOf(await wallOf("operator", `?region=${county}`))).toEqual(await counted(county));
    expect(figuresOf(await wallOf("operator", `?region=${otherCounty}`))).toEqual(await counted(otherCounty));
  });

  test("are what the map counts, and what each list that they lead to counts", async () => {
    await tryWithoutCertificate();
    await raise("330723100");
    for (let n = 0; n < 5; n++) await firms.app.picture.refresh();
    const everywhere = { everywhere: true, regions: [], enterprises: [] };
    const wall = await wallOf();
    const { working, machines, refusedToday } = firms.app.picture.counters(everywhere);
    expect(wall).toMatchObject({ machines: { atWork: working, all: machines }, refusedToday });
    const today = encodeURIComponent(new Date(shanghaiDayStartMs(wall.day)).toISOString());
    const lists: [string, number | null | undefined][] = [
      ["machines?isAtWork=true", wall.machines.atWork],
      ["machines?", wall.machines.all],
      ["machines?isInKeyArea=true", wall.keyAreas?.machinesInside],
      ["enterprises?isAtWork=true", wall.enterprises?.atWork],
      ["enterprises?role=welding&status=active", wall.enterprises?.all],
      ["welders?isAtWork=true", wall.welders?.atWork],
      ["welders?", wall.welders?.all],
      ["welders?lasts=long", wall.certificates?.valid],
      ["welders?lasts=90-days", wall.certificates?.within90Days],
      ["welders?lasts=30-days", wall.certificates?.within30Days],
      ["welders?state=lapsed", wall.certificates?.expired],
      [`work-sessions?from=${today}`, wall.sessionsToday],
      [`decisions?isGranted=false&from=${today}`, wall.refusedToday],
      [`decisions?isGranted=false&lacksCertificate=true&from=${today}`, wall.uncertifiedToday],
      ["alarms?isOpen=true&severity=danger", wall.openAlarms?.danger],
      ["alarms?isOpen=true&severity=warning", wall.openAlarms?.warning],
      ["clearances?isOpen=true", wall.keyAreas?.clearancesOpen],
    ];
    for (const region of ["", county, otherCounty]) {
      const shown = region === "" ? lists : [["machines?isAtWork=true", undefined] as const];
      for (const [list, expected] of shown) {
        const { total } = (
          await firms.get("operator", `/api/${list}${region && `&region=${region}`}`)
        ).json();
        const of = expected ?? (await wallOf("operator", `?region=${region}`)).machines.atWork;
        expect([list, region, total]).toEqual([list, region, of]);
      }
    }
  });

  test("stay right when what chips say comes late or twice", async () => {
    const { app, own, workSessionId, start } = firms;
    const again = await buildWelder(app, { enterprises: [own.enterpriseId] });
    const ends = own.machine.chip.deEnergised(workSessionId, { arcMs: 9_000 });
    app.clock.advance(HOUR_MS);
    // Heard an hour after it happened, and twice.
    await app.say(ends);
    await app.say(ends, own.machine.chip.checkpoint(workSessionId));
    expect(figuresOf(await wallOf())).toEqual(await counted());
    expect((await wallOf()).machines.atWork).toBe(0);
    for (const chip of [own.machine.chip, own.idle.chip]) await app.bringOnline(chip);
    const { workSessionId: next } = (await start(again, own.idle.machineCode)).json().workSession;
    const begins = own.idle.chip.energised(next);
    await app.say(begins, begins);
    await app.say(begins);
    later();
    const wall = await wallOf();
    expect(figuresOf(wall)).toEqual(await counted());
    expect(wall).toMatchObject({ machines: { atWork: 1 }, welders: { atWork: 1 }, sessionsToday: 2 });
  });

  test("draw machines under power by half hours, today and a week ago", async () => {
    const { app, own, workSessionId, start } = firms;
    const curveNow = async () => {
      later();
      // A sign-in does not last a week.
      const { cookie } = await buildStaff(app, "operator");
      return ((await app.call("GET", "/api/wall", { cookie })).json() as Wall).curve!;
    };
    /** Half hours of a day that a work overlaps, worked out from the rows. */
    const expected = async (dayMs: number, untilMs: number) => {
      const works = await app.ctx.db.selectFrom("work_sessions").selectAll().execute();
      return Array.from({ length: 48 }, (_, slot) => {
        const fromMs = dayMs + slot * HALF_HOUR_MS;
        if (fromMs > untilMs) return null;
        const in_ = works.filter(
          ({ energised_at, ended_at }) =>
            energised_at !== null &&
            energised_at.getTime() < Math.min(fromMs + HALF_HOUR_MS, untilMs) &&
            Math.min(ended_at?.getTime() ?? untilMs, untilMs) > fromMs,
        );
        return new Set(in_.map(({ machine_id }) => machine_id)).size;
      });
    };
    app.clock.advance(HOUR_MS + 60_000);
    const first = await curveNow();
    const dayMs = shanghaiDayStartMs(shanghaiDay(app.clock.nowMs()));
    expect(first.today).toEqual(await expected(dayMs, app.clock.nowMs()));
    expect(first.today.filter((machines) => machines === 1).length).toBeGreaterThanOrEqual(3);
    await app.say(own.machine.chip.deEnergised(workSessionId));
    app.clock.advance(7 * 24 * HOUR_MS);
    await app.bringOnline(own.idle.chip);
    const welder = await buildWelder(app, { enterprises: [own.enterpriseId] });
    const { workSessionId: next } = (await start(welder, own.idle.machineCode)).json().workSession;
    await app.say(own.idle.chip.energised(next));
    app.clock.advance(HOUR_MS);
    const second = await curveNow();
    expect(second.lastWeek.map((machines, slot) => (first.today[slot] === null ? null : machines))).toEqual(
      first.today,
    );
    expect(second.today).toEqual(await expected(dayMs + 7 * 24 * HOUR_MS, app.clock.nowMs()));
  });

  test("fall apart by the regions below, and lead down to townships and no further", async () => {
    const wall = await wallOf();
    expect(wall.region).toMatchObject({ code: "3307", level: "city", path: [{ code: "33" }] });
    const byCode = Object.fromEntries(wall.children.map((child) => [child.code, child]));
    expect(byCode[county]).toMatchObject({
      machines: { atWork: 1, all: 2 },
      enterprises: { atWork: 1, all: 1 },
    });
    expect(byCode[otherCounty]).toMatchObject({ machines: { atWork: 0, all: 1 } });
    const inCounty = await wallOf("operator", `?region=${county}`);
    expect(inCounty.children.map(({ code }) => code)).toContain("330723100");
    expect(inCounty.region!.path.map(({ code }) => code)).toEqual(["33", "3307"]);
    expect((await wallOf("operator", "?region=330723100")).children).toEqual([]);
  });

  test("are counted once for all who ask within two seconds", async () => {
    const first = await wallOf();
    await tryWithoutCertificate();
    firms.app.clock.advance(1_900);
    expect(await wallOf()).toEqual(first);
    firms.app.clock.advance(100);
    expect(await wallOf()).toMatchObject({
      refusedToday: first.refusedToday! + 1,
      atMs: first.atMs + 2_000,
      slowAtMs: first.slowAtMs,
    });
  });

  test("are those of one's own reach, and nothing of others", async () => {
    await raise("330723100");
    const foreign = await wallOf("otherRegulator");
    expect(foreign).toMatchObject({
      region: { code: otherCounty, path: [] },
      machines: { all: 1 },
      newestAlarms: [],
    });
    expect((await wallOf("regulator")).newestAlarms!.length).toBeGreaterThan(0);
    expect(await wallOf("otherOfficer")).toMatchObject({ machines: { all: 1 }, newestAlarms: [] });
    expect(await wallOf("officer", `?region=${otherCounty}`)).toMatchObject({ machines: { all: 0 } });
    expect(codeOf(await firms.get("regulator", `/api/wall?region=${otherCounty}`))).toBe(
      "403 region.out_of_scope",
    );
    // Not even of what lies around it.
    expect(codeOf(await firms.get("regulator", "/api/wall?region=33"))).toBe("403 region.out_of_scope");
    expect(await wallOf("unbound")).toMatchObject({ region: null, machines: { all: 0 } });
  });

  test("leave out what a department may not count", async () => {
    const { app } = firms;
    const { cookie } = await buildStaff(app, "regulator", {
      region: county,
      department: "housing-construction",
    });
    await app.ctx.db
      .updateTable("departments")
      .set({ rights: JSON.stringify({ machines: "counts", alarms: "counts" }) as never })
      .where("department_key", "=", "housing-construction")
      .execute();
    await raise("330723100");
    const response = await app.call("GET", "/api/wall", { cookie });
    expect(response.json()).toMatchObject({
      machines: { all: 2 },
      enterprises: null,
      welders: null,
      sessionsToday: null,
      refusedToday: null,
      newestAlarms: null,
      certificates: null,
      keyAreas: { machinesInside: null, clearancesOpen: null },
      curve: null,
    });
    expect(response.json().openAlarms).not.toBeNull();
  });

  test("are refused to strangers, to welders, for what is no region and for none that exists", async () => {
    expect(codeOf(await firms.get(undefined, "/api/wall"))).toBe("401 sign_in.required");
    expect(codeOf(await firms.get("welder", "/api/wall"))).toBe("403 role.forbidden");
    expect(fieldsOf(await firms.get("operator", "/api/wall?region=33072"))).toEqual(["query.region"]);
    expect(codeOf(await firms.get("operator", "/api/wall?region=99"))).toBe("404 region.not_found");
  });
});
