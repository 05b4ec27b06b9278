import type { EnterpriseId, WorkSessionId } from "@hanyouxu/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type BuiltMachine,
  type BuiltWelder,
  buildEnterprise,
  buildMachine,
  buildStaff,
  buildWelder,
  county,
  here,
  otherCounty,
} from "./county.ts";
import { engines } from "./database.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";

const nobody = "0198c0de-0000-7000-8000-00000000000a";

describe.each(engines)("the chain's routes on %s", (engine) => {
  let app: TestPlatform;
  let own: { enterpriseId: EnterpriseId; machine: BuiltMachine; idle: BuiltMachine; welder: BuiltWelder };
  let foreign: { enterpriseId: EnterpriseId; machine: BuiltMachine; welder: BuiltWelder };
  let workSessionId: WorkSessionId;
  let decisionId: string;
  let refusedId: string;
  /** Cookies by who they are. */
  const as: Record<string, string> = {};

  beforeAll(async () => {
    app = await withPlatform(engine);
    const { ctx } = app;
    const ownId = await buildEnterprise(ctx, { name: "演示甲厂" });
    const foreignId = await buildEnterprise(ctx, { name: "演示乙厂", region: otherCounty });
    own = {
      enterpriseId: ownId,
      machine: await buildMachine(ctx, { enterpriseId: ownId, name: "演示一号", process: "SMAW" }),
      idle: await buildMachine(ctx, {
        enterpriseId: ownId,
        name: "演示二号",
        process: "GMAW",
        isMobile: true,
      }),
      welder: await buildWelder(app, { enterprises: [ownId] }),
    };
    foreign = {
      enterpriseId: foreignId,
      machine: await buildMachine(ctx, { enterpriseId: foreignId, region: otherCounty, name: "演示外县" }),
      welder: await buildWelder(app, { enterprises: [foreignId], region: otherCounty }),
    };
    for (const { chip } of [own.machine, own.idle, foreign.machine]) await app.bringOnline(chip);
    const started = await start(own.welder.cookie, own.machine.machineCode);
    ({ workSessionId, decisionId } = started.json().workSession);
    await app.say(own.machine.chip.energised(workSessionId));
    await app.say(own.machine.chip.telemetry({ arcCurrentDeciamps: 1_234, flags: { arcOn: true } }));
    refusedId = (await start(foreign.welder.cookie, own.machine.machineCode)).json().decisionId;
    as.welder = own.welder.cookie;
    as.otherWelder = foreign.welder.cookie;
    as.operator = (await buildStaff(app, "operator")).cookie;
    as.regulator = (await buildStaff(app, "regulator", { region: county })).cookie;
    as.otherRegulator = (await buildStaff(app, "regulator", { region: otherCounty })).cookie;
    as.station = (await buildStaff(app, "station-staff", { region: county })).cookie;
    as.officer = (await buildStaff(app, "enterprise-officer", { enterpriseId: ownId })).cookie;
    as.otherOfficer = (await buildStaff(app, "enterprise-officer", { enterpriseId: foreignId })).cookie;
    as.installer = (await buildStaff(app, "installer", { region: county })).cookie;
    as.unbound = (await buildStaff(app, "regulator")).cookie;
  });
  afterAll(() => app?.close());

  const start = async (cookie: string, machineCode: string, body: object = {}) =>
    await app.call("POST", "/api/work-sessions", {
      cookie,
      body: { machineCode, position: here, idempotencyKey: app.ctx.newId(), ...body },
    });
  const get = async (who: string | undefined, url: string) =>
    await app.call("GET", url, who === undefined ? {} : { cookie: as[who]! });
  const post = async (who: string | undefined, url: string, body: object = {}) =>
    await app.call("POST", url, { body, ...(who === undefined ? {} : { cookie: as[who]! }) });
  const codeOf = (response: { statusCode: number; json(): { error?: { code: string } } }) =>
    `${response.statusCode} ${response.json().error?.code ?? ""}`.trim();
  const fieldOf = (response: { json(): { error: { fields: { path: string }[] } } }) =>
    response.json().error.fields.map(({ path }) => path);
  const names = (response: { json(): { items: { name?: string; machineName?: string }[] } }) =>
    response.json().items.map(({ name, machineName }) => name ?? machineName);

  describe("for staff", () => {
    const lists = ["/api/machines", "/api/work-sessions", "/api/decisions"];
    const ones = () => [
      `/api/machines/${own.machine.machineId}`,
      `/api/machines/${own.machine.machineId}/timeline`,
      `/api/decisions/${decisionId}`,
      `/api/work-sessions/${workSessionId}`,
    ];

    test("ask who it is", async () => {
      for (const url of [...lists, ...ones()])
        expect(codeOf(await get(undefined, url))).toBe("401 sign_in.required");
    });

    test("are closed to installers, and lists to welders", async () => {
      for (const url of [...lists, ...ones()])
        expect(codeOf(await get("installer", url))).toBe("403 role.forbidden");
      for (const url of lists) expect(codeOf(await get("welder", url))).toBe("403 role.forbidden");
    });

    test("are closed beyond one's region or enterprise", async () => {
      for (const who of ["otherRegulator", "otherOfficer", "unbound"]) {
        for (const url of ones()) expect(codeOf(await get(who, url))).toBe("403 region.out_of_scope");
      }
      for (const who of ["regulator", "officer", "station", "operator"]) {
        for (const url of ones()) expect(codeOf(await get(who, url))).toBe("200");
      }
    });

    test("list what is within reach, whatever is asked for", async () => {
      const all = ["演示一号", "演示二号", "演示外县"];
      const expected: Record<string, string[]> = {
        operator: all,
        regulator: all.slice(0, 2),
        officer: all.slice(0, 2),
        otherOfficer: all.slice(2),
        otherRegulator: all.slice(2),
        unbound: [],
      };
      for (const [who, machines] of Object.entries(expected)) {
        const response = await get(who, "/api/machines");
        expect(names(response)).toEqual(machines);
        expect(response.json().total).toBe(machines.length);
        const sessions = names(await get(who, "/api/work-sessions"));
        expect(sessions).toEqual(machines.includes("演示一号") ? ["演示一号"] : []);
        const decisions = await get(who, "/api/decisions");
        expect(decisions.json().total).toBe(machines.includes("演示一号") ? 2 : 0);
      }
      for (const query of [`region=${otherCounty}`, `enterpriseId=${foreign.enterpriseId}`, "text=外县"]) {
        expect(names(await get("officer", `/api/machines?${query}`))).toEqual([]);
        expect(names(await get("operator", `/api/machines?${query}`))).toEqual(["演示外县"]);
      }
    });

    test("filter, sort and page machines", async () => {
      const list = async (query: string) => names(await get("operator", `/api/machines?${query}`));
      expect(await list("sort=-name")).toEqual(["演示外县", "演示二号", "演示一号"].sort().reverse());
      expect(await list("state=arcing")).toEqual(["演示一号"]);
      expect(await list("process=GMAW")).toEqual(["演示二号"]);
      expect(await list("isMobile=true")).toEqual(["演示二号"]);
      expect(await list(`region=${county}`)).toEqual(["演示一号", "演示二号"]);
      expect(await list("text=zx7")).toHaveLength(3);
      expect(await list(`text=${own.idle.machineCode.toLowerCase().slice(2, 9)}`)).toEqual(["演示二号"]);
      expect(await list("pageSize=1&page=2")).toEqual([(await list(""))[1]]);
      expect(await list("page=9")).toEqual([]);
      for (const text of ["%", "_", "' or true --", "\\", "<b>"]) {
        expect(await list(`text=${encodeURIComponent(text)}`)).toEqual([]);
      }
    });

    test("filter sessions and decisions", async () => {
      const total = async (url: string) => (await get("operator", url)).json().total;
      expect(await total("/api/work-sessions?status=energised")).toBe(1);
      expect(await total("/api/work-sessions?status=ended")).toBe(0);
      expect(await total(`/api/work-sessions?machineId=${own.idle.machineId}`)).toBe(0);
      expect(await total(`/api/work-sessions?from=2026-01-01T00:00:00Z&to=2026-12-31T00:00:00Z`)).toBe(1);
      expect(await total(`/api/work-sessions?to=2026-01-01T00:00:00Z`)).toBe(0);
      expect(await total("/api/work-sessions?text=甲厂")).toBe(1);
      expect(await total("/api/decisions?outcome=refuse")).toBe(1);
      expect(await total(`/api/decisions?machineId=${own.machine.machineId}`)).toBe(2);
    });

    test.each([
      ["/api/machines?page=0", "query.page"],
      ["/api/machines?pageSize=201", "query.pageSize"],
      ["/api/machines?state=flying", "query.state"],
      ["/api/machines?region=33%25", "query.region"],
      ["/api/machines?enterpriseId=1", "query.enterpriseId"],
      ["/api/machines?sort=chip_id", "query.sort"],
      ["/api/machines/1", "params.machineId"],
      [`/api/machines/${nobody}/timeline?limit=1000`, "query.limit"],
      [`/api/machines/${nobody}/timeline?before=yesterday`, "query.before"],
      ["/api/work-sessions?status=x", "query.status"],
      ["/api/work-sessions?from=2026", "query.from"],
      ["/api/work-sessions/1", "params.workSessionId"],
      ["/api/decisions?outcome=maybe", "query.outcome"],
      ["/api/decisions/1", "params.decisionId"],
    ])("%s is told that %s is wrong", async (url, path) => {
      const response = await get("operator", url);
      expect(response.statusCode).toBe(400);
      expect(fieldOf(response)).toEqual([path]);
    });

    test("a text with a NUL finds nothing and breaks nothing", async () => {
      for (const url of lists)
        expect([200, 400]).toContain((await get("operator", `${url}?text=%00`)).statusCode);
    });

    test("say when there is no such thing", async () => {
      expect(codeOf(await get("operator", `/api/machines/${nobody}`))).toBe("404 machine.not_found");
      expect(codeOf(await get("operator", `/api/machines/${nobody}/timeline`))).toBe("404 machine.not_found");
      expect(codeOf(await get("operator", `/api/work-sessions/${nobody}`))).toBe(
        "404 work_session.not_found",
      );
      expect(codeOf(await get("operator", `/api/decisions/${nobody}`))).toBe("404 decision.not_found");
    });

    test("show a machine with its readings, its session with a masked name, and what happened to it", async () => {
      const detail = (await get("officer", `/api/machines/${own.machine.machineId}`)).json();
      expect(detail).toMatchObject({
        state: "arcing",
        chipId: own.machine.chip.chipId,
        readings: { currentAmps: 123.4, position: { latitudeDegrees: 28.9, longitudeDegrees: 119.8 } },
        workSession: { workSessionId, status: "energised", welderName: "演***" },
      });
      const { entries } = (await get("officer", `/api/machines/${own.machine.machineId}/timeline`)).json();
      expect(entries.map(({ type }: { type: string }) => type).sort()).toEqual([
        "decision",
        "decision",
        "event",
        "work-session",
      ]);
      const first = (await get("officer", `/api/machines/${own.machine.machineId}/timeline?limit=1`)).json();
      expect(first.entries).toEqual(entries.slice(0, 1));
      const earlier = `/api/machines/${own.machine.machineId}/timeline?before=2026-01-01T00:00:00Z`;
      expect((await get("officer", earlier)).json()).toEqual({ entries: [] });
    });

    test("show a decision with its facts, replayed the same", async () => {
      expect((await get("officer", `/api/decisions/${decisionId}`)).json()).toMatchObject({
        outcome: "grant",
        replay: { isSame: true, outcome: "grant" },
        welderName: "演***",
        facts: { machine: { id: own.machine.machineId } },
      });
      const refused = (await get("officer", `/api/decisions/${refusedId}`)).json();
      expect(refused).toMatchObject({ outcome: "refuse", replay: { isSame: true, outcome: "refuse" } });
      expect(refused.reasons.map(({ ruleId }: { ruleId: string }) => ruleId)).toContain(
        "welder-authorised-for-machine",
      );
    });
  });

  describe("that act on a machine", () => {
    const actions = ["stop", "lock", "unlock"];
    const urlOf = (action: string, id: string = own.idle.machineId) => `/api/machines/${id}/${action}`;
    const reason = { reason: "演示检查" };

    test.each(actions)("%s: for staff within reach, with a reason", async (action) => {
      expect(codeOf(await post(undefined, urlOf(action), reason))).toBe("401 sign_in.required");
      for (const who of ["welder", "installer"])
        expect(codeOf(await post(who, urlOf(action), reason))).toBe("403 role.forbidden");
      for (const who of ["otherOfficer", "otherRegulator"])
        expect(codeOf(await post(who, urlOf(action), reason))).toBe("403 region.out_of_scope");
      expect(codeOf(await post("officer", urlOf(action, nobody), reason))).toBe("404 machine.not_found");
      for (const body of [{}, { reason: " " }, { reason: "x".repeat(201) }, { reason: 7 }]) {
        const response = await post("officer", urlOf(action), body);
        expect(response.statusCode).toBe(400);
        expect(fieldOf(response)).toEqual(["body.reason"]);
      }
    });

    test("stopping a machine where nobody works says so", async () => {
      expect(codeOf(await post("station", urlOf("stop"), reason))).toBe("409 machine.not_working");
    });

    test("a lock holds from the moment it is asked for, is told to the chip and kept in the audit log", async () => {
      const { chip, machineId, machineCode } = own.idle;
      const locked = await post("station", urlOf("lock"), reason);
      const command = app.lastCommandTo(chip, "lock");
      expect(locked.json()).toEqual({ commandId: command.commandId });
      expect(command).toMatchObject({ audience: chip.chipId, locked: true });
      expect((await get("officer", `/api/machines/${machineId}`)).json()).toMatchObject({
        state: "locked",
        lockReason: "演示检查",
      });
      const refused = await start(own.welder.cookie, machineCode);
      expect(refused.json().reasons.map(({ ruleId }: { ruleId: string }) => ruleId)).toContain(
        "machine-not-locked",
      );
      await post("officer", urlOf("unlock"), reason);
      expect(app.lastCommandTo(chip, "lock")).toMatchObject({ locked: false });
      expect((await get("officer", `/api/machines/${machineId}`)).json()).toMatchObject({
        state: "idle",
        lockReason: null,
      });
      const audit = await app.ctx.db
        .selectFrom("audit_log")
        .select(["action", "details"])
        .where("subject", "=", `machine:${machineId}`)
        .orderBy("seq")
        .execute();
      expect(audit).toEqual([
        { action: "machine.locked", details: reason },
        { action: "machine.unlocked", details: reason },
      ]);
    });

    test("a machine without a chip is locked all the same", async () => {
      const { machineId } = await buildMachine(app.ctx, {
        enterpriseId: own.enterpriseId,
        hasChip: false,
        name: "演示无芯",
      });
      expect((await post("officer", urlOf("lock", machineId), reason)).json()).toEqual({ commandId: null });
      expect((await get("officer", `/api/machines/${machineId}`)).json().state).toBe("locked");
    });
  });

  describe("for welders", () => {
    const sheet = (code: string) => `/api/machine-codes/${code}`;
    const stopUrl = () => `/api/work-sessions/${workSessionId}/stop`;

    test("ask who it is, and for a welder", async () => {
      const reads = [
        "/api/me/work-sessions",
        "/api/me/decisions",
        "/api/me/certificates",
        sheet(own.machine.machineCode),
      ];
      for (const url of reads) {
        expect(codeOf(await get(undefined, url))).toBe("401 sign_in.required");
        expect(codeOf(await get("officer", url))).toBe("403 role.forbidden");
      }
      const body = { machineCode: own.machine.machineCode, position: null, idempotencyKey: "attempt-1" };
      expect(codeOf(await post(undefined, "/api/work-sessions", body))).toBe("401 sign_in.required");
      expect(codeOf(await post("officer", "/api/work-sessions", body))).toBe("403 role.forbidden");
      const { cookie } = await app.signInAs("welder");
      for (const url of reads)
        expect(codeOf(await app.call("GET", url, { cookie }))).toBe("403 welder.not_registered");
      expect(codeOf(await app.call("POST", "/api/work-sessions", { cookie, body }))).toBe(
        "403 welder.not_registered",
      );
    });

    test.each([
      [{ machineCode: 7 }, "body.machineCode"],
      [{ machineCode: "x".repeat(301) }, "body.machineCode"],
      [{ position: undefined }, "body.position"],
      [{ position: { ...here, latitudeDegrees: 91 } }, "body.position.latitudeDegrees"],
      [{ position: { ...here, accuracyMetres: -1 } }, "body.position.accuracyMetres"],
      [{ idempotencyKey: "short" }, "body.idempotencyKey"],
      [{ idempotencyKey: "'; drop table x; --" }, "body.idempotencyKey"],
    ])("a start with %j is told that %s is wrong", async (body, path) => {
      const response = await start(as.welder!, own.machine.machineCode, body);
      expect(response.statusCode).toBe(400);
      expect(fieldOf(response)).toEqual([path]);
    });

    test("show the sheet of a code, also typed by hand or as the label's address", async () => {
      const { machineCode } = own.machine;
      const typed = machineCode
        .toLowerCase()
        .replace(/(.{4})/g, "$1-")
        .slice(0, -1);
      for (const code of [machineCode, typed, encodeURIComponent(`https://hy.example.cn/m/${machineCode}`)]) {
        const response = await get("welder", sheet(code));
        expect(response.json()).toMatchObject({
          machineId: own.machine.machineId,
          machineCode,
          isHeldByOther: false,
          ownWorkSessionId: workSessionId,
        });
      }
      expect((await get("otherWelder", sheet(machineCode))).json()).toMatchObject({
        isHeldByOther: true,
        ownWorkSessionId: null,
      });
      const wrong = await get("welder", sheet("AAAA"));
      expect([wrong.statusCode, ...fieldOf(wrong)]).toEqual([400, "params.machineCode"]);
    });

    test("show one's own work and refusals, and nobody else's", async () => {
      const mine = (await get("welder", "/api/me/work-sessions")).json();
      expect(mine).toMatchObject({ total: 1, items: [{ workSessionId, welderName: "演示张三" }] });
      expect((await get("otherWelder", "/api/me/work-sessions")).json()).toMatchObject({
        total: 0,
        items: [],
      });
      expect((await get("otherWelder", "/api/me/decisions")).json()).toMatchObject({
        total: 1,
        items: [{ decisionId: refusedId }],
      });
      expect((await get("welder", `/api/work-sessions/${workSessionId}`)).json()).toMatchObject({
        status: "energised",
        currentAmps: 123.4,
        isArcing: true,
        isMachineOnline: true,
        welderName: "演示张三",
      });
      for (const url of [
        `/api/work-sessions/${workSessionId}`,
        `/api/work-sessions/${workSessionId}/progress`,
      ]) {
        expect(codeOf(await get("otherWelder", url))).toBe("403 role.forbidden");
        expect(codeOf(await get(undefined, url))).toBe("401 sign_in.required");
        expect(codeOf(await get("otherOfficer", url))).toBe("403 region.out_of_scope");
      }
      expect(codeOf(await get("welder", `/api/work-sessions/${nobody}/progress`))).toBe(
        "404 work_session.not_found",
      );
      const wrong = await get("welder", "/api/work-sessions/1/progress");
      expect([wrong.statusCode, ...fieldOf(wrong)]).toEqual([400, "params.workSessionId"]);
    });

    test("show one's own certificates with the number masked", async () => {
      const { certificates } = (await get("welder", "/api/me/certificates")).json();
      expect(certificates).toMatchObject([
        { item: "fusion-welding-thermal-cutting", status: "valid", validTo: "2026-12-31" },
      ]);
      expect(certificates[0].number).toMatch(/\*{4,}/);
      expect(certificates[0].number).not.toContain("1990");
    });

    test("stop is for who holds the work, and once", async () => {
      expect(codeOf(await post(undefined, stopUrl()))).toBe("401 sign_in.required");
      for (const who of ["otherWelder", "officer", "operator"])
        expect(codeOf(await post(who, stopUrl()))).toBe("403 role.forbidden");
      expect(codeOf(await post("welder", `/api/work-sessions/${nobody}/stop`))).toBe(
        "404 work_session.not_found",
      );
      const stopped = await post("welder", stopUrl());
      expect(stopped.json()).toMatchObject({
        workSessionId,
        status: "energised",
        stopRequestedAt: expect.any(String),
      });
      expect(app.lastCommandTo(own.machine.chip, "revoke")).toMatchObject({ workSessionId });
      await app.say(own.machine.chip.deEnergised(workSessionId));
      expect(codeOf(await post("welder", stopUrl()))).toBe("409 work_session.not_open");
      expect(
        codeOf(await post("station", `/api/machines/${own.machine.machineId}/stop`, { reason: "演示检查" })),
      ).toBe("409 machine.not_working");
    });
  });

  test("staff stop a machine at work: its session is asked to end, by whom and why is in the audit log", async () => {
    const id = (await start(own.welder.cookie, own.idle.machineCode)).json().workSession.workSessionId;
    const { machineId, chip } = own.idle;
    await app.say(chip.energised(id));
    const response = await post("officer", `/api/machines/${machineId}/stop`, { reason: "演示险情" });
    const revoke = app.lastCommandTo(chip, "revoke");
    expect(response.json()).toEqual({ commandId: revoke.commandId });
    expect(revoke).toMatchObject({ workSessionId: id, reason: "stopped" });
    const audit = await app.ctx.db
      .selectFrom("audit_log")
      .select(["details"])
      .where("action", "=", "machine.stopped")
      .execute();
    expect(audit).toEqual([{ details: { reason: "演示险情", workSessionId: id } }]);
  });

  test("the map's ground is open to everyone and holds no secret", async () => {
    const response = await get(undefined, "/api/map-config");
    expect(response.json()).toMatchObject({ base: { kind: "outline" }, approvalNumber: null, isDemo: false });
  });

  test("demo accounts are nowhere outside a demonstration", async () => {
    expect((await get("operator", "/api/demo/accounts")).statusCode).toBe(404);
  });
});
