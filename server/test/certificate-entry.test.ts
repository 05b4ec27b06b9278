import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type {
  CertificateRegistry,
  RegistryAnswer,
  RegistryQuestion,
} from "../src/certificate-registry/certificate-registry.ts";
import { askRegistryAgain } from "../src/features/certificates/certificates.ts";
import { Unreachable } from "../src/outbound/unreachable.ts";
import { county, otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import { aPicture, asDemo, entryOf, identities, idOf, registered } from "./new-welder.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import { codeOf, fieldsOf, nobody } from "./two-firms.ts";

const people = {
  "not-found": { phone: "13500000011", number: identities.third },
  mismatch: { phone: "13500000012", number: identities.fourth },
  revoked: { phone: "13500000013", number: identities.fifth },
  expired: { phone: "13500000014", number: identities.sixth },
} as const;

describe.each(engines)("entering a certificate on %s", (engine) => {
  let app: TestPlatform;
  let answer: RegistryAnswer | Unreachable;
  const asked: RegistryQuestion[] = [];
  const registry: CertificateRegistry = {
    isConfigured: true,
    async check(question) {
      asked.push(question);
      if (answer instanceof Unreachable) throw answer;
      return answer;
    },
  };
  let welder: string;
  let other: string;
  let clerk: string;
  let foreignClerk: string;
  beforeAll(async () => {
    app = await withPlatform(engine, { ...asDemo, registry });
    welder = await registered(app, "13500000001", identities.adult);
    other = await registered(app, "13500000002", identities.other);
    clerk = (await app.signInAs("regulator", { region: county })).cookie;
    foreignClerk = (await app.signInAs("regulator", { region: otherCounty })).cookie;
  });
  afterAll(() => app?.close());
  beforeEach(() => {
    answer = { outcome: "not-found", differs: [] };
    app.clock.advance(600_000);
  });

  const submit = async (body: object, cookie = welder) =>
    await app.call("POST", "/api/me/certificates", { cookie, body });
  const again = async (id: string, body: object, cookie = welder) =>
    await app.call("PUT", `/api/me/certificates/${id}`, { cookie, body });
  const photo = async (id: string, cookie: string) =>
    await app.call("GET", `/api/certificates/${id}/photo`, { cookie });
  const notices = async (cookie = welder) =>
    (await app.call("GET", "/api/me/notifications", { cookie })).json();

  test("is for welders", async () => {
    const body = entryOf(identities.adult);
    expect(codeOf(await app.call("POST", "/api/me/certificates", { body }))).toBe("401 sign_in.required");
    expect(codeOf(await submit(body, clerk))).toBe("403 role.forbidden");
    expect(codeOf(await again(nobody, body, clerk))).toBe("403 role.forbidden");
  });

  test.each([
    ["family", { family: "army" }],
    ["item", { item: "building-welder" }],
    ["number", { number: `T${identities.other}` }],
    ["validFrom", { validFrom: "2026-03-02", validTo: "2032-03-01" }],
    ["validFrom", { validFrom: "yesterday" }],
    ["validTo", { validTo: "2031-04-30" }],
    ["reviewDueOn", { reviewDueOn: null }],
    ["photo", { photo: "not base64!" }],
    ["photo", { photo: Buffer.from("GIF89a").toString("base64") }],
    ["photo", { photo: Buffer.alloc(5 * 1024 * 1024 + 1).toString("base64") }],
    [
      "item",
      {
        family: "special-equipment",
        item: "GTAW-FeⅡ-9G",
        validFrom: "2024-05-01",
        validTo: "2028-04-30",
        reviewDueOn: null,
      },
    ],
  ])("with a wrong %s is told beside it: %j", async (field, change) => {
    const response = await submit(entryOf(identities.adult, change));
    expect(response.statusCode).toBe(400);
    expect(fieldsOf(response)).toContain(`body.${field}`);
    expect(await app.ctx.db.selectFrom("blobs").selectAll().execute()).toEqual([]);
  });

  test("that the registry knows is verified at once, and the welder is told", async () => {
    answer = { outcome: "valid", differs: [] };
    const response = await submit(entryOf(identities.adult, { item: "brazing" }));
    expect(response.json()).toMatchObject({
      verification: "verified",
      registryOutcome: "valid",
      hasPhoto: true,
      isExpired: false,
    });
    expect(response.json().number).not.toContain("1890");
    expect(asked.at(-1)).toMatchObject({
      number: `T${identities.adult}`,
      identityNumber: identities.adult,
      name: "演示新焊工",
    });
    expect(await notices()).toMatchObject({
      unread: 1,
      notifications: [{ kind: "certificate-verified", isRead: false, data: { item: "brazing" } }],
    });
    expect(codeOf(await again(idOf(response), entryOf(identities.adult)))).toBe("409 certificate.settled");
    expect(codeOf(await submit(entryOf(identities.adult, { item: "brazing" })))).toBe(
      "409 certificate.entered_already",
    );
  });

  test.each([
    ["not-found", [], "submitted"],
    ["mismatch", ["validTo"], "submitted"],
    ["revoked", [], "rejected"],
    ["expired", [], "rejected"],
  ] as const)("that the registry calls %s is %s", async (outcome, differs, verification) => {
    answer = { outcome, differs };
    const { phone, number } = people[outcome];
    const own = await registered(app, phone, number);
    const response = await submit(entryOf(number), own);
    expect(response.json()).toMatchObject({ verification, registryOutcome: outcome });
    if (verification === "rejected") {
      expect(response.json().rejection).toEqual({ reason: `registry-${outcome}`, text: "" });
      expect((await notices(own)).notifications[0].kind).toBe("certificate-rejected");
    } else expect((await notices(own)).unread).toBe(0);
  });

  test("that the registry could not be asked about waits, and is asked again by itself", async () => {
    answer = new Unreachable("certificate registry", "timeout");
    const response = await submit(entryOf(identities.other), other);
    expect(response.json()).toMatchObject({ verification: "submitted", registryOutcome: "unreachable" });
    expect(await askRegistryAgain(app.ctx)).toBe(0);
    app.clock.advance(120_000);
    answer = { outcome: "valid", differs: [] };
    expect(await askRegistryAgain(app.ctx)).toBe(1);
    const { certificates } = (await app.call("GET", "/api/me/certificates", { cookie: other })).json();
    expect(certificates).toMatchObject([{ verification: "verified", registryOutcome: "valid" }]);
  });

  test("in one spelling: an item code of full-width signs is stored as printed", async () => {
    const response = await submit(
      entryOf(identities.adult, {
        family: "special-equipment",
        item: "GTAW－FeII－6G－3/159－FefS－02/11/12",
        number: "演示2024000123",
        validFrom: "2024-05-01",
        validTo: "2028-04-30",
        reviewDueOn: null,
      }),
    );
    expect(response.json().item).toBe("GTAW-FeⅡ-6G-3/159-FefS-02/11/12");
    const theirs = await submit(
      entryOf(identities.other, {
        family: "special-equipment",
        item: "SMAW-FeⅡ-3G-12",
        number: "演示2024000123",
        validFrom: "2024-05-01",
        validTo: "2028-04-30",
        reviewDueOn: null,
      }),
      other,
    );
    expect(codeOf(theirs)).toBe("409 certificate.number_taken");
  });

  test("keeps its photo sealed; its welder and staff of the region see it, and staff's look is recorded", async () => {
    const id = idOf(await submit(entryOf(identities.adult)));
    const own = await photo(id, welder);
    expect([own.statusCode, own.headers["content-type"]]).toEqual([200, "image/png"]);
    expect(own.rawPayload.equals(Buffer.from(aPicture, "base64"))).toBe(true);
    expect(own.headers["cache-control"]).toBe("no-store");
    const reads = async () =>
      await app.ctx.db
        .selectFrom("audit_log")
        .select(["details"])
        .where("action", "=", "personal_data.read")
        .where("subject", "=", `certificate:${id}`)
        .orderBy("seq")
        .execute();
    expect(await reads()).toEqual([]);
    expect((await photo(id, clerk)).statusCode).toBe(200);
    expect(await reads()).toEqual([{ details: { what: "certificate-photo" } }]);
    expect(codeOf(await photo(id, other))).toBe("403 role.forbidden");
    expect(codeOf(await photo(id, foreignClerk))).toBe("403 region.out_of_scope");
    expect(codeOf(await photo(nobody, clerk))).toBe("404 certificate.not_found");
    const { photo_blob_id } = await app.ctx.db
      .selectFrom("certificate_submissions")
      .select("photo_blob_id")
      .where("certificate_id", "=", id)
      .executeTakeFirstOrThrow();
    const sealed = Buffer.from(await app.ctx.blobs.get(photo_blob_id!));
    expect(sealed.includes(Buffer.from("IHDR"))).toBe(false);

    const corrected = await again(id, entryOf(identities.adult, { photo: null }));
    expect(corrected.json().hasPhoto).toBe(true);
    const withNew = await again(id, entryOf(identities.adult));
    expect(withNew.statusCode).toBe(200);
    await expect(app.ctx.blobs.get(photo_blob_id!)).rejects.toThrow("missing");
    expect(codeOf(await again(id, entryOf(identities.other), other))).toBe("404 certificate.not_found");
  });

  test("a verified one is suspended and reinstated by staff of the region, with a reason, and counts accordingly", async () => {
    const { certificates } = (await app.call("GET", "/api/me/certificates", { cookie: other })).json();
    const id = certificates[0].certificateId;
    const set = async (body: object, cookie = clerk) =>
      await app.call("POST", `/api/certificates/${id}/standing`, { cookie, body });
    const suspend = { status: "suspended", reason: "演示：违章" };
    expect(codeOf(await app.call("POST", `/api/certificates/${id}/standing`, { body: suspend }))).toBe(
      "401 sign_in.required",
    );
    expect(codeOf(await set(suspend, other))).toBe("403 role.forbidden");
    expect(codeOf(await set(suspend, foreignClerk))).toBe("403 region.out_of_scope");
    expect(fieldsOf(await set({ status: "suspended", reason: "" }))).toEqual(["body.reason"]);
    expect((await set(suspend)).json().status).toBe("suspended");
    expect((await notices(other)).notifications[0]).toMatchObject({
      kind: "certificate-standing",
      data: { status: "suspended", text: "演示：违章" },
    });
    expect((await set({ status: "valid", reason: "演示：恢复" })).json().status).toBe("valid");
  });

  test("notices are read by whom they are for", async () => {
    const before = await notices();
    const ids = before.notifications.map((n: { notificationId: string }) => n.notificationId);
    const read = async (cookie: string) =>
      await app.call("POST", "/api/me/notifications/read", { cookie, body: { notificationIds: ids } });
    expect((await read(other)).statusCode).toBe(204);
    expect((await notices()).unread).toBe(before.unread);
    expect((await read(welder)).statusCode).toBe(204);
    expect((await notices()).unread).toBe(0);
    const wrong = await app.call("POST", "/api/me/notifications/read", {
      cookie: welder,
      body: { notificationIds: ["1"] },
    });
    expect(wrong.statusCode).toBe(400);
  });
});
