import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { forgetWorkContacts } from "../src/features/simultaneous-work/simultaneous-work.ts";
import { buildStaff, county, otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import { northOfPoint } from "./hot-work.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import {
  buildPaintedTown,
  contact,
  MINUTE_MS,
  type PaintedTown,
  simultaneousWork,
} from "./simultaneous-work.ts";
import { codeOf, fieldsOf, nobody } from "./two-firms.ts";

describe.each(engines)("declared work on %s", (engine) => {
  let app: TestPlatform;
  let town: PaintedTown;
  let works: ReturnType<typeof simultaneousWork>;
  beforeAll(async () => {
    app = await withPlatform(engine);
    town = await buildPaintedTown(app);
    works = simultaneousWork(app, town);
  });
  afterAll(() => app?.close());

  test("is declared by an officer for the own firm, shown with its contact masked, and ends by itself", async () => {
    const declared = await works.declare(works.painting(500));
    expect(declared.statusCode, declared.body).toBe(201);
    expect(declared.json()).toMatchObject({
      otherWork: {
        kind: "solvent-cleaning-or-painting",
        enterpriseName: "演示涂装公司",
        status: "going",
        contact: { name: "演*****", phone: "139****5678" },
        mayEnd: true,
      },
      conflicts: [],
    });
    const { otherWorkId } = declared.json().otherWork;
    const status = async () =>
      (await works.call(town.regulator, "GET", `/api/other-works/${otherWorkId}`)).json().otherWork;
    expect(await status()).toMatchObject({ status: "going", mayEnd: false });
    const listed = async (isOpen: boolean) =>
      (await works.call(town.regulator, "GET", `/api/other-works?isOpen=${isOpen}`)).json().total;
    expect([await listed(true), await listed(false)]).toEqual([1, 0]);
    app.clock.advance(60 * MINUTE_MS);
    expect(await status()).toMatchObject({ status: "ended", endedAt: null });
    expect([await listed(true), await listed(false)]).toEqual([0, 1]);
    const end = await works.call(town.painterOfficer, "POST", `/api/other-works/${otherWorkId}/end`, {
      reason: "演示停工",
    });
    expect(codeOf(end)).toBe("409 other_work.over");
  });

  test("the contact is sealed at rest", async () => {
    const rows = await app.ctx.db.selectFrom("other_works").selectAll().execute();
    expect(rows.length).toBeGreaterThan(0);
    for (const { contact_name_ciphertext, contact_phone_ciphertext } of rows) {
      expect(Buffer.from(contact_name_ciphertext!).toString("utf8")).not.toContain("欧阳");
      expect(Buffer.from(contact_phone_ciphertext!).toString("latin1")).not.toContain(contact.contactPhone);
    }
  });

  test("a site owner declares what others do at its place, nobody what others do elsewhere", async () => {
    const atSite = works.painting(500, { siteOwnerEnterpriseId: town.siteOwner });
    const declared = await works.declare(atSite, town.approver);
    expect(declared.statusCode, declared.body).toBe(201);
    expect(declared.json().otherWork).toMatchObject({ siteOwnerName: "演示人民医院", mayEnd: true });
    expect(codeOf(await works.declare(atSite, town.stranger))).toBe("403 region.out_of_scope");
    expect(codeOf(await works.declare(works.painting(500), town.ownerOfficer))).toBe(
      "403 region.out_of_scope",
    );
    expect(codeOf(await works.declare(works.painting(500), town.regulator))).toBe("403 role.forbidden");
    expect((await app.call("POST", "/api/other-works", { body: works.painting(500) })).statusCode).toBe(401);
  });

  test("in a key area takes its place and its site owner, and is not declared outside of it", async () => {
    const whole = { ...works.painting(0, { keyAreaId: town.keyAreaId }), place: null };
    const declared = await works.declare(whole);
    expect(declared.statusCode, declared.body).toBe(201);
    expect(declared.json().otherWork).toMatchObject({
      keyAreaId: town.keyAreaId,
      siteOwnerEnterpriseId: town.siteOwner,
      region: "330723100",
    });
    expect(declared.json().otherWork.extentMetres).toBeGreaterThan(50);
    const { latitudeDegrees, longitudeDegrees } = northOfPoint(5_000);
    const elsewhere = { ...whole, place: { latitudeDegrees, longitudeDegrees } };
    expect(codeOf(await works.declare(elsewhere))).toBe("409 other_work.place_outside_area");
    expect(codeOf(await works.declare({ ...whole, keyAreaId: nobody }))).toBe("404 key_area.not_found");
  });

  test("what is wrong is named by its field", async () => {
    const good = works.painting(500);
    const bad = async (change: object) => fieldsOf(await works.declare({ ...good, ...change }));
    expect(await bad({ kind: "gardening" })).toEqual(["body.kind"]);
    expect(await bad({ place: null })).toEqual(["body.place"]);
    expect(await bad({ extentMetres: 301 })).toEqual(["body.extentMetres"]);
    expect(await bad({ floor: "夹层" })).toEqual(["body.floor"]);
    expect(await bad({ contactPhone: "110" })).toEqual(["body.contactPhone"]);
    expect(await bad({ plannedTo: good.plannedFrom })).toEqual(["body.plannedTo"]);
    expect(
      await bad({ plannedTo: new Date(Date.parse(good.plannedFrom) + 32 * 86_400_000).toISOString() }),
    ).toEqual(["body.plannedTo"]);
    const past = { plannedFrom: "2020-01-01T00:00:00Z", plannedTo: "2020-01-02T00:00:00Z" };
    expect(codeOf(await works.declare({ ...good, ...past }))).toBe("409 other_work.time_over");
    expect(codeOf(await works.declare({ ...good, enterpriseId: nobody }))).toBe("404 enterprise.not_found");
  });

  test("is ended before its time by an officer of its firms only, with the reason on record", async () => {
    const { otherWorkId } = (await works.declare(works.painting(500))).json().otherWork;
    const url = `/api/other-works/${otherWorkId}`;
    const reason = { reason: "演示改期" };
    expect((await app.call("POST", `${url}/end`, { body: reason })).statusCode).toBe(401);
    expect(codeOf(await works.call(town.regulator, "POST", `${url}/end`, reason))).toBe("403 role.forbidden");
    expect(codeOf(await works.call(town.stranger, "POST", `${url}/end`, reason))).toBe(
      "403 region.out_of_scope",
    );
    expect(fieldsOf(await works.call(town.painterOfficer, "POST", `${url}/end`, { reason: "" }))).toEqual([
      "body.reason",
    ]);
    const ended = await works.call(town.painterOfficer, "POST", `${url}/end`, reason);
    expect(ended.json()).toMatchObject({ status: "called-off", endReason: "演示改期", mayEnd: false });
    expect(codeOf(await works.call(town.painterOfficer, "POST", `${url}/end`, reason))).toBe(
      "409 other_work.over",
    );
    const audited = await app.ctx.db
      .selectFrom("audit_log")
      .select(["action"])
      .where("subject", "=", `other_work:${otherWorkId}`)
      .orderBy("seq")
      .execute();
    expect(audited.map(({ action }) => action)).toEqual(["other_work.declared", "other_work.ended"]);
  });

  test("is seen by staff of its region and by its firms", async () => {
    const { otherWorkId } = (await works.declare(works.painting(500))).json().otherWork;
    const url = `/api/other-works/${otherWorkId}`;
    expect((await works.call(town.station, "GET", url)).statusCode).toBe(200);
    const outsider = await buildStaff(app, "regulator", { region: otherCounty });
    expect(codeOf(await works.call(outsider, "GET", url))).toBe("403 region.out_of_scope");
    expect(codeOf(await works.call(town.ownerOfficer, "GET", url))).toBe("403 region.out_of_scope");
    expect(codeOf(await works.call(town.regulator, "GET", `/api/other-works/${nobody}`))).toBe(
      "404 other_work.not_found",
    );
    expect((await works.call(outsider, "GET", "/api/other-works")).json().total).toBe(0);
    expect((await works.call(town.ownerOfficer, "GET", "/api/other-works")).json().total).toBe(0);
    expect(codeOf(await works.call(town.welder, "GET", "/api/other-works"))).toBe("403 role.forbidden");
    expect((await app.call("GET", "/api/other-works")).statusCode).toBe(401);
    expect(codeOf(await works.call(town.regulator, "GET", "/api/other-works?kind=gardening"))).toMatch("400");
    const found = await works.call(
      town.regulator,
      "GET",
      `/api/other-works?text=${encodeURIComponent("走廊")}`,
    );
    expect(found.json().total).toBeGreaterThan(0);
  });

  test("its contact is forgotten thirty days after it is over, however it ended, and the work stays on record", async () => {
    const { otherWorkId: ended } = (await works.declare(works.painting(900))).json().otherWork;
    const { otherWorkId: calledOff } = (await works.declare(works.painting(900))).json().otherWork;
    const stop = { reason: "演示停工" };
    await works.call(town.painterOfficer, "POST", `/api/other-works/${calledOff}/end`, stop);
    const contactOf = async (otherWorkId: string) => {
      await forgetWorkContacts(app.ctx);
      // Whoever signed in before the month went by must do so again.
      const { cookie } = await buildStaff(app, "regulator", { region: county });
      const url = `/api/other-works/${otherWorkId}`;
      return (await app.call("GET", url, { cookie })).json().otherWork.contact;
    };
    const DAYS_MS = 24 * 60 * MINUTE_MS;
    app.clock.advance(30 * DAYS_MS);
    expect(await contactOf(calledOff)).toMatchObject({ phone: "139****5678" });
    app.clock.advance(1);
    expect(await contactOf(calledOff)).toBeNull();
    expect(await contactOf(ended)).toMatchObject({ phone: "139****5678" });
    app.clock.advance(60 * MINUTE_MS);
    expect(await contactOf(ended)).toBeNull();
    const left = await app.ctx.db
      .selectFrom("other_works")
      .select("other_work_id")
      .where("contact_phone_ciphertext", "is not", null)
      .execute();
    expect(left).toEqual([]);
  });
});
