import type { RegionCode } from "@hanyouxu/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildRegion, buildStaff, county, township } from "./county.ts";
import { engines } from "./database.ts";
import { aPicture, asDemo, consentTextId, identities, newcomer, registered } from "./new-welder.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import { codeOf, fieldsOf, nobody } from "./two-firms.ts";

describe.each(engines)("registering as a welder on %s", (engine) => {
  let app: TestPlatform;
  let phones = 0;
  const newPhone = () => `1360000${String(++phones).padStart(4, "0")}`;
  beforeAll(async () => {
    app = await withPlatform(engine, asDemo);
    await buildRegion(app.ctx, county);
    await buildRegion(app.ctx, township, county);
    // Only where somebody is responsible can anybody register.
    await buildStaff(app, "regulator", { region: county });
  });
  afterAll(() => app?.close());

  const good = () => ({ name: "演示王五", identityNumber: identities.adult, township, consentTextId });
  const register = async (cookie: string | undefined, body: object) =>
    await app.call("POST", "/api/me/welder", { body, ...(cookie ? { cookie } : {}) });

  test("is for who is signed in", async () => {
    expect(codeOf(await register(undefined, good()))).toBe("401 sign_in.required");
    expect(codeOf(await app.call("GET", "/api/registration"))).toBe("401 sign_in.required");
    expect(codeOf(await app.call("PUT", "/api/me/portrait", { body: { photo: aPicture } }))).toBe(
      "401 sign_in.required",
    );
  });

  test.each([
    ["a name of one letter", { name: "王" }, "body.name"],
    ["a name with digits", { name: "王5" }, "body.name"],
    ["a short number", { identityNumber: identities.adult.slice(0, 14) }, "body.identityNumber"],
    [
      "a wrong check character",
      { identityNumber: `${identities.adult.slice(0, 17)}${identities.adult.endsWith("1") ? "2" : "1"}` },
      "body.identityNumber",
    ],
    ["a birthday that is none", { identityNumber: "330723189002300018" }, "body.identityNumber"],
    ["somebody under 18", { identityNumber: identities.child }, "body.identityNumber"],
    ["a birthday nobody living has", { identityNumber: identities.ancient }, "body.identityNumber"],
    ["a county for a township", { township: county }, "body.township"],
    ["a township that is not there", { township: "330723999" }, "body.township"],
    ["no consent", { consentTextId: "" }, "body.consentTextId"],
  ])("with %s is told beside the field", async (_name, change, path) => {
    const cookie = await newcomer(app, newPhone());
    const response = await register(cookie, { ...good(), ...change });
    expect([response.statusCode, ...fieldsOf(response)]).toEqual([400, path]);
  });

  test("begins as a person without name and roles once the code is right, the same one next time", async () => {
    const phone = newPhone();
    const me = async () => (await app.call("GET", "/api/me", { cookie: await newcomer(app, phone) })).json();
    const first = await me();
    expect(first).toMatchObject({ name: "", phone: `136****${phone.slice(-4)}`, roles: [] });
    app.clock.advance(3_600_000);
    app.messages.length = 0;
    expect((await me()).personId).toBe(first.personId);
  });

  test("a newcomer's code works once, also in the same instant", async () => {
    const phone = newPhone();
    await app.call("POST", "/api/sign-in/code", { body: { phone } });
    const sent = () => app.messages.findLast((message) => message.phone === phone)?.code;
    await expect.poll(sent).toBeDefined();
    const verify = async () =>
      await app.call("POST", "/api/sign-in/verify", { body: { phone, code: sent() } });
    const both = await Promise.all([verify(), verify()]);
    expect(both.map((response) => response.statusCode).sort()).toEqual([200, 401]);
  });

  test("makes a person a welder with a name, a role and a consent, sealed and in the log", async () => {
    const cookie = await newcomer(app, newPhone());
    const sheet = (await app.call("GET", "/api/registration", { cookie })).json();
    expect(sheet).toMatchObject({ isRegistered: false, name: "", consent: { consentTextId, version: 2 } });
    expect(sheet.townships).toEqual([
      { code: township, name: `演示${township}`, countyName: `演示${county}` },
    ]);
    const answer = await register(cookie, good());
    expect(answer.json()).toMatchObject({
      name: "演示王五",
      roles: [{ role: "welder", region: null, enterpriseId: null }],
    });
    expect((await app.call("GET", "/api/registration", { cookie })).json().isRegistered).toBe(true);
    expect((await app.call("GET", "/api/me/certificates", { cookie })).json()).toEqual({ certificates: [] });
    const { personId } = answer.json();
    const consents = await app.ctx.db
      .selectFrom("consents")
      .select(["consent_text_id", "withdrawn_at"])
      .where("person_id", "=", personId)
      .execute();
    expect(consents).toEqual([{ consent_text_id: consentTextId, withdrawn_at: null }]);
    const welder = await app.ctx.db
      .selectFrom("welders")
      .selectAll()
      .where("person_id", "=", personId)
      .executeTakeFirstOrThrow();
    expect(welder.region_code).toBe(township);
    expect(Buffer.from(welder.identity_ciphertext!).toString("latin1")).not.toContain(identities.adult);
    const entry = await app.ctx.db
      .selectFrom("audit_log")
      .select("details")
      .where("action", "=", "welder.registered")
      .where("actor", "=", personId)
      .orderBy("seq")
      .executeTakeFirstOrThrow();
    expect(JSON.stringify(entry.details)).not.toContain(identities.adult);
    expect(codeOf(await register(cookie, good()))).toBe("409 registration.done");
  });

  test("one identity number is one welder, and the refusal does not tell whose", async () => {
    const cookie = await newcomer(app, newPhone());
    const lower = identities.adult.toLowerCase();
    const response = await register(cookie, { ...good(), name: "演示赵六", identityNumber: lower });
    expect(codeOf(response)).toBe("409 registration.identity_taken");
    expect(response.json().error.message).toContain("原手机号");
    expect(response.body).not.toContain("王五");
    // Nothing of the attempt stays.
    expect((await app.call("GET", "/api/me", { cookie })).json()).toMatchObject({ name: "", roles: [] });
  });

  test("twice in the same instant makes one", async () => {
    const cookie = await newcomer(app, newPhone());
    const body = { ...good(), identityNumber: identities.other };
    const both = await Promise.all([register(cookie, body), register(cookie, body)]);
    expect(both.map((response) => response.statusCode).sort()).toEqual([200, 409]);
  });

  test("an officer becomes a welder under the name that is known", async () => {
    const phone = newPhone();
    await app.addPerson({ phone, name: "演示钱七", role: "enterprise-officer" });
    const cookie = await newcomer(app, phone);
    const body = { ...good(), identityNumber: identities.third };
    expect(codeOf(await register(cookie, body))).toBe("409 registration.name_differs");
    const answer = await register(cookie, { ...body, name: "演示钱七" });
    expect(
      answer
        .json()
        .roles.map(({ role }: { role: string }) => role)
        .sort(),
    ).toEqual(["enterprise-officer", "welder"]);
  });

  test("outside the demonstration nobody is older than a hundred", async () => {
    const real = await withPlatform(engine);
    await buildRegion(real.ctx, township);
    const cookie = await newcomer(real, newPhone());
    const response = await real.call("POST", "/api/me/welder", { cookie, body: good() });
    expect(fieldsOf(response)).toEqual(["body.identityNumber"]);
    await real.close();
  });

  test("a changed notice is read first", async () => {
    const cookie = await newcomer(app, newPhone());
    expect(codeOf(await register(cookie, { ...good(), consentTextId: nobody }))).toBe(
      "409 registration.consent_outdated",
    );
  });

  test("trying one number after the other is stopped", async () => {
    const cookie = await newcomer(app, newPhone());
    const codes: number[] = [];
    for (let tries = 0; tries < 12; tries++) codes.push((await register(cookie, { ...good() })).statusCode);
    expect(codes.filter((code) => code === 429)).toHaveLength(2);
  });

  test("a portrait is optional, a picture, sealed, and replaced without a trace", async () => {
    const cookie = await registered(app, newPhone(), identities.fourth);
    const put = async (photo: string) =>
      await app.call("PUT", "/api/me/portrait", { cookie, body: { photo } });
    expect(fieldsOf(await put(Buffer.from("no picture").toString("base64")))).toEqual(["body.photo"]);
    expect((await put(aPicture)).statusCode).toBe(204);
    expect((await put(aPicture)).statusCode).toBe(204);
    const blobs = await app.ctx.db.selectFrom("blobs").selectAll().where("kind", "=", "portrait").execute();
    expect(blobs).toHaveLength(1);
    const sealed = await app.ctx.blobs.get(blobs[0]!.blob_id);
    expect(Buffer.from(sealed).includes(Buffer.from("IHDR"))).toBe(false);
    const { cookie: clerk } = await app.signInAs("regulator", { region: county as RegionCode });
    expect(
      codeOf(await app.call("PUT", "/api/me/portrait", { cookie: clerk, body: { photo: aPicture } })),
    ).toBe("403 role.forbidden");
  });
});
