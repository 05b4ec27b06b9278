import type { PersonId } from "@hanyouxu/protocol";
import { canonicalJson } from "@hanyouxu/rules";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditJson } from "../src/features/audit/audit.ts";
import { eraseDue } from "../src/features/personal-data/personal-data.ts";
import { registerPersonalData } from "../src/features/personal-data/routes.ts";
import { type TestApp, withApp } from "./app.ts";
import { type BuiltWelder, buildStaff, buildWelder, county, otherCounty } from "./county.ts";
import { type Engine, engines } from "./database.ts";
import { codeOf, nobody } from "./two-firms.ts";

test("the audit log's JSON is not rules' canonical JSON: dates and numeric keys are spelt otherwise", () => {
  const plain = { b: [1, null, { d: "焊", c: true }], a: { z: 1.5 } };
  expect(auditJson(plain)).toBe(canonicalJson(plain));
  expect(auditJson({ "10": 1, "9": 2 })).not.toBe(canonicalJson({ "10": 1, "9": 2 }));
  expect(auditJson({ at: new Date(0) })).not.toBe(canonicalJson({ at: new Date(0) }));
});

describe.each(engines)("personal data on %s", (engine: Engine) => {
  const phone = "13812345678";
  const identity = "330723199001015678";
  const name = "演示王小明";
  let app: TestApp;
  let welder: BuiltWelder;
  let regulator: string;
  let otherRegulator: string;
  let operator: string;
  beforeAll(async () => {
    app = await withApp(engine, { register: registerPersonalData });
    welder = await buildWelder(app);
    const { personalData, db } = app.ctx;
    await db
      .updateTable("persons")
      .set({
        name_ciphertext: personalData.seal("name", name),
        phone_ciphertext: personalData.seal("phone", phone),
        phone_index: personalData.blindIndex("phone", phone),
      })
      .where("person_id", "=", welder.personId)
      .execute();
    await db
      .updateTable("welders")
      .set({
        identity_ciphertext: personalData.seal("identity-number", identity),
        identity_index: personalData.blindIndex("identity-number", identity),
      })
      .where("welder_id", "=", welder.welderId)
      .execute();
    regulator = (await buildStaff(app, "regulator", { region: county })).cookie;
    otherRegulator = (await buildStaff(app, "regulator", { region: otherCounty })).cookie;
    operator = (await buildStaff(app, "operator")).cookie;
  });
  afterAll(() => app?.close());
  const call = (method: "GET" | "POST" | "DELETE", url: string, cookie: string, body?: unknown) =>
    app.call(method, url, { cookie, ...(body === undefined ? {} : { body }) });

  test("is masked in lists, and shown in full by role and region with a reason that is audited", async () => {
    const list = await call("GET", "/api/persons?role=welder", regulator);
    expect(list.json().items).toMatchObject([{ name: "演****", phone: "138****5678" }]);
    expect(list.body).not.toContain(phone);
    expect((await call("GET", "/api/persons?role=welder", otherRegulator)).json().total).toBe(0);
    expect(codeOf(await call("GET", "/api/persons", welder.cookie))).toBe("403 role.forbidden");
    const url = `/api/persons/${welder.personId}/unmask`;
    const asked = { fields: ["phone", "identity-number"], reason: "演示核对事故当事人" };
    expect(codeOf(await call("POST", url, otherRegulator, asked))).toBe("403 personal_data.masked");
    expect(codeOf(await call("POST", url, operator, asked))).toBe("403 personal_data.masked");
    expect(codeOf(await call("POST", `/api/persons/${nobody}/unmask`, regulator, asked))).toBe(
      "404 person.not_found",
    );
    expect((await call("POST", url, regulator, { ...asked, reason: "" })).statusCode).toBe(400);
    expect((await call("POST", url, regulator, asked)).json()).toEqual({ phone, identityNumber: identity });
    const audit = await app.ctx.db
      .selectFrom("audit_log")
      .select(["subject", "details"])
      .where("action", "=", "personal_data.read")
      .execute();
    expect(audit).toEqual([
      {
        subject: `person:${welder.personId}`,
        details: { fields: ["identity-number", "phone"], reason: asked.reason },
      },
    ]);
  });

  test("a newer text is asked again from its day on, and a consent can be taken back", async () => {
    const publish = (effectiveFrom: string) =>
      call("POST", "/api/consent-texts", operator, {
        kind: "privacy",
        title: { zh: "演示规则", en: "Demo rules" },
        body: { zh: "演示正文", en: "Demo body" },
        effectiveFrom,
      });
    const own = async () => (await call("GET", "/api/me/consents", welder.cookie)).json().consents;
    const first = (await publish("2026-01-01T00:00:00Z")).json();
    expect(first).toMatchObject({ version: 1, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await own()).toMatchObject([{ text: { version: 1 }, givenAt: null }]);
    const give = (id: string) => call("POST", "/api/me/consents", welder.cookie, { consentTextId: id });
    expect((await give(first.consentTextId)).statusCode).toBe(204);
    expect((await own())[0].givenAt).not.toBeNull();
    const second = (await publish("2026-03-02T00:00:00Z")).json();
    expect(codeOf(await give(second.consentTextId))).toBe("409 consent_text.not_in_force");
    expect(codeOf(await give(nobody))).toBe("404 consent_text.not_found");
    app.clock.advance(25 * 3_600_000);
    welder.cookie = await signInAgain(welder.personId);
    expect(await own()).toMatchObject([{ text: { version: 2 }, givenAt: null, earlierVersion: 1 }]);
    expect((await give(second.consentTextId)).statusCode).toBe(204);
    expect((await call("DELETE", "/api/me/consents/privacy", welder.cookie)).statusCode).toBe(204);
    expect(codeOf(await call("DELETE", "/api/me/consents/privacy", welder.cookie))).toBe(
      "404 consent.not_given",
    );
    expect(codeOf(await call("POST", "/api/consent-texts", welder.cookie, { kind: "x" }))).toMatch(/^40[03]/);
    regulator = await staff("regulator");
    expect((await call("GET", "/api/consent-texts", regulator)).json().total).toBe(2);
  });

  test("its owner gets all of it in the clear, without what signs people in", async () => {
    const { tables } = (await call("GET", "/api/me/personal-data", welder.cookie)).json();
    expect(tables.persons).toMatchObject([{ name, phone }]);
    expect(tables.welders).toMatchObject([{ identity, pseudonym: welder.pseudonym }]);
    expect(tables.certificates).toMatchObject([{ number: "330723199001011234" }]);
    expect(Object.keys(tables)).toEqual(expect.arrayContaining(["consents", "sign_ins", "role_grants"]));
    expect(JSON.stringify(tables)).not.toMatch(/token_digest|phone_index|password/);
  });

  test("erasure leaves nothing readable in any table; what is kept is listed and goes when it is due", async () => {
    const requested = await call("POST", "/api/me/erasure", welder.cookie);
    expect(requested.json()).toMatchObject({
      status: "requested",
      kept: [{ part: "certificates", isVerified: false }],
    });
    expect(codeOf(await call("POST", "/api/me/erasure", welder.cookie))).toBe("409 erasure.requested");
    const decide = (cookie: string, decision = "approve") =>
      call("POST", `/api/erasure-requests/${requested.json().erasureRequestId}/decide`, cookie, {
        decision,
        reason: "演示依申请办理",
      });
    otherRegulator = await staff("regulator", otherCounty);
    expect(codeOf(await decide(otherRegulator))).toBe("403 region.out_of_scope");
    expect(codeOf(await decide(welder.cookie))).toBe("403 role.forbidden");
    expect((await call("GET", "/api/erasure-requests", regulator)).json().total).toBe(1);
    const certificate = (
      await app.ctx.db.selectFrom("certificates").select("number_ciphertext").executeTakeFirstOrThrow()
    ).number_ciphertext!;
    const approved = await decide(regulator);
    expect(approved.json()).toMatchObject({ status: "partly", kept: [{ part: "certificates" }] });
    expect(codeOf(await decide(regulator))).toBe("409 erasure.decided");
    await expectGone([name, phone, identity]);
    expect(codeOf(await call("GET", "/api/me", welder.cookie))).toBe("401 sign_in.required");

    app.clock.advance(700 * 86_400_000);
    expect(await eraseDue(app.ctx)).toBe(1);
    await expectGone([name, phone, identity, "330723199001011234"], [certificate]);
    const [request] = await app.ctx.db.selectFrom("erasure_requests").select("status").execute();
    expect(request!.status).toBe("done");
    const kept = await app.ctx.db
      .selectFrom("welders")
      .select("pseudonym")
      .where("welder_id", "=", welder.welderId)
      .execute();
    expect(kept).toEqual([{ pseudonym: welder.pseudonym }]);
  });

  test("statistics hide small counts", async () => {
    regulator = await staff("regulator");
    for (let n = 0; n < 3; n++) await buildWelder(app, { certificate: { validTo: "2099-12-31" } });
    const shown = (await call("GET", "/api/statistics/welders", regulator)).json();
    expect(shown).toMatchObject({
      smallestCount: 5,
      families: ["emergency"],
      rows: [{ counts: [null], total: null }],
    });
    const { cookie } = await app.signInAs("welder");
    expect(codeOf(await call("GET", "/api/statistics/welders", cookie))).toBe("403 role.forbidden");
  });

  async function staff(role: "regulator", region = county): Promise<string> {
    return (await buildStaff(app, role, { region })).cookie;
  }

  async function signInAgain(personId: PersonId): Promise<string> {
    const { startSession } = await import("../src/features/sign-in/session.ts");
    const { token } = await app.ctx.db
      .transaction()
      .execute((tx) =>
        startSession(app.ctx, tx, personId, "phone", { userAgent: "test", address: "127.0.0.1" }),
      );
    return `hy_session=${token}`;
  }

  /** Every text, JSON and byte of every table: neither the words, nor a sealed value that opens to them, nor the old bytes. */
  async function expectGone(words: string[], sealed: Uint8Array[] = []): Promise<void> {
    const { rows: columns } = await sql<{ table_name: string; column_name: string }>`
      select table_name, column_name from information_schema.columns join information_schema.tables using (table_schema, table_name)
      where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(app.ctx.db);
    expect(columns.length).toBeGreaterThan(100);
    const fields = ["name", "phone", "identity-number", "certificate-number"] as const;
    const indexes = words.flatMap((word) =>
      fields.map((field) => Buffer.from(app.ctx.personalData.blindIndex(field, word)).toString("hex")),
    );
    for (const { table_name, column_name } of columns) {
      const { rows } = await sql<{ value: unknown }>`
        select ${sql.ref(column_name)} as value from ${sql.table(table_name)} where ${sql.ref(column_name)} is not null`.execute(
        app.ctx.db,
      );
      for (const { value } of rows) {
        const where = `${table_name}.${column_name}`;
        if (!(value instanceof Uint8Array)) {
          const text = JSON.stringify(value) ?? "";
          for (const word of words) expect(text.includes(word), where).toBe(false);
          continue;
        }
        expect(indexes.includes(Buffer.from(value).toString("hex")), where).toBe(false);
        for (const old of sealed) expect(Buffer.compare(old, value) === 0, where).toBe(false);
        for (const field of fields) expect(words.includes(opened(field, value)), where).toBe(false);
      }
    }
  }

  function opened(
    field: "name" | "phone" | "identity-number" | "certificate-number",
    value: Uint8Array,
  ): string {
    try {
      return app.ctx.personalData.open(field, value);
    } catch {
      return "";
    }
  }
});
