import type { EnterpriseId } from "@hanyouxu/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildMachine, buildWelder, county, here, otherCounty, township } from "./county.ts";
import { engines } from "./database.ts";
import { firmsAndStaff, goodBody, rightUscc } from "./firms-and-staff.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import { codeOf, fieldsOf, nobody } from "./two-firms.ts";

describe.each(engines)("enterprises on %s", (engine) => {
  let app: TestPlatform;
  let firms: Awaited<ReturnType<typeof firmsAndStaff>>;
  beforeAll(async () => {
    app = await withPlatform(engine);
    firms = await firmsAndStaff(app);
  });
  afterAll(() => app?.close());
  const call: typeof firms.call = (...args) => firms.call(...args);
  const names = async (who: Parameters<typeof call>[0], query = "") =>
    (await call(who, "GET", `/api/enterprises?${query}`))
      .json()
      .items.map(({ name }: { name: string }) => name);
  const create = async (body: object = {}) => {
    const response = await call("regulator", "POST", "/api/enterprises", { ...goodBody, ...body });
    expect(codeOf(response)).toBe("200");
    return response.json().enterpriseId as EnterpriseId;
  };
  const detail = async (id: string, who: Parameters<typeof call>[0] = "regulator") =>
    (await call(who, "GET", `/api/enterprises/${id}`)).json();
  const audited = async (id: string) =>
    (
      await app.ctx.db
        .selectFrom("audit_log")
        .select(["action", "details"])
        .where("subject", "=", `enterprise:${id}`)
        .orderBy("seq")
        .execute()
    ).map(({ action }) => action);

  test("lists what is within reach and nothing else", async () => {
    expect(await names("regulator")).toEqual(["演示甲厂"]);
    expect(await names("officer")).toEqual(["演示甲厂"]);
    expect(await names("otherRegulator")).toEqual(["演示乙厂"]);
    expect((await names("operator")).toSorted()).toEqual(["演示甲厂", "演示乙厂"].toSorted());
    expect(await names("officer", `region=${otherCounty}`)).toEqual([]);
    expect(codeOf(await call("installer", "GET", "/api/enterprises"))).toBe("403 role.forbidden");
  });

  test("one is open to staff of its region and its officers", async () => {
    const url = `/api/enterprises/${firms.own}`;
    for (const who of ["regulator", "station", "operator", "officer"] as const)
      expect(codeOf(await call(who, "GET", url))).toBe("200");
    for (const who of ["otherRegulator", "otherOfficer"] as const)
      expect(codeOf(await call(who, "GET", url))).toBe("403 region.out_of_scope");
    expect(codeOf(await call("installer", "GET", url))).toBe("403 role.forbidden");
    expect(codeOf(await call("regulator", "GET", `/api/enterprises/${nobody}`))).toBe(
      "404 enterprise.not_found",
    );
  });

  test("is registered by staff of its region, active at once, people's data sealed and masked", async () => {
    const id = await create({ name: "演示创建", roles: ["welding", "site-owner"], uscc: rightUscc });
    expect(await detail(id)).toMatchObject({
      name: "演示创建",
      uscc: rightUscc,
      roles: ["welding", "site-owner"],
      type: "limited-company",
      domain: "industry",
      industry: "C33",
      staffCount: 12,
      region: township,
      status: "active",
      warnings: [],
      place: goodBody.place,
      address: "演示路 1 号",
      contact: { name: "演****", phone: "139****1234" },
      rights: { editIdentity: true, edit: true, review: true, suspend: true, isOfficer: false },
    });
    const stored = await app.ctx.db
      .selectFrom("enterprises")
      .select(["contact_name_ciphertext", "contact_phone_ciphertext"])
      .where("enterprise_id", "=", id)
      .executeTakeFirstOrThrow();
    expect(Buffer.from(stored.contact_phone_ciphertext!).toString("latin1")).not.toContain("1390000");
    expect(await audited(id)).toEqual(["enterprise.created"]);

    const foreign = { ...goodBody, region: otherCounty };
    expect(codeOf(await call("regulator", "POST", "/api/enterprises", foreign))).toBe(
      "403 region.out_of_scope",
    );
    for (const who of ["officer", "installer"] as const)
      expect(codeOf(await call(who, "POST", "/api/enterprises", goodBody))).toBe("403 role.forbidden");
    const again = { ...goodBody, uscc: rightUscc.toLowerCase() };
    expect(codeOf(await call("regulator", "POST", "/api/enterprises", again))).toBe(
      "409 enterprise.uscc_taken",
    );
    const nowhere = { ...goodBody, region: `${county}199` };
    expect(codeOf(await call("regulator", "POST", "/api/enterprises", nowhere))).toBe(
      "409 enterprise.region_unknown",
    );
  });

  test("a wrong check character warns and does not block", async () => {
    const body = { ...goodBody, uscc: "9135 0100-M000100Y44" };
    const response = await call("regulator", "POST", "/api/enterprises", body);
    expect(response.json()).toMatchObject({ warnings: ["uscc-checksum"] });
    expect(await detail(response.json().enterpriseId)).toMatchObject({
      uscc: "91350100M000100Y44",
      warnings: ["uscc-checksum"],
    });
  });

  test.each([
    [{ name: "甲" }, "body.name"],
    [{ uscc: "91350100M000100Y4" }, "body.uscc"],
    [{ uscc: "91350100I000100Y43" }, "body.uscc"],
    [{ roles: [] }, "body.roles"],
    [{ roles: ["owner"] }, "body.roles.0"],
    [{ type: "firm" }, "body.type"],
    [{ domain: "moon" }, "body.domain"],
    [{ industry: "C99" }, "body.industry"],
    [{ staffCount: 1.5 }, "body.staffCount"],
    [{ staffCount: -1 }, "body.staffCount"],
    [{ region: "33072" }, "body.region"],
    [{ place: { latitudeDegrees: 91, longitudeDegrees: 0 } }, "body.place.latitudeDegrees"],
    [{ contact: { name: "演示", phone: "12345" } }, "body.contact.phone"],
  ])("%j is told that %s is wrong", async (change, path) => {
    for (const [method, url] of [
      ["POST", "/api/enterprises"],
      ["PUT", `/api/enterprises/${firms.own}`],
      ["POST", "/api/enterprise-registrations"],
    ] as const) {
      const response = await call("regulator", method, url, { ...goodBody, ...change });
      expect([response.statusCode, ...fieldsOf(response)]).toEqual([400, path]);
    }
  });

  test("lists filter, sort and page", async () => {
    await create({
      name: "演示一医院",
      roles: ["site-owner"],
      type: "public-institution",
      domain: "health",
      industry: "Q84",
    });
    await create({
      name: "演示二建筑",
      roles: ["welding"],
      type: "limited-company",
      domain: "construction",
      industry: "E47",
    });
    expect(await names("regulator", "role=site-owner&domain=health")).toEqual(["演示一医院"]);
    expect(await names("regulator", "industry=E")).toEqual(["演示二建筑"]);
    expect(await names("regulator", "industry=E47&type=limited-company")).toEqual(["演示二建筑"]);
    expect(await names("regulator", "type=public-institution")).toEqual(["演示一医院"]);
    expect(await names("regulator", "status=suspended")).toEqual([]);
    expect(await names("regulator", `text=${encodeURIComponent("二建")}`)).toEqual(["演示二建筑"]);
    expect(await names("regulator", "text=91350100m000100y43")).toEqual(["演示创建"]);
    const all = await names("regulator", "sort=name");
    expect(await names("regulator", "sort=-name")).toEqual(all.toReversed());
    expect(await names("regulator", "pageSize=2&page=2")).toEqual(all.slice(2, 4));
    for (const [query, field] of [
      ["type=x", "query.type"],
      ["industry=99", "query.industry"],
      ["sort=uscc", "query.sort"],
      ["role=x", "query.role"],
    ] as const) {
      const response = await call("regulator", "GET", `/api/enterprises?${query}`);
      expect([response.statusCode, ...fieldsOf(response)]).toEqual([400, field]);
    }
  });

  test("officers change their own data, not what identifies the firm; a contact left out stays", async () => {
    const id = await create({ name: "演示自理" });
    const { cookie } = await app.signInAs("enterprise-officer", { enterpriseId: id });
    const officer = { cookie };
    const body = { ...goodBody, name: "演示自理" };
    const { contact: _, ...withoutContact } = { ...body, staffCount: 99 };
    expect(codeOf(await call(officer, "PUT", `/api/enterprises/${id}`, withoutContact))).toBe("200");
    expect(await detail(id)).toMatchObject({ staffCount: 99, contact: { phone: "139****1234" } });
    await call(officer, "PUT", `/api/enterprises/${id}`, { ...body, contact: null });
    expect(await detail(id)).toMatchObject({ contact: null });
    for (const change of [
      { name: "演示改名" },
      { uscc: "91330100M000100Y43" },
      { roles: ["welding", "site-owner"] },
      { region: county },
    ]) {
      const response = await call(officer, "PUT", `/api/enterprises/${id}`, { ...body, ...change });
      expect(codeOf(response)).toBe("403 enterprise.identity_reserved");
    }
    expect(codeOf(await call("otherOfficer", "PUT", `/api/enterprises/${id}`, body))).toBe(
      "403 region.out_of_scope",
    );
    expect(
      codeOf(await call("regulator", "PUT", `/api/enterprises/${id}`, { ...body, region: otherCounty })),
    ).toBe("403 region.out_of_scope");
    expect(
      codeOf(await call("station", "PUT", `/api/enterprises/${id}`, { ...body, name: "演示改名" })),
    ).toBe("200");
    expect(await audited(id)).toEqual([
      "enterprise.created",
      "enterprise.updated",
      "enterprise.updated",
      "enterprise.updated",
    ]);
  });

  test("one that registers itself waits for review, is sent back with a reason, mended and approved", async () => {
    const { cookie } = await app.signInAs("welder");
    const applicant = { cookie };
    const body = { ...goodBody, name: "演示自登" };
    const registered = await call(applicant, "POST", "/api/enterprise-registrations", body);
    const id = registered.json().enterpriseId;
    const url = `/api/enterprises/${id}`;
    expect(await detail(id, applicant)).toMatchObject({
      status: "pending",
      rights: { edit: true, editIdentity: true, review: false, isOfficer: true },
    });
    expect(await names("regulator", "status=pending")).toEqual(["演示自登"]);
    for (const who of ["otherRegulator", "otherOfficer"] as const)
      expect(codeOf(await call(who, "POST", `${url}/review`, { isApproved: true }))).toBe(
        "403 region.out_of_scope",
      );
    expect(codeOf(await call(applicant, "POST", `${url}/review`, { isApproved: true }))).toBe(
      "403 role.forbidden",
    );
    const silent = await call("station", "POST", `${url}/review`, { isApproved: false });
    expect([silent.statusCode, ...fieldsOf(silent)]).toEqual([400, "body.reason"]);
    const back = await call("station", "POST", `${url}/review`, { isApproved: false, reason: "名称不全" });
    expect(back.json()).toMatchObject({ status: "rejected", statusReason: "名称不全" });
    expect(codeOf(await call("station", "POST", `${url}/review`, { isApproved: true }))).toBe(
      "409 enterprise.not_pending",
    );
    await call(applicant, "PUT", url, { ...body, name: "演示自登有限公司" });
    expect(await detail(id)).toMatchObject({
      name: "演示自登有限公司",
      status: "pending",
      statusReason: null,
    });
    const approved = await call("station", "POST", `${url}/review`, { isApproved: true });
    expect(approved.json()).toMatchObject({ status: "active" });
    expect(codeOf(await call(applicant, "PUT", url, { ...body, name: "演示又改" }))).toBe(
      "403 enterprise.identity_reserved",
    );
    expect(await audited(id)).toEqual([
      "enterprise.registered",
      "enterprise.rejected",
      "enterprise.updated",
      "enterprise.approved",
    ]);
  });

  test("one person has at most three waiting, also when he asks for many at once", async () => {
    const applicant = await app.signInAs("welder");
    const asked = await Promise.all(
      [1, 2, 3, 4, 5].map((n) =>
        call(applicant, "POST", "/api/enterprise-registrations", { ...goodBody, name: `演示多家${n}` }),
      ),
    );
    expect(asked.map(codeOf).toSorted()).toEqual([
      "200",
      "200",
      "200",
      "409 enterprise.too_many_pending",
      "409 enterprise.too_many_pending",
    ]);
  });

  test("a suspended firm's next start is refused, its running work goes on, and it comes back with a reason", async () => {
    const id = await create({ name: "演示停复" });
    const url = `/api/enterprises/${id}`;
    const [first, second] = [
      await buildMachine(app.ctx, { enterpriseId: id }),
      await buildMachine(app.ctx, { enterpriseId: id }),
    ];
    for (const { chip } of [first, second]) await app.bringOnline(chip);
    const welder = await buildWelder(app, { enterprises: [id] });
    const start = async (machineCode: string) =>
      (
        await call(welder, "POST", "/api/work-sessions", {
          machineCode,
          position: here,
          idempotencyKey: app.ctx.newId(),
        })
      ).json();
    const running = await start(first.machineCode);
    expect(running.outcome).toBe("grant");
    await app.say(first.chip.energised(running.workSession.workSessionId));

    for (const who of ["station", "officer"] as const)
      expect(codeOf(await call(who, "POST", `${url}/suspend`, { reason: "演示检查" }))).toMatch(/^403/);
    const silent = await call("regulator", "POST", `${url}/suspend`, { reason: " " });
    expect(fieldsOf(silent)).toEqual(["body.reason"]);
    expect((await call("regulator", "POST", `${url}/suspend`, { reason: "演示检查" })).json()).toMatchObject({
      status: "suspended",
      statusReason: "演示检查",
    });
    const refused = await start(second.machineCode);
    expect(refused.reasons.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(["enterprise-active"]);
    const workUrl = `/api/work-sessions/${running.workSession.workSessionId}`;
    expect((await call(welder, "GET", workUrl)).json()).toMatchObject({
      status: "energised",
      stopRequestedAt: null,
    });
    expect(codeOf(await call("regulator", "POST", `${url}/suspend`, { reason: "演示检查" }))).toBe(
      "409 enterprise.not_active",
    );
    await call("regulator", "POST", `${url}/reactivate`, { reason: "整改完成" });
    expect((await start(second.machineCode)).outcome).toBe("grant");
    expect(codeOf(await call("regulator", "POST", `${url}/reactivate`, { reason: "整改完成" }))).toBe(
      "409 enterprise.not_suspended",
    );
    expect(await audited(id)).toEqual([
      "enterprise.created",
      "enterprise.suspended",
      "enterprise.reactivated",
    ]);
  });

  test("people are read in full by who may see the firm, each reading in the audit log", async () => {
    const id = await create({ name: "演示通讯" });
    const url = `/api/enterprises/${id}/contacts`;
    expect(codeOf(await call("otherRegulator", "POST", url))).toBe("403 region.out_of_scope");
    expect(codeOf(await call("installer", "POST", url))).toBe("403 role.forbidden");
    expect((await call("regulator", "POST", url)).json()).toEqual({
      contact: { name: "演示联系人", phone: "13900001234" },
      officers: [],
    });
    expect(await audited(id)).toEqual(["enterprise.created", "personal_data.read"]);
  });

  test("names are found by whoever is signed in, active ones only, two characters at least", async () => {
    const found = async (query: string) =>
      (await call("installer", "GET", `/api/enterprise-names?${query}`))
        .json()
        .enterprises.map(({ name }: { name: string }) => name);
    expect(await found(`text=${encodeURIComponent("医院")}`)).toEqual(["演示一医院"]);
    expect(await found(`text=${encodeURIComponent("医院")}&role=welding`)).toEqual([]);
    expect(await found(`text=${encodeURIComponent("演示多家")}`)).toEqual([]);
    const short = await call("installer", "GET", "/api/enterprise-names?text=x");
    expect(fieldsOf(short)).toEqual(["query.text"]);
    const { regions } = (await call("installer", "GET", `/api/enterprise-regions?under=${county}`)).json();
    expect(regions).toEqual([{ region: township, name: `演示${township}` }]);
  });
});
