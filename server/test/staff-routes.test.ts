import type { WorkSessionId } from "@hanyouxu/protocol";
import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildMachine, county, otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import type { TestPlatform } from "./platform.ts";
import { codeOf, fieldsOf, nobody, type TwoFirms, twoFirms, type Who } from "./two-firms.ts";

describe.each(engines)("the routes of staff on %s", (engine) => {
  let firms: TwoFirms;
  let app: TestPlatform;
  let own: TwoFirms["own"];
  let workSessionId: WorkSessionId;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    ({ app, own, workSessionId } = firms);
  });
  afterAll(() => app?.close());
  const get: TwoFirms["get"] = (who, url) => firms.get(who, url);
  const post: TwoFirms["post"] = (who, url, body) => firms.post(who, url, body);
  const names = (response: LightMyRequestResponse) =>
    response.json().items.map((row: { name?: string; machineName?: string }) => row.name ?? row.machineName);

  describe("for staff", () => {
    const lists = ["/api/machines", "/api/work-sessions", "/api/decisions"];
    const ones = () => [
      `/api/machines/${own.machine.machineId}`,
      `/api/machines/${own.machine.machineId}/timeline`,
      `/api/decisions/${firms.decisionId}`,
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
      for (const who of ["otherRegulator", "otherOfficer", "unbound"] as const) {
        for (const url of ones()) expect(codeOf(await get(who, url))).toBe("403 region.out_of_scope");
      }
      for (const who of ["regulator", "officer", "station", "operator"] as const) {
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
      for (const [who, machines] of Object.entries(expected) as [Who, string[]][]) {
        const response = await get(who, "/api/machines");
        expect(names(response)).toEqual(machines);
        expect(response.json().total).toBe(machines.length);
        const sessions = names(await get(who, "/api/work-sessions"));
        expect(sessions).toEqual(machines.includes("演示一号") ? ["演示一号"] : []);
        const decisions = await get(who, "/api/decisions");
        expect(decisions.json().total).toBe(machines.includes("演示一号") ? 2 : 0);
      }
      for (const query of [
        `region=${otherCounty}`,
        `enterpriseId=${firms.foreign.enterpriseId}`,
        "text=外县",
      ]) {
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
      expect(fieldsOf(response)).toEqual([path]);
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
      expect((await get("officer", `/api/decisions/${firms.decisionId}`)).json()).toMatchObject({
        outcome: "grant",
        replay: { isSame: true, outcome: "grant" },
        welderName: "演***",
        facts: { machine: { id: own.machine.machineId } },
      });
      const refused = (await get("officer", `/api/decisions/${firms.refusedId}`)).json();
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
      for (const who of ["welder", "installer"] as const)
        expect(codeOf(await post(who, urlOf(action), reason))).toBe("403 role.forbidden");
      for (const who of ["otherOfficer", "otherRegulator"] as const)
        expect(codeOf(await post(who, urlOf(action), reason))).toBe("403 region.out_of_scope");
      expect(codeOf(await post("officer", urlOf(action, nobody), reason))).toBe("404 machine.not_found");
      for (const body of [{}, { reason: " " }, { reason: "x".repeat(201) }, { reason: 7 }]) {
        const response = await post("officer", urlOf(action), body);
        expect(response.statusCode).toBe(400);
        expect(fieldsOf(response)).toEqual(["body.reason"]);
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
      const refused = await firms.start("welder", machineCode);
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

  test("staff stop a machine at work: its session is asked to end, by whom and why is in the audit log", async () => {
    const id = (await firms.start("welder", own.idle.machineCode)).json().workSession.workSessionId;
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
      .orderBy("seq")
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
