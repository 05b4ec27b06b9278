import type { EnterpriseId } from "@hanyouxu/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type BuiltWelder, buildEnterprise, buildMachine, buildWelder, here } from "./county.ts";
import { engines } from "./database.ts";
import { firmsAndStaff } from "./firms-and-staff.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import { codeOf, fieldsOf, nobody } from "./two-firms.ts";

describe.each(engines)("the people of an enterprise on %s", (engine) => {
  let app: TestPlatform;
  let firms: Awaited<ReturnType<typeof firmsAndStaff>>;
  let enterpriseId: EnterpriseId;
  let officer: { personId: string; cookie: string };
  let url: string;
  let phones = 0;
  beforeAll(async () => {
    app = await withPlatform(engine);
    firms = await firmsAndStaff(app);
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    app.clock.advance(60_000);
    enterpriseId = await buildEnterprise(app.ctx);
    officer = await app.signInAs("enterprise-officer", { enterpriseId });
    url = `/api/enterprises/${enterpriseId}`;
  });
  const call: typeof firms.call = (...args) => firms.call(...args);
  const newPhone = () => `1380000${String(++phones).padStart(4, "0")}`;
  const welderWithPhone = async (enterprises: EnterpriseId[] = []) => {
    const welder = await buildWelder(app, { enterprises });
    const phone = newPhone();
    await app.ctx.db
      .updateTable("persons")
      .set({
        phone_index: app.ctx.personalData.blindIndex("phone", phone),
        phone_ciphertext: app.ctx.personalData.seal("phone", phone),
      })
      .where("person_id", "=", welder.personId)
      .execute();
    return { ...welder, phone };
  };
  const start = async (welder: BuiltWelder, machineCode: string) =>
    (
      await call(welder, "POST", "/api/work-sessions", {
        machineCode,
        position: here,
        idempotencyKey: app.ctx.newId(),
      })
    ).json();
  const rulesOf = (answer: { reasons?: { ruleId: string }[] }) =>
    answer.reasons?.map(({ ruleId }) => ruleId) ?? [];
  const machineOf = async (owner: EnterpriseId) => {
    const machine = await buildMachine(app.ctx, { enterpriseId: owner });
    await app.bringOnline(machine.chip);
    return machine.machineCode;
  };
  const people = async (query = "") =>
    (await call(officer, "GET", `${url}/welders?${query}`)).json().items as {
      welderId: string;
      relation: string;
      isListed: boolean;
      throughName: string | null;
    }[];

  test("every route is for staff of its region and its own officers", async () => {
    const routes = [
      ["GET", `${url}/officers`],
      ["POST", `${url}/officers`, { name: "演示李四", phone: newPhone() }],
      ["DELETE", `${url}/officers/${nobody}`],
      ["GET", `${url}/welders`],
      ["POST", `${url}/welders`, { phone: newPhone() }],
      ["DELETE", `${url}/welders/${nobody}`],
      ["PUT", `${url}/whitelist`, { allowsListedOnly: true }],
      ["PUT", `${url}/whitelist/${nobody}`, { isListed: true }],
      ["GET", `${url}/contracts`],
      [
        "POST",
        `${url}/contracts`,
        { contractorId: nobody, startsOn: "2026-03-01", endsOn: "2026-03-02", allowsMachines: true },
      ],
      ["POST", `${url}/contracts/${nobody}/end`],
    ] as const;
    for (const [method, path, body] of routes) {
      const as = async (who: Parameters<typeof call>[0]) => codeOf(await call(who, method, path, body));
      expect(await as("otherOfficer")).toBe("403 region.out_of_scope");
      expect(await as("otherRegulator")).toBe("403 region.out_of_scope");
      expect(await as("installer")).toBe("403 role.forbidden");
      const welder = await buildWelder(app);
      expect(await as(welder)).toBe("403 role.forbidden");
      const elsewhere = path.replace(enterpriseId, nobody);
      expect(codeOf(await call("regulator", method, elsewhere, body))).toBe("404 enterprise.not_found");
    }
  });

  describe("officers", () => {
    test("are made by phone, known or new, sign in by it, and are shown masked", async () => {
      const phone = newPhone();
      const added = await call(officer, "POST", `${url}/officers`, { name: "演示王五", phone });
      expect(added.json()).toMatchObject({ name: "演***", phone: `138****${phone.slice(-4)}` });
      expect(codeOf(await call(officer, "POST", `${url}/officers`, { name: "演示王五", phone }))).toBe(
        "409 enterprise.officer_already",
      );
      const known = await welderWithPhone();
      const second = await call("regulator", "POST", `${url}/officers`, {
        name: "演示别名",
        phone: known.phone,
      });
      expect(second.json().personId).toBe(known.personId);
      const { officers } = (await call(officer, "GET", `${url}/officers`)).json();
      expect(officers).toHaveLength(3);
      // The name of a person who is known stays as it is.
      const inFull = (await call(officer, "POST", `${url}/contacts`)).json().officers;
      expect(inFull).toContainEqual({ personId: known.personId, name: "演示张三", phone: known.phone });
      expect(codeOf(await call(known, "GET", url))).toBe("200");
    });

    test("at least one remains, also when two are taken away at once", async () => {
      const last = await call("regulator", "DELETE", `${url}/officers/${officer.personId}`);
      expect(codeOf(last)).toBe("409 enterprise.last_officer");
      const second = await app.signInAs("enterprise-officer", { enterpriseId });
      const both = await Promise.all(
        [officer, second].map(({ personId }) => call("regulator", "DELETE", `${url}/officers/${personId}`)),
      );
      expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([204, 409]);
      expect(codeOf(await call("regulator", "DELETE", `${url}/officers/${nobody}`))).toBe(
        "404 enterprise.officer_not_found",
      );
    });

    test.each([
      [{ name: "王", phone: "13800000000" }, "body.name"],
      [{ name: "演示王五", phone: "123" }, "body.phone"],
    ])("%j is told that %s is wrong", async (body, path) => {
      const response = await call(officer, "POST", `${url}/officers`, body);
      expect([response.statusCode, ...fieldsOf(response)]).toEqual([400, path]);
    });
  });

  describe("members", () => {
    test("are asked by an officer and agree on the phone; only then may they start its machines", async () => {
      const welder = await welderWithPhone();
      const machineCode = await machineOf(enterpriseId);
      const asked = await call(officer, "POST", `${url}/welders`, { phone: welder.phone });
      expect(asked.json()).toEqual({ welderId: welder.welderId, relation: "invited" });
      expect(codeOf(await call(officer, "POST", `${url}/welders`, { phone: welder.phone }))).toBe(
        "409 enterprise.welder_already",
      );
      expect(await people()).toMatchObject([{ welderId: welder.welderId, relation: "invited" }]);
      expect(rulesOf(await start(welder, machineCode))).toEqual(["welder-authorised-for-machine"]);
      const { invitations } = (await call(welder, "GET", "/api/me/memberships")).json();
      expect(invitations).toMatchObject([{ enterpriseId, name: "演示焊接厂" }]);
      const answerUrl = `/api/me/invitations/${invitations[0].invitationId}`;
      const stranger = await buildWelder(app);
      expect(codeOf(await call(stranger, "POST", answerUrl, { isAccepted: true }))).toBe(
        "404 enterprise.invitation_not_found",
      );
      expect((await call(welder, "POST", answerUrl, { isAccepted: true })).statusCode).toBe(204);
      expect((await call(welder, "GET", "/api/me/memberships")).json()).toMatchObject({
        memberships: [{ enterpriseId }],
        invitations: [],
      });
      expect((await start(welder, machineCode)).outcome).toBe("grant");
      expect(codeOf(await call(welder, "POST", answerUrl, { isAccepted: false }))).toBe(
        "404 enterprise.invitation_not_found",
      );
      expect(codeOf(await call(officer, "GET", "/api/me/memberships"))).toBe("403 role.forbidden");
      expect(codeOf(await call(officer, "POST", answerUrl, { isAccepted: true }))).toBe("403 role.forbidden");
    });

    test("who declines stays out, and can be asked again", async () => {
      const welder = await welderWithPhone();
      await call(officer, "POST", `${url}/welders`, { phone: welder.phone });
      const { invitations } = (await call(welder, "GET", "/api/me/memberships")).json();
      await call(welder, "POST", `/api/me/invitations/${invitations[0].invitationId}`, { isAccepted: false });
      expect(await people()).toEqual([]);
      expect((await call(officer, "POST", `${url}/welders`, { phone: welder.phone })).statusCode).toBe(200);
    });

    test("are added at once by staff, and let go", async () => {
      const welder = await welderWithPhone();
      const added = await call("station", "POST", `${url}/welders`, { phone: welder.phone });
      expect(added.json()).toEqual({ welderId: welder.welderId, relation: "member" });
      expect(codeOf(await call("station", "POST", `${url}/welders`, { phone: welder.phone }))).toBe(
        "409 enterprise.welder_already",
      );
      expect((await call(officer, "DELETE", `${url}/welders/${welder.welderId}`)).statusCode).toBe(204);
      expect(await people()).toEqual([]);
      expect(codeOf(await call(officer, "DELETE", `${url}/welders/${welder.welderId}`))).toBe(
        "404 enterprise.welder_not_found",
      );
      expect(codeOf(await call(officer, "POST", `${url}/welders`, { phone: newPhone() }))).toBe(
        "404 enterprise.welder_not_found",
      );
      const wrong = await call(officer, "POST", `${url}/welders`, { phone: "1" });
      expect(fieldsOf(wrong)).toEqual(["body.phone"]);
    });

    test("of a firm with a list start its machines only when they are on it", async () => {
      const [listed, other] = [await welderWithPhone([enterpriseId]), await welderWithPhone([enterpriseId])];
      const machineCode = await machineOf(enterpriseId);
      await call(officer, "PUT", `${url}/whitelist`, { allowsListedOnly: true });
      await call(officer, "PUT", `${url}/whitelist/${listed.welderId}`, { isListed: true });
      expect(rulesOf(await start(other, machineCode))).toEqual(["welder-on-owners-list"]);
      expect((await start(listed, machineCode)).outcome).toBe("grant");
      expect((await people()).find(({ welderId }) => welderId === listed.welderId)).toMatchObject({
        isListed: true,
      });
      const stranger = await buildWelder(app);
      expect(
        codeOf(await call(officer, "PUT", `${url}/whitelist/${stranger.welderId}`, { isListed: true })),
      ).toBe("404 enterprise.welder_not_found");
      await call(officer, "PUT", `${url}/whitelist`, { allowsListedOnly: false });
      const second = await machineOf(enterpriseId);
      expect((await start(other, second)).outcome).toBe("grant");
    });
  });

  describe("contracts", () => {
    const contract = (change: object = {}) => ({
      startsOn: "2026-03-01",
      endsOn: "2026-12-31",
      allowsMachines: true,
      ...change,
    });

    test("let a contractor's welders start the client's machines for their days and no longer", async () => {
      const contractorId = await buildEnterprise(app.ctx, { name: "演示承包队" });
      const welder = await welderWithPhone([contractorId]);
      const machineCode = await machineOf(enterpriseId);
      expect(rulesOf(await start(welder, machineCode))).toEqual(["welder-authorised-for-machine"]);
      const today = "2026-03-01";
      const added = await call(
        officer,
        "POST",
        `${url}/contracts`,
        contract({ contractorId, endsOn: "2026-03-02" }),
      );
      expect(added.json()).toMatchObject({
        clientId: enterpriseId,
        contractorId,
        startsOn: today,
        isInForce: true,
      });
      expect(await people("relation=contractor")).toMatchObject([
        { welderId: welder.welderId, throughName: "演示承包队" },
      ]);
      const granted = await start(welder, machineCode);
      expect(granted).toMatchObject({
        outcome: "grant",
        workSession: { contractorEnterpriseId: contractorId, contractorName: "演示承包队" },
      });
      // Both sides see it; the firm it works for may end it as well.
      const contractor = await app.signInAs("enterprise-officer", { enterpriseId: contractorId });
      const other = `/api/enterprises/${contractorId}/contracts`;
      const { contracts } = (await call(contractor, "GET", other)).json();
      expect(contracts).toHaveLength(1);
      const endUrl = `${other}/${contracts[0].contractId}/end`;
      expect((await call(contractor, "POST", endUrl)).statusCode).toBe(204);
      expect(codeOf(await call(contractor, "POST", endUrl))).toBe("404 enterprise.contract_not_found");
      const second = await machineOf(enterpriseId);
      expect(rulesOf(await start(welder, second))).toEqual(["welder-authorised-for-machine"]);
    });

    test("without machines, in the future or of a suspended contractor open none", async () => {
      for (const [change, status] of [
        [{ allowsMachines: false }, "active"],
        [{ startsOn: "2026-12-30" }, "active"],
        [{}, "suspended"],
      ] as const) {
        const contractorId = await buildEnterprise(app.ctx);
        const welder = await welderWithPhone([contractorId]);
        await call(officer, "POST", `${url}/contracts`, contract({ contractorId, ...change }));
        await app.ctx.db
          .updateTable("enterprises")
          .set({ status })
          .where("enterprise_id", "=", contractorId)
          .execute();
        expect(rulesOf(await start(welder, await machineOf(enterpriseId)))).toEqual([
          "welder-authorised-for-machine",
        ]);
      }
    });

    test("need another active welding firm, a period, and no second for the same days", async () => {
      const post = (body: object) => call(officer, "POST", `${url}/contracts`, body);
      for (const contractorId of [enterpriseId, nobody])
        expect(codeOf(await post(contract({ contractorId })))).toBe("409 enterprise.contractor_unfit");
      const suspended = await buildEnterprise(app.ctx, { status: "suspended" });
      expect(codeOf(await post(contract({ contractorId: suspended })))).toBe(
        "409 enterprise.contractor_unfit",
      );
      const contractorId = await buildEnterprise(app.ctx);
      for (const [change, path] of [
        [{ endsOn: "2026-02-28" }, "body.endsOn"],
        [{ endsOn: "2026-13-01" }, "body.endsOn"],
        [{ contractorId: "1" }, "body.contractorId"],
        [{ allowsMachines: "yes" }, "body.allowsMachines"],
      ] as const) {
        const response = await post(contract({ contractorId, ...change }));
        expect([response.statusCode, ...fieldsOf(response)]).toEqual([400, path]);
      }
      const twice = await Promise.all([post(contract({ contractorId })), post(contract({ contractorId }))]);
      expect(twice.map(codeOf).toSorted()).toEqual(["200", "409 enterprise.contract_overlaps"]);
    });
  });
});
