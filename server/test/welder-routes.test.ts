import type { WorkSessionId } from "@hanyouxu/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { here } from "./county.ts";
import { engines } from "./database.ts";
import type { TestPlatform } from "./platform.ts";
import { codeOf, fieldsOf, nobody, type TwoFirms, twoFirms } from "./two-firms.ts";

describe.each(engines)("the routes of welders on %s", (engine) => {
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
      const response = await firms.start("welder", own.machine.machineCode, body);
      expect(response.statusCode).toBe(400);
      expect(fieldsOf(response)).toEqual([path]);
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
      expect([wrong.statusCode, ...fieldsOf(wrong)]).toEqual([400, "params.machineCode"]);
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
        items: [{ decisionId: firms.refusedId }],
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
      expect([wrong.statusCode, ...fieldsOf(wrong)]).toEqual([400, "params.workSessionId"]);
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
      for (const who of ["otherWelder", "officer", "operator"] as const)
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
});
