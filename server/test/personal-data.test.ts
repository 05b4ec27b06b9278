import type { PersonId } from "@hanyouxu/protocol";
import { canonicalJson, digestOf } from "@hanyouxu/rules";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BlobMissing } from "../src/blobs/blob-store.ts";
import { sha256 } from "../src/crypto/sha256.ts";
import { auditJson } from "../src/features/audit/audit.ts";
import { eraseDue } from "../src/features/personal-data/personal-data.ts";
import { registerPersonalData } from "../src/features/personal-data/routes.ts";
import { pictureOf, withPhoto } from "../src/features/photos/photos.ts";
import { type TestApp, withApp } from "./app.ts";
import { type BuiltWelder, buildEnterprise, buildStaff, buildWelder, county, otherCounty } from "./county.ts";
import { type Engine, engines } from "./database.ts";
import { aPicture, newcomer } from "./new-welder.ts";
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
      .orderBy("seq")
      .execute();
    expect(audit).toEqual([
      {
        subject: `person:${welder.personId}`,
        details: { fields: ["identity-number", "phone"], reason: asked.reason },
      },
    ]);
  });

  test("a newer text is asked again from its day on, and a consent can be taken back", async () => {
    const changes = { zh: "演示：新增一条", en: "Demo: one more line" };
    const publish = (effectiveFrom: string, changes?: object) =>
      call("POST", "/api/consent-texts", operator, {
        kind: "privacy",
        title: { zh: "演示规则", en: "Demo rules" },
        body: { zh: "演示正文", en: "Demo body" },
        ...(changes ? { changes } : {}),
        effectiveFrom,
      });
    const own = async () => (await call("GET", "/api/me/consents", welder.cookie)).json().consents;
    const [seeded] = await own();
    expect(seeded).toMatchObject({
      text: { kind: "privacy", version: 2, changes: { en: expect.any(String) } },
      givenAt: null,
    });
    const { title, body, sha256: digest } = seeded.text;
    expect(digestOf({ title, body }, sha256)).toBe(digest);
    expect(codeOf(await publish("2026-01-01T00:00:00Z"))).toBe("400 consent_text.changes_missing");
    const first = (await publish("2026-01-01T00:00:00Z", changes)).json();
    expect(first).toMatchObject({ version: 3, changes, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await own()).toMatchObject([{ text: { version: 3 }, givenAt: null }]);
    expect(codeOf(await call("POST", "/api/me/consents", welder.cookie, seeded.text))).toBe(
      "409 consent_text.not_in_force",
    );
    const give = (id: string) => call("POST", "/api/me/consents", welder.cookie, { consentTextId: id });
    expect((await give(first.consentTextId)).statusCode).toBe(204);
    expect((await own())[0].givenAt).not.toBeNull();
    const second = (await publish("2026-03-02T00:00:00Z", changes)).json();
    expect(codeOf(await give(second.consentTextId))).toBe("409 consent_text.not_in_force");
    expect(codeOf(await give(nobody))).toBe("404 consent_text.not_found");
    app.clock.advance(25 * 3_600_000);
    welder.cookie = await signInAgain(welder.personId);
    expect(await own()).toMatchObject([{ text: { version: 4, changes }, givenAt: null, earlierVersion: 3 }]);
    expect((await give(second.consentTextId)).statusCode).toBe(204);
    expect((await call("DELETE", "/api/me/consents/privacy", welder.cookie)).statusCode).toBe(204);
    expect(codeOf(await call("DELETE", "/api/me/consents/privacy", welder.cookie))).toBe(
      "404 consent.not_given",
    );
    expect(codeOf(await call("POST", "/api/consent-texts", welder.cookie, { kind: "x" }))).toMatch(/^40[03]/);
    regulator = await staff("regulator");
    expect((await call("GET", "/api/consent-texts", regulator)).json().total).toBe(4);
  });

  test("its owner gets all of it in the clear, without what signs people in", async () => {
    const { tables } = (await call("GET", "/api/me/personal-data", welder.cookie)).json();
    expect(tables.persons).toMatchObject([{ name, phone }]);
    expect(tables.welders).toMatchObject([{ identity, pseudonym: welder.pseudonym }]);
    expect(tables.certificates).toMatchObject([{ number: "330723199001011234" }]);
    expect(Object.keys(tables)).toEqual(expect.arrayContaining(["consents", "sign_ins", "role_grants"]));
    expect(JSON.stringify(tables)).not.toMatch(/token_digest|phone_index|password/);
  });

  test("somebody without a name and a role is erased by whoever runs the whole platform", async () => {
    const cookie = await newcomer(app, "13912340000");
    expect((await call("GET", "/api/me/personal-data", cookie)).json().tables.persons).toMatchObject([
      { name: "", phone: "13912340000" },
    ]);
    const requested = (await call("POST", "/api/me/erasure", cookie)).json();
    expect(requested).toMatchObject({ status: "requested", name: "", regionName: null, kept: [] });
    const url = `/api/erasure-requests/${requested.erasureRequestId}/decide`;
    const decision = { decision: "approve", reason: "演示依申请办理" };
    regulator = await staff("regulator");
    expect((await call("GET", "/api/erasure-requests", regulator)).json().total).toBe(0);
    expect(codeOf(await call("POST", url, regulator, decision))).toBe("403 region.out_of_scope");
    operator = (await buildStaff(app, "operator")).cookie;
    expect((await call("GET", "/api/erasure-requests", operator)).json().total).toBe(1);
    expect((await call("POST", url, operator, decision)).json()).toMatchObject({ status: "done", kept: [] });
    expect(codeOf(await call("GET", "/api/me", cookie))).toBe("401 sign_in.required");
    await expectGone(["13912340000"]);
  });

  test("erasure leaves nothing readable in any table; what is kept is listed and goes when it is due", async () => {
    const [portrait, photo] = await addTraces();
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
    await expect(app.ctx.blobs.get(portrait!)).rejects.toBeInstanceOf(BlobMissing);
    await expect(app.ctx.blobs.get(photo!)).resolves.toBeInstanceOf(Uint8Array);
    const left = async (
      table: "import_rows" | "notifications" | "staff_invitations" | "welder_invitations",
    ) => (await app.ctx.db.selectFrom(table).selectAll().execute()).length;
    for (const table of ["import_rows", "notifications", "staff_invitations", "welder_invitations"] as const)
      expect([table, await left(table)]).toEqual([table, 0]);
    expect(await app.ctx.db.selectFrom("imports").select(["status", "file_ciphertext"]).execute()).toEqual([
      { status: "cancelled", file_ciphertext: null },
    ]);
    expect(codeOf(await call("GET", "/api/me", welder.cookie))).toBe("401 sign_in.required");

    app.clock.advance(700 * 86_400_000);
    expect(await eraseDue(app.ctx)).toBe(1);
    await expectGone([name, phone, identity, "330723199001011234"], [certificate]);
    await expect(app.ctx.blobs.get(photo!)).rejects.toBeInstanceOf(BlobMissing);
    expect(await app.ctx.db.selectFrom("blobs").selectAll().execute()).toEqual([]);
    const [request] = await app.ctx.db
      .selectFrom("erasure_requests")
      .select("status")
      .where("person_id", "=", welder.personId)
      .execute();
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

  /** What the other features keep about the welder: pictures, notices, invitations, lists, a firm's contact. */
  async function addTraces(): Promise<string[]> {
    const { ctx } = app;
    const { db, personalData } = ctx;
    const { personId, welderId } = welder;
    const now = new Date(ctx.clock.nowMs());
    const { certificate_id } = await db
      .selectFrom("certificates")
      .select("certificate_id")
      .where("welder_id", "=", welderId)
      .executeTakeFirstOrThrow();
    const picture = pictureOf(aPicture);
    const portrait = await withPhoto(
      ctx,
      { personId, kind: "portrait", picture },
      async (tx, portrait_blob_id) => {
        await tx.updateTable("welders").set({ portrait_blob_id }).where("welder_id", "=", welderId).execute();
        return portrait_blob_id!;
      },
    );
    const photo = await withPhoto(
      ctx,
      { personId, kind: "certificate-photo", picture },
      async (tx, blobId) => {
        const rejection_text = "演示：330723199001011234 看不清";
        const entry = { certificate_id, submitted_at: now, photo_blob_id: blobId, rejection_text };
        await tx.insertInto("certificate_submissions").values(entry).execute();
        return blobId!;
      },
    );
    const data = JSON.stringify({ name, phone });
    await db
      .insertInto("notifications")
      .values({ notification_id: ctx.newId(), person_id: personId, kind: "demo", data, created_at: now })
      .execute();
    await db
      .insertInto("staff_invitations")
      .values({
        invitation_id: ctx.newId(),
        person_id: personId,
        token_digest: ctx.random(32),
        totp_ciphertext: personalData.seal("totp-secret", "A"),
        issued_by: "system",
        issued_at: now,
        expires_at: now,
      })
      .execute();
    const enterprise_id = await buildEnterprise(ctx, { name: "演示甲厂" });
    await db
      .updateTable("enterprises")
      .set({
        registered_by: personId,
        contact_name_ciphertext: personalData.seal("name", name),
        contact_phone_ciphertext: personalData.seal("phone", phone),
      })
      .where("enterprise_id", "=", enterprise_id)
      .execute();
    const invitation_id = ctx.newId();
    await db
      .insertInto("welder_invitations")
      .values({ invitation_id, enterprise_id, welder_id: welderId, invited_by: personId, invited_at: now })
      .execute();
    const import_id = ctx.newId();
    await db
      .insertInto("imports")
      .values({
        import_id,
        kind: "welders",
        file_name: "demo.csv",
        file_format: "csv",
        file_bytes: 1,
        file_sha256: ctx.random(32),
        file_ciphertext: personalData.seal("import-file", "5ryU56S6"),
        file_until: new Date(now.getTime() + 86_400_000),
        uploaded_by: personId,
        uploaded_at: now,
        scope: "{}",
        status: "checked",
      })
      .execute();
    const identity_index = Buffer.from(personalData.blindIndex("identity-number", identity)).toString(
      "base64",
    );
    await db
      .insertInto("import_rows")
      .values({ import_id, row_number: 2, data: JSON.stringify({ person: { identity_index, name } }) })
      .execute();
    return [portrait, photo];
  }

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
