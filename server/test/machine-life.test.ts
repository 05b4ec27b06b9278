import { parseMachineCode } from "@hanyouxu/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildMachine, county, otherCounty, township } from "./county.ts";
import { engines } from "./database.ts";
import type { TestPlatform } from "./platform.ts";
import { codeOf, fieldsOf, nobody, type TwoFirms, twoFirms, type Who } from "./two-firms.ts";

describe.each(engines)("the life of a machine on %s", (engine) => {
  let firms: TwoFirms;
  let app: TestPlatform;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    app = firms.app;
  });
  afterAll(() => app?.close());
  const get = (who: Who | undefined, url: string) => firms.get(who, url);
  const post = (who: Who | undefined, url: string, body?: object) => firms.post(who, url, body);
  const put = (who: Who, url: string, body: object) =>
    app.call("PUT", url, { body, cookie: firms.cookies[who] });
  const step = (who: Who, machineId: string, name: string, reason = "演示原因") => {
    // Two steps of the same millisecond have no order.
    app.clock.advance(1);
    return post(who, `/api/machines/${machineId}/steps`, { step: name, reason });
  };
  const setStatus = (machineId: string, status: string) =>
    app.ctx.db
      .updateTable("machines")
      .set({ status: status as never })
      .where("machine_id", "=", machineId as never)
      .execute();
  const newMachine = async (hasChip = true) =>
    (await buildMachine(app.ctx, { enterpriseId: firms.own.enterpriseId, hasChip, name: "演示生命" }))
      .machineId;

  describe("registering", () => {
    const entry = (change: object = {}) => ({
      enterpriseId: firms.own.enterpriseId,
      name: "演示新机",
      model: "nbc 350",
      ...change,
    });

    test("gives a code at once, fills in the process, and shows in the timeline", async () => {
      const response = await post("officer", "/api/machines", entry());
      expect(response.statusCode).toBe(201);
      const { machineId, machineCode, process } = response.json();
      expect(process).toBe("GMAW");
      expect(parseMachineCode(machineCode).ok).toBe(true);
      const detail = (await get("regulator", `/api/machines/${machineId}`)).json();
      expect(detail).toMatchObject({
        status: "registered",
        machineCode,
        region: township,
        chipId: null,
        mayEdit: true,
        steps: ["scrap"],
      });
      const { entries } = (await get("officer", `/api/machines/${machineId}/timeline`)).json();
      expect(entries).toMatchObject([
        { type: "step", step: { step: "register", actorName: "演***", toStatus: "registered" } },
      ]);
    });

    test("needs the process from the person when the designation does not tell it", async () => {
      const without = await post("officer", "/api/machines", entry({ model: "KRAFT 7" }));
      expect(fieldsOf(without)).toEqual(["body.process"]);
      const withIt = await post("officer", "/api/machines", entry({ model: "KRAFT 7", process: "GTAW" }));
      expect(withIt.json().process).toBe("GTAW");
      expect(fieldsOf(await post("officer", "/api/machines", entry({ name: "", model: "" })))).toContain(
        "body.name",
      );
    });

    test("is for the firm's officer and for staff of the region", async () => {
      for (const who of ["welder", "installer", "station"] as const)
        expect(codeOf(await post(who, "/api/machines", entry()))).toBe("403 role.forbidden");
      for (const who of ["otherOfficer", "otherRegulator", "unbound"] as const)
        expect(codeOf(await post(who, "/api/machines", entry()))).toBe("403 region.out_of_scope");
      expect(codeOf(await post("regulator", "/api/machines", entry({ region: otherCounty })))).toBe(
        "403 region.out_of_scope",
      );
      expect(codeOf(await post("operator", "/api/machines", entry({ enterpriseId: nobody })))).toBe(
        "404 machine.owner_not_found",
      );
      expect(codeOf(await post("operator", "/api/machines", entry({ region: "990000" })))).toBe(
        "404 region.not_found",
      );
      expect((await post("regulator", "/api/machines", entry({ region: county }))).statusCode).toBe(201);
    });

    test("a serial number that the firm's machine has already is refused beside its field, with what to do", async () => {
      const numbered = entry({ serialNumber: "演示-0007" });
      const first = (await post("officer", "/api/machines", numbered)).json();
      const second = (await post("officer", "/api/machines", entry())).json();
      const change = { name: "演示新机", model: "NBC-350", serialNumber: "演示-0007", reason: "铭牌看错" };
      const refused = [
        await post("regulator", "/api/machines", numbered),
        await put("officer", `/api/machines/${second.machineId}`, change),
      ];
      for (const response of refused) {
        expect(codeOf(response)).toBe("409 machine.serial_number_taken");
        const [{ path, message }] = response.json().error.fields;
        expect(path).toBe("body.serialNumber");
        expect(message).toContain("核对铭牌");
      }
      const same = await put("officer", `/api/machines/${first.machineId}`, change);
      expect(same.statusCode).toBe(200);
      const elsewhere = entry({ enterpriseId: firms.foreign.enterpriseId, serialNumber: "演示-0007" });
      expect((await post("otherOfficer", "/api/machines", elsewhere)).statusCode).toBe(201);
    });

    test("finds the owners within reach", async () => {
      const owners = async (who: Who, text: string) =>
        (await get(who, `/api/machine-owners?text=${encodeURIComponent(text)}`))
          .json()
          .owners.map(({ name }: { name: string }) => name);
      expect(await owners("operator", "演示")).toEqual(["演示乙厂", "演示甲厂"].sort());
      expect(await owners("officer", "")).toEqual(["演示甲厂"]);
      expect(await owners("officer", "乙厂")).toEqual([]);
      expect(codeOf(await get("installer", "/api/machine-owners"))).toBe("403 role.forbidden");
    });

    test("can be corrected, with a reason and what was changed in the audit log", async () => {
      const { machineId } = (await post("officer", "/api/machines", entry())).json();
      const url = `/api/machines/${machineId}`;
      const change = { name: "演示改名", model: "WS-250", serialNumber: "演示1", reason: "铭牌看错" };
      for (const who of ["installer", "station"] as const)
        expect(codeOf(await put(who, url, change))).toBe("403 role.forbidden");
      expect(codeOf(await put("otherOfficer", url, change))).toBe("403 region.out_of_scope");
      expect(fieldsOf(await put("officer", url, { ...change, reason: "x" }))).toEqual(["body.reason"]);
      expect((await put("officer", url, change)).json().process).toBe("GTAW");
      expect((await get("officer", url)).json()).toMatchObject({ name: "演示改名", serialNumber: "演示1" });
      const audit = await app.ctx.db
        .selectFrom("audit_log")
        .select("details")
        .where("action", "=", "machine.edit")
        .where("subject", "=", `machine:${machineId}`)
        .orderBy("seq")
        .execute();
      expect(audit[0]!.details).toMatchObject({
        reason: "铭牌看错",
        changes: { model: { from: "nbc 350", to: "WS-250" }, process: { from: "GMAW", to: "GTAW" } },
      });
      expect(codeOf(await put("operator", `/api/machines/${nobody}`, change))).toBe("404 machine.not_found");
    });

    test("does not change the process under a welder's hands", async () => {
      const url = `/api/machines/${firms.own.machine.machineId}`;
      const change = { name: "演示一号", model: "NBC-350", reason: "铭牌看错" };
      expect(codeOf(await put("officer", url, change))).toBe("409 machine.at_work");
    });
  });

  describe("its steps", () => {
    test("go fitted → in service ↔ under repair → scrapped, each told in the timeline", async () => {
      const machineId = await newMachine();
      await setStatus(machineId, "fitted");
      expect((await step("installer", machineId, "commission")).json()).toEqual({ status: "in-service" });
      expect((await step("officer", machineId, "send-to-repair")).json()).toEqual({ status: "under-repair" });
      expect((await step("officer", machineId, "return-to-service")).json()).toEqual({
        status: "in-service",
      });
      expect((await step("regulator", machineId, "scrap")).json()).toEqual({ status: "scrapped" });
      const detail = (await get("officer", `/api/machines/${machineId}`)).json();
      expect(detail).toMatchObject({ status: "scrapped", chipId: null, steps: [], mayEdit: false });
      const { entries } = (await get("officer", `/api/machines/${machineId}/timeline`)).json();
      expect(entries.map(({ step }: { step: { step: string } }) => step.step)).toEqual([
        "scrap",
        "return-to-service",
        "send-to-repair",
        "commission",
      ]);
      expect(entries[0]).toMatchObject({
        step: { reason: "演示原因", details: { removedChipId: expect.any(String) } },
      });
    });

    test("in the wrong order are refused with the reason and what would be possible", async () => {
      const bare = await newMachine(false);
      await setStatus(bare, "registered");
      expect(codeOf(await step("operator", bare, "commission"))).toBe("409 machine.no_chip");
      const machineId = await newMachine();
      const early = await step("operator", machineId, "return-to-service");
      expect(early.json().error).toMatchObject({
        code: "machine.step_out_of_order",
        details: { status: "in-service", possibleFrom: ["under-repair"] },
      });
      await step("operator", machineId, "scrap");
      for (const name of ["commission", "send-to-repair", "return-to-service", "scrap"])
        expect(codeOf(await step("operator", machineId, name))).toBe("409 machine.scrapped");
      expect(codeOf(await step("officer", firms.own.machine.machineId, "send-to-repair"))).toBe(
        "409 machine.at_work",
      );
    });

    test("are each for their own roles, within reach", async () => {
      const machineId = await newMachine();
      const forbidden: Record<string, Who[]> = {
        commission: ["welder", "officer", "station"],
        "send-to-repair": ["welder"],
        "return-to-service": ["welder", "station"],
        scrap: ["welder", "station", "installer"],
      };
      for (const [name, who] of Object.entries(forbidden)) {
        for (const one of who) expect(codeOf(await step(one, machineId, name))).toBe("403 role.forbidden");
        expect(codeOf(await step("otherRegulator", machineId, name))).toBe("403 region.out_of_scope");
      }
      expect(codeOf(await step("otherOfficer", machineId, "scrap"))).toBe("403 region.out_of_scope");
      expect(codeOf(await step("operator", nobody, "scrap"))).toBe("404 machine.not_found");
      expect(fieldsOf(await post("operator", `/api/machines/${machineId}/steps`, { step: "fly" }))).toEqual([
        "body.step",
        "body.reason",
      ]);
    });

    test("decide whether a certified welder can start it", async () => {
      const { machineId, machineCode } = firms.own.idle;
      const reasons = async () =>
        (await firms.start("welder", machineCode))
          .json()
          .reasons?.map(({ ruleId }: { ruleId: string }) => ruleId);
      await step("officer", machineId, "send-to-repair");
      expect(await reasons()).toContain("machine-in-service");
      await setStatus(machineId, "fitted");
      expect(await reasons()).toContain("machine-in-service");
      await step("installer", machineId, "commission");
      expect(await reasons()).toBeUndefined();
    });
  });

  describe("its inspection", () => {
    const url = (machineId: string) => `/api/machines/${machineId}/inspection`;
    const days = { inspectedOn: "2026-02-01", inspectionDueOn: "2026-03-02", reason: "年度检验" };

    test("is recorded by registrars, shown on the machine and in the reminder list of those who reach it", async () => {
      const machineId = await newMachine();
      for (const who of ["welder", "installer", "station"] as const)
        expect(codeOf(await put(who, url(machineId), days))).toBe("403 role.forbidden");
      expect(codeOf(await put("otherOfficer", url(machineId), days))).toBe("403 region.out_of_scope");
      expect(
        fieldsOf(await put("officer", url(machineId), { ...days, inspectionDueOn: "2026-01-01" })),
      ).toEqual(["body.inspectionDueOn"]);
      expect(
        fieldsOf(await put("officer", url(machineId), { ...days, inspectedOn: "2026-02-30" })),
      ).toContain("body.inspectedOn");
      expect(
        codeOf(
          await put("officer", url(machineId), {
            ...days,
            inspectedOn: "2026-03-02",
            inspectionDueOn: "2027-01-01",
          }),
        ),
      ).toBe("409 inspection.in_future");
      expect((await put("officer", url(machineId), days)).statusCode).toBe(204);
      expect((await get("officer", `/api/machines/${machineId}`)).json()).toMatchObject({
        inspectionDueOn: "2026-03-02",
        isInspectionOverdue: false,
      });
      const due = async (who: Who, query = "") => (await get(who, `/api/machine-inspections${query}`)).json();
      expect(await due("officer")).toMatchObject({ total: 1, items: [{ machineId, daysLeft: 1 }] });
      expect(await due("officer", "?withinDays=0")).toMatchObject({ total: 0 });
      expect(await due("otherRegulator")).toMatchObject({ total: 0, items: [] });
      expect(codeOf(await get("installer", "/api/machine-inspections"))).toBe("403 role.forbidden");
      expect(fieldsOf(await get("officer", "/api/machine-inspections?withinDays=999"))).toEqual([
        "query.withinDays",
      ]);
      await app.ctx.db
        .updateTable("machines")
        .set({ inspection_due_on: "2026-02-28" })
        .where("machine_id", "=", machineId)
        .execute();
      expect(await due("station", "?withinDays=0")).toMatchObject({ items: [{ machineId, daysLeft: -1 }] });
      expect((await get("officer", `/api/machines/${machineId}`)).json().isInspectionOverdue).toBe(true);
    });

    test("is among the facts a start is decided on", async () => {
      const { enterpriseId } = firms.own;
      const { machineId, machineCode } = await buildMachine(app.ctx, { enterpriseId });
      await put("officer", url(machineId), days);
      const started = (await firms.start("welder", machineCode)).json();
      const { decisionId } = started.workSession ?? started;
      const { facts } = (await get("officer", `/api/decisions/${decisionId}`)).json();
      expect(facts.machine.inspectionDueDay).toBe("2026-03-02");
    });
  });
});
