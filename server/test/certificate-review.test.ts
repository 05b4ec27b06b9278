import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildEnterprise, buildMachine, county, here, otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import { asDemo, entryOf, identities, idOf, registered } from "./new-welder.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import { codeOf, fieldsOf, nobody } from "./two-firms.ts";

const base = "/api/certificate-reviews";

describe.each(engines)("the review of certificates on %s", (engine) => {
  let app: TestPlatform;
  let welder: string;
  let staff: Record<"clerk" | "colleague" | "foreign" | "officer" | "installer", string>;
  beforeAll(async () => {
    app = await withPlatform(engine, asDemo);
    welder = await registered(app, "13500000001", identities.adult);
    staff = {
      clerk: (await app.signInAs("regulator", { region: county })).cookie,
      colleague: (await app.signInAs("station-staff", { region: county })).cookie,
      foreign: (await app.signInAs("regulator", { region: otherCounty })).cookie,
      officer: (await app.signInAs("enterprise-officer", { enterpriseId: await buildEnterprise(app.ctx) }))
        .cookie,
      installer: (await app.signInAs("installer", { region: county })).cookie,
    };
  });
  afterAll(() => app?.close());

  const get = async (url: string, cookie?: string) =>
    await app.call("GET", url, cookie === undefined ? {} : { cookie });
  const post = async (url: string, body: object, cookie?: string) =>
    await app.call("POST", url, { body, ...(cookie === undefined ? {} : { cookie }) });
  const submit = async (item: string) => {
    app.clock.advance(30_000);
    return idOf(await post("/api/me/certificates", entryOf(identities.adult, { item }), welder));
  };
  const decide = async (id: string, body: object, cookie = staff.clerk) =>
    await post(`${base}/${id}/decision`, body, cookie);
  const approve = { revision: 1, verdict: "approve" };
  const reject = { revision: 1, verdict: "reject", reason: "photo-unreadable", text: "请重拍正面" };

  test("is closed to strangers, to firms, to installers and to other regions", async () => {
    const id = await submit("pressure-welding");
    const calls = [
      (cookie?: string) => get(`${base}/${id}`, cookie),
      (cookie?: string) => post(`${base}/${id}/decision`, approve, cookie),
      (cookie?: string) => post(`${base}/${id}/unmask`, { reason: "演示核对" }, cookie),
    ];
    expect(codeOf(await get(base))).toBe("401 sign_in.required");
    for (const call of calls) {
      expect(codeOf(await call())).toBe("401 sign_in.required");
      for (const who of ["officer", "installer"] as const)
        expect(codeOf(await call(staff[who]))).toBe("403 role.forbidden");
      expect(codeOf(await call(welder))).toBe("403 role.forbidden");
      expect(codeOf(await call(staff.foreign))).toBe("403 region.out_of_scope");
    }
    expect((await get(base, staff.foreign)).json()).toMatchObject({ total: 0, items: [] });
    expect(codeOf(await get(base, staff.officer))).toBe("403 role.forbidden");
    expect(codeOf(await get(`${base}/${nobody}`, staff.clerk))).toBe("404 certificate.not_found");
    expect((await get(`${base}?state=odd`, staff.clerk)).statusCode).toBe(400);
    await decide(id, approve);
  });

  test("lists those that wait, the first come first, masked", async () => {
    const [first, second] = [await submit("brazing"), await submit("fusion-welding-thermal-cutting")];
    const listed = (await get(base, staff.clerk)).json();
    expect(listed.items.map(({ certificateId }: { certificateId: string }) => certificateId)).toEqual([
      first,
      second,
    ]);
    expect(listed.items[0]).toMatchObject({
      state: "waiting",
      revision: 1,
      registryOutcome: "not-configured",
      welderName: "演****",
      hasPhoto: true,
    });
    expect(JSON.stringify(listed)).not.toContain(identities.adult);
    expect((await get(`${base}?family=construction`, staff.clerk)).json().total).toBe(0);
    expect((await get(`${base}?outcome=unreachable`, staff.clerk)).json().total).toBe(0);
    expect((await get(`${base}?region=${county}`, staff.clerk)).json().total).toBe(2);
  });

  test("shows the numbers in full for a reason, which is recorded", async () => {
    const [{ certificateId: id }] = (await get(base, staff.clerk)).json().items;
    expect(fieldsOf(await post(`${base}/${id}/unmask`, { reason: " " }, staff.clerk))).toEqual([
      "body.reason",
    ]);
    const shown = await post(`${base}/${id}/unmask`, { reason: "演示：与照片核对" }, staff.clerk);
    expect(shown.json()).toEqual({
      name: "演示新焊工",
      identityNumber: identities.adult,
      number: `T${identities.adult}`,
    });
    const entry = await app.ctx.db
      .selectFrom("audit_log")
      .select("details")
      .where("action", "=", "personal_data.read")
      .where("subject", "=", `certificate:${id}`)
      .orderBy("seq")
      .executeTakeFirstOrThrow();
    expect(entry.details).toMatchObject({ reason: "演示：与照片核对" });
    expect(JSON.stringify(entry.details)).not.toContain(identities.adult);
  });

  test.each([
    [{ verdict: "reject" }, "body.reason"],
    [{ verdict: "reject", reason: "other", text: "" }, "body.text"],
    [{ verdict: "reject", reason: "registry-revoked" }, "body.reason"],
    [{ verdict: "perhaps" }, "body.verdict"],
    [{ revision: 0 }, "body.revision"],
  ])("a decision with %j is told that %s is wrong", async (change, path) => {
    const [{ certificateId: id }] = (await get(base, staff.clerk)).json().items;
    const response = await decide(id, { ...approve, ...change });
    expect([response.statusCode, fieldsOf(response)[0]]).toEqual([400, path]);
  });

  test("is decided by one of two who decide in the same instant", async () => {
    const [{ certificateId: id }] = (await get(base, staff.clerk)).json().items;
    const both = await Promise.all([decide(id, approve, staff.clerk), decide(id, reject, staff.colleague)]);
    expect(both.map(codeOf).sort()).toEqual(["200", "409 certificate_review.decided"]);
    expect(codeOf(await decide(id, approve))).toBe("409 certificate_review.decided");
  });

  test("is refused on what the welder has changed meanwhile", async () => {
    const [{ certificateId: id }] = (await get(base, staff.clerk)).json().items;
    const body = entryOf(identities.adult);
    await app.call("PUT", `/api/me/certificates/${id}`, { cookie: welder, body });
    expect(codeOf(await decide(id, approve))).toBe("409 certificate_review.decided");
    expect((await get(`${base}/${id}`, staff.clerk)).json().revision).toBe(2);
  });

  test("in review a machine stays off, rejected too; the welder is told why, sends again, and it starts", async () => {
    const enterpriseId = await buildEnterprise(app.ctx);
    const { machineCode, chip } = await buildMachine(app.ctx, { enterpriseId });
    await app.bringOnline(chip);
    const { personId } = (await app.call("GET", "/api/me", { cookie: welder })).json();
    const { welder_id } = await app.ctx.db
      .selectFrom("welders")
      .select("welder_id")
      .where("person_id", "=", personId)
      .executeTakeFirstOrThrow();
    await app.ctx.db
      .insertInto("enterprise_welders")
      .values({ enterprise_id: enterpriseId, welder_id })
      .execute();
    const start = async () =>
      (
        await post(
          "/api/work-sessions",
          { machineCode, position: here, idempotencyKey: app.ctx.newId() },
          welder,
        )
      ).json();
    const rules = ({ reasons }: { reasons?: { ruleId: string }[] }) => reasons?.map(({ ruleId }) => ruleId);
    const [{ certificateId: id, revision }] = (await get(base, staff.clerk)).json().items;

    expect(rules(await start())).toEqual(["certificate-in-review"]);
    app.clock.advance(1_000);
    const rejected = await decide(id, { ...reject, revision });
    expect(rejected.json()).toMatchObject({
      state: "rejected",
      rejection: { reason: "photo-unreadable", text: "请重拍正面" },
      decidedBy: "演***",
    });
    expect(rules(await start())).toEqual(["certificate-not-rejected"]);
    const { notifications } = (await get("/api/me/notifications", welder)).json();
    expect(notifications[0]).toMatchObject({
      kind: "certificate-rejected",
      data: { reason: "photo-unreadable", text: "请重拍正面" },
    });
    const sent = await app.call("PUT", `/api/me/certificates/${id}`, {
      cookie: welder,
      body: entryOf(identities.adult),
    });
    expect(sent.json()).toMatchObject({ verification: "submitted", rejection: null });
    const now = (await get(`${base}/${id}`, staff.clerk)).json();
    expect((await decide(id, { revision: now.revision, verdict: "approve" })).statusCode).toBe(200);
    expect(await start()).toMatchObject({ outcome: "grant" });
    expect((await get(`${base}?state=approved`, staff.clerk)).json().total).toBeGreaterThan(0);
  });
});

describe.each(engines)("the list of welders on %s", (engine) => {
  let app: TestPlatform;
  let staff: Record<"clerk" | "foreign" | "officer" | "installer", string>;
  let welder: string;
  beforeAll(async () => {
    app = await withPlatform(engine, asDemo);
    welder = await registered(app, "13500000001", identities.adult);
    app.clock.advance(1_000);
    const second = await registered(app, "13500000002", identities.other);
    await post("/api/me/certificates", entryOf(identities.other), second);
    const enterpriseId = await buildEnterprise(app.ctx);
    staff = {
      clerk: (await app.signInAs("regulator", { region: county })).cookie,
      foreign: (await app.signInAs("regulator", { region: otherCounty })).cookie,
      officer: (await app.signInAs("enterprise-officer", { enterpriseId })).cookie,
      installer: (await app.signInAs("installer", { region: county })).cookie,
    };
  });
  afterAll(() => app?.close());
  const get = async (url: string, cookie?: string) =>
    await app.call("GET", url, cookie === undefined ? {} : { cookie });
  const post = async (url: string, body: object, cookie: string) =>
    await app.call("POST", url, { body, cookie });
  const list = async (query = "", cookie = staff.clerk) =>
    (await get(`/api/welders?${query}`, cookie)).json();

  test("is for staff, within reach, and masked", async () => {
    expect(codeOf(await get("/api/welders"))).toBe("401 sign_in.required");
    for (const cookie of [welder, staff.installer])
      expect(codeOf(await get("/api/welders", cookie))).toBe("403 role.forbidden");
    const all = await list();
    expect(all.total).toBe(2);
    expect(JSON.stringify(all)).not.toContain(identities.adult);
    expect(all.items[0]).toMatchObject({ name: "演****", phone: "135****0002" });
    for (const cookie of [staff.foreign, staff.officer]) expect((await list("", cookie)).total).toBe(0);
    const { welderId } = all.items[0];
    expect((await get(`/api/welders/${welderId}`, staff.clerk)).json()).toMatchObject({
      welderId,
      certificates: [{ verification: "submitted" }],
      workSessions: [],
      consents: [{ version: 2 }],
    });
    for (const cookie of [staff.foreign, staff.officer])
      expect(codeOf(await get(`/api/welders/${welderId}`, cookie))).toBe("403 region.out_of_scope");
    expect(codeOf(await get("/api/welders/0198c0de-0000-7000-8000-00000000000a", staff.clerk))).toBe(
      "404 welder.not_found",
    );
    expect((await get("/api/welders/1", staff.clerk)).statusCode).toBe(400);
  });

  test("narrows by state, family, region and a number typed whole", async () => {
    expect((await list("state=waiting")).total).toBe(1);
    expect((await list("state=none")).total).toBe(1);
    expect((await list("state=counting")).total).toBe(0);
    expect((await list("family=emergency")).total).toBe(1);
    expect((await list("family=construction")).total).toBe(0);
    expect((await list(`region=${otherCounty}`)).total).toBe(0);
    for (const number of ["13500000001", identities.adult.toLowerCase()])
      expect((await list(`number=${number}`)).total).toBe(1);
    expect((await list(`number=T${identities.other}`)).total).toBe(1);
    expect((await list("number=135")).total).toBe(0);
    expect((await get("/api/welders?sort=name", staff.clerk)).statusCode).toBe(400);
    expect((await list("sort=createdAt&pageSize=1&page=2")).items).toHaveLength(1);
  });

  test("says what certificates amount to on the day", async () => {
    const state = async () => (await list(`number=${identities.other}`)).items[0].certificateState;
    const change = async (set: object) => await app.ctx.db.updateTable("certificates").set(set).execute();
    await change({ verification: "rejected" });
    expect(await state()).toBe("rejected");
    await change({ verification: "verified" });
    expect(await state()).toBe("counting");
    await change({ review_due_on: "2026-03-20" });
    expect(await state()).toBe("expiring");
    await change({ review_due_on: "2026-02-28" });
    expect(await state()).toBe("lapsed");
    await change({ review_due_on: null, valid_to: "2026-03-01" });
    expect(await state()).toBe("expiring");
    await change({ status: "suspended" });
    expect(await state()).toBe("lapsed");
  });
});
