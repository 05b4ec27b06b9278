import type { DepartmentRights } from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LiveSight } from "../src/features/live/live-picture.ts";
import { buildStaff, county } from "./county.ts";
import { engines } from "./database.ts";
import { LiveReader, viewOf } from "./live-reader.ts";
import type { TestPlatform } from "./platform.ts";
import { codeOf, fieldsOf, type TwoFirms, twoFirms } from "./two-firms.ts";

const nothing: DepartmentRights = {
  machines: "none",
  readings: "none",
  sessions: "none",
  decisions: "none",
  people: "none",
  enterprises: "none",
  alarms: "none",
  keyAreas: "none",
};

describe.each(engines)("departments on %s", (engine) => {
  let firms: TwoFirms;
  let app: TestPlatform;
  let operator: string;
  let local: string;
  /** A regulator of the county for the department whose rights each test sets. */
  let clerk: string;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    app = firms.app;
    operator = (await buildStaff(app, "operator")).cookie;
    local = (await buildStaff(app, "operator", { region: county })).cookie;
    clerk = (await buildStaff(app, "regulator", { region: county, department: "education" })).cookie;
  });
  afterAll(() => app?.close());
  const get = async (url: string, cookie = clerk) => await app.call("GET", url, { cookie });
  const change = async (body: unknown, cookie = operator, key = "education") =>
    await app.call("PUT", `/api/departments/${key}`, { cookie, body });
  const allow = async (rights: Partial<DepartmentRights>, mayCommand = false) => {
    const name = { zh: "演示部门", en: "Demo department" };
    const response = await change({ name, rights: { ...nothing, ...rights }, mayCommand });
    expect(response.statusCode).toBe(200);
  };
  const machine = () => firms.own.machine.machineId;

  test("there are thirteen, the seed's three first", async () => {
    const { departments } = (await get("/api/departments")).json();
    expect(departments).toHaveLength(13);
    expect(departments.slice(0, 3).map(({ name }: { name: { zh: string } }) => name.zh)).toEqual([
      "应急管理",
      "住建",
      "市场监管",
    ]);
  });

  test("one without a right is refused with its reason, in both languages", async () => {
    await allow({});
    const urls = [
      "/api/machines",
      `/api/machines/${machine()}`,
      `/api/machines/${machine()}/timeline`,
      "/api/work-sessions",
      `/api/work-sessions/${firms.workSessionId}`,
      `/api/work-sessions/${firms.workSessionId}/progress`,
      "/api/decisions",
      `/api/decisions/${firms.decisionId}`,
    ];
    for (const url of urls) expect(codeOf(await get(url))).toBe("403 department.forbidden");
    const refused = await get("/api/decisions");
    expect(refused.json().error).toMatchObject({
      message: "您所在部门无权查看这类数据，如工作需要请联系平台运维调整部门权限",
      details: { group: "decisions", needs: "rows" },
    });
    expect((await get("/api/me")).json()).toMatchObject({ sees: nothing, mayCommand: false });
  });

  test("a change holds from the next request, and a level below is not enough", async () => {
    await allow({ decisions: "counts" });
    expect(codeOf(await get("/api/decisions"))).toBe("403 department.forbidden");
    await allow({ decisions: "rows" });
    expect((await get("/api/decisions")).json().total).toBe(2);
    expect((await get("/api/me")).json().sees).toEqual({ ...nothing, decisions: "rows" });
  });

  test("people are hidden whole from who may not know them, wherever they stand", async () => {
    await allow({ machines: "rows", sessions: "rows", decisions: "rows", alarms: "rows" });
    const hidden = { welderName: "***" };
    expect((await get("/api/work-sessions")).json().items).toMatchObject([hidden]);
    expect((await get(`/api/work-sessions/${firms.workSessionId}`)).json()).toMatchObject(hidden);
    expect((await get("/api/decisions")).json().items).toMatchObject([hidden, hidden]);
    const decision = (await get(`/api/decisions/${firms.decisionId}`)).json();
    expect(decision).toMatchObject(hidden);
    expect(Object.keys(decision.facts)).toEqual(expect.not.arrayContaining(["welder", "certificates"]));
    expect((await get(`/api/machines/${machine()}`)).json().workSession).toMatchObject(hidden);
    const { entries } = (await get(`/api/machines/${machine()}/timeline`)).json();
    expect(JSON.stringify(entries)).not.toContain("演***");
    await allow({ sessions: "rows", people: "rows" });
    expect((await get("/api/work-sessions")).json().items).toMatchObject([{ welderName: "演***" }]);
  });

  test("a machine without the right to its readings, work or decisions is shown without them", async () => {
    await allow({ machines: "rows" });
    expect((await get(`/api/machines/${machine()}`)).json()).toMatchObject({
      state: "arcing",
      readings: null,
      workSession: null,
    });
    expect((await get(`/api/machines/${machine()}/timeline`)).json()).toEqual({ entries: [] });
    await allow({ machines: "rows", readings: "rows", sessions: "rows" });
    expect((await get(`/api/machines/${machine()}`)).json()).toMatchObject({
      readings: { currentAmps: 123.4 },
      workSession: { status: "energised" },
    });
    const { entries } = (await get(`/api/machines/${machine()}/timeline`)).json();
    expect(entries.map(({ type }: { type: string }) => type)).toEqual(["work-session"]);
    await allow({ sessions: "rows" });
    expect((await get(`/api/work-sessions/${firms.workSessionId}`)).json().currentAmps).toBeNull();
    await allow({ sessions: "rows", readings: "rows" });
    expect((await get(`/api/work-sessions/${firms.workSessionId}`)).json().currentAmps).toBe(123.4);
  });

  test("seeing a machine is not commanding it", async () => {
    await allow({ machines: "rows" });
    const command = async (action: string) =>
      codeOf(
        await app.call("POST", `/api/machines/${firms.own.idle.machineId}/${action}`, {
          cookie: clerk,
          body: { reason: "演示检查" },
        }),
      );
    for (const action of ["stop", "lock", "unlock"]) {
      expect(await command(action)).toBe("403 department.may_not_command");
    }
    await allow({ machines: "rows" }, true);
    expect(await command("lock")).toBe("200");
    expect(await command("unlock")).toBe("200");
  });

  test("the live picture counts or shows only what the department may", async () => {
    await app.picture.refresh();
    const whole = { everywhere: false, regions: [county], enterprises: [] };
    const nowhere = { everywhere: false, regions: [], enterprises: [] };
    const sight = {
      machines: nowhere,
      readings: nowhere,
      people: nowhere,
      alarms: nowhere,
      decisions: undefined,
      alarmCounts: undefined,
    };
    const look = (sight: LiveSight) => {
      const reader = new LiveReader();
      const following = app.picture.follow(whole, reader.send, sight, reader.port);
      following.look(viewOf());
      following.leave();
      return reader;
    };
    const counting = look(sight);
    expect(counting.machines()).toEqual([]);
    expect(counting.messages[0]).toMatchObject({
      strongest: [],
      counters: { machines: 2, online: 2, working: 1, refusedToday: null, alarms: null },
    });
    const seeing = look({ ...sight, machines: whole, decisions: whole, alarmCounts: whole });
    expect(seeing.messages[0]).toMatchObject({ counters: { refusedToday: 1, alarms: 0 } });
    expect(seeing.machines()).toHaveLength(2);
    expect(seeing.machines().every(({ currentAmps }) => currentAmps === null)).toBe(true);
  });

  test("of two roles each sees its own: one department here, another there", async () => {
    await allow({ machines: "rows" });
    const both = await buildStaff(app, "regulator", { region: county, department: "education" });
    await app.ctx.db
      .insertInto("role_grants")
      .values({
        role_grant_id: app.ctx.newId(),
        person_id: both.personId,
        role: "regulator",
        region_code: "330702" as RegionCode,
        enterprise_id: null,
        granted_at: new Date(app.clock.nowMs()),
        department_key: "emergency-management",
      })
      .execute();
    expect((await get("/api/machines", both.cookie)).json().total).toBe(3);
    // Work is seen by the second department only, whose region has none.
    expect((await get("/api/work-sessions", both.cookie)).json().total).toBe(0);
    const one = await get(`/api/work-sessions/${firms.workSessionId}`, both.cookie);
    expect(codeOf(one)).toBe("403 region.out_of_scope");
  });

  test("are changed by an operator of the whole platform only, with what they were in the audit log", async () => {
    const settings = { name: { zh: "演示", en: "Demo" }, rights: nothing, mayCommand: false };
    expect(codeOf(await change(settings, clerk))).toBe("403 role.forbidden");
    expect(codeOf(await change(settings, local))).toBe("403 region.out_of_scope");
    expect(codeOf(await change(settings, operator, "no-such"))).toBe("404 department.not_found");
    const wrong = { ...settings, name: { zh: " ", en: "Demo" }, rights: { ...nothing, machines: "all" } };
    expect(fieldsOf(await change(wrong))).toEqual(["body.name.zh", "body.rights.machines"]);
    expect(fieldsOf(await change(settings, operator, "X"))).toEqual(["params.departmentKey"]);
    expect((await change(settings, operator, "health")).json()).toMatchObject({
      departmentKey: "health",
      place: 12,
      ...settings,
    });
    const entry = await app.ctx.db
      .selectFrom("audit_log")
      .select("details")
      .where("subject", "=", "department:health")
      .orderBy("seq")
      .executeTakeFirstOrThrow();
    expect(entry.details).toMatchObject({ before: { name: { zh: "卫生健康" } }, after: settings });
  });

  test("a role without a department sees all that it reaches, as ever", async () => {
    const regulator = (await buildStaff(app, "regulator", { region: county })).cookie;
    expect((await get("/api/work-sessions", regulator)).json().items).toMatchObject([
      { welderName: "演***" },
    ]);
    const { sees, mayCommand } = (await get("/api/me", regulator)).json();
    expect(new Set(Object.values(sees))).toEqual(new Set(["personal"]));
    expect(mayCommand).toBe(true);
    const welder = (await get("/api/me", firms.own.welder.cookie)).json();
    expect(welder).toMatchObject({ sees: nothing, mayCommand: false });
  });
});
