import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { trainedFireWatch } from "../src/features/fire-watches/fire-watches.ts";
import { engines } from "./database.ts";
import { firmsAndStaff } from "./firms-and-staff.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import { codeOf, fieldsOf, nobody } from "./two-firms.ts";

describe.each(engines)("fire watches on %s", (engine) => {
  let app: TestPlatform;
  let firms: Awaited<ReturnType<typeof firmsAndStaff>>;
  beforeAll(async () => {
    app = await withPlatform(engine);
    firms = await firmsAndStaff(app);
  });
  afterAll(() => app?.close());

  const url = (enterpriseId: string = firms.own) => `/api/enterprises/${enterpriseId}/fire-watches`;
  const training = { trainedOn: "2025-06-01", trainedTo: "2027-05-31" };
  const watch = { name: "演示监护", phone: "13900002001", ...training };

  test("an officer registers the own firm's, masked, with a role that ends with him", async () => {
    const added = await firms.call("officer", "POST", url(), {
      ...watch,
      certificateNumber: "JH2026演示0001",
    });
    expect(added.json()).toMatchObject({
      name: "演***",
      phone: "139****2001",
      ...training,
      certificateNumber: "JH2026**0001",
      isTrained: true,
    });
    const { fireWatchId, personId } = added.json();
    const roles = async () =>
      await app.ctx.db
        .selectFrom("role_grants")
        .select(["role", "enterprise_id"])
        .where("person_id", "=", personId)
        .execute();
    expect(await roles()).toEqual([{ role: "fire-watch", enterprise_id: firms.own }]);
    expect(codeOf(await firms.call("officer", "POST", url(), watch))).toBe("409 fire_watch.already");
    expect((await firms.call("officer", "GET", url())).json().fireWatches).toHaveLength(1);
    expect(await trainedFireWatch(app.ctx.db, personId, "2027-05-31")).toEqual({
      fireWatchId,
      enterpriseId: firms.own,
      ...training,
    });
    expect(await trainedFireWatch(app.ctx.db, personId, "2027-06-01")).toBeUndefined();
    expect(await trainedFireWatch(app.ctx.db, personId, "2025-05-31")).toBeUndefined();
    expect(await trainedFireWatch(app.ctx.db, personId, "2026-05-31", [firms.foreign])).toBeUndefined();
    expect((await firms.call("officer", "DELETE", `${url()}/${fireWatchId}`)).statusCode).toBe(204);
    expect(await roles()).toEqual([]);
    expect(await trainedFireWatch(app.ctx.db, personId, "2026-05-31")).toBeUndefined();
    expect(codeOf(await firms.call("officer", "DELETE", `${url()}/${fireWatchId}`))).toBe(
      "404 fire_watch.not_found",
    );
  });

  test("the certificate's number is sealed at rest", async () => {
    const { fireWatchId } = (
      await firms.call("officer", "POST", url(), {
        ...watch,
        phone: "13900002002",
        certificateNumber: "JH-SECRET-77",
      })
    ).json();
    const row = await app.ctx.db
      .selectFrom("fire_watches")
      .selectAll()
      .where("fire_watch_id", "=", fireWatchId)
      .executeTakeFirstOrThrow();
    expect(Buffer.from(row.certificate_number_ciphertext!).toString("latin1")).not.toContain("SECRET");
  });

  test("a later training takes the place of the one before, and the log keeps both", async () => {
    const { fireWatchId, personId } = (
      await firms.call("officer", "POST", url(), { ...watch, phone: "13900002003", trainedTo: "2026-02-28" })
    ).json();
    expect(await trainedFireWatch(app.ctx.db, personId, "2026-03-01")).toBeUndefined();
    const renewed = { trainedOn: "2026-02-20", trainedTo: "2028-02-19" };
    const response = await firms.call("officer", "PUT", `${url()}/${fireWatchId}/training`, renewed);
    expect(response.json()).toMatchObject({ ...renewed, isTrained: true });
    expect(await trainedFireWatch(app.ctx.db, personId, "2026-03-01")).toMatchObject(renewed);
    const { details } = await app.ctx.db
      .selectFrom("audit_log")
      .select("details")
      .where("action", "=", "fire_watch.retrained")
      .orderBy("seq")
      .executeTakeFirstOrThrow();
    expect(details).toMatchObject({
      before: [training.trainedOn, "2026-02-28"],
      after: Object.values(renewed),
    });
  });

  test("nobody else's, nobody unsigned, nothing wrong", async () => {
    expect(codeOf(await firms.call(undefined, "GET", url()))).toBe("401 sign_in.required");
    expect(codeOf(await firms.call("otherOfficer", "GET", url()))).toBe("403 region.out_of_scope");
    expect(codeOf(await firms.call("otherRegulator", "POST", url(), watch))).toBe("403 region.out_of_scope");
    expect(codeOf(await firms.call("installer", "GET", url()))).toBe("403 role.forbidden");
    expect(codeOf(await firms.call("officer", "GET", url(nobody)))).toBe("404 enterprise.not_found");
    expect(fieldsOf(await firms.call("officer", "POST", url(), { ...watch, phone: "123" }))).toEqual([
      "body.phone",
    ]);
    const reversed = { ...watch, trainedOn: "2027-01-01", trainedTo: "2026-01-01" };
    expect(fieldsOf(await firms.call("officer", "POST", url(), reversed))).toEqual(["body.trainedTo"]);
    expect(codeOf(await firms.call("officer", "PUT", `${url()}/${nobody}/training`, training))).toBe(
      "404 fire_watch.not_found",
    );
    expect(codeOf(await firms.call("otherOfficer", "DELETE", `${url()}/${nobody}`))).toBe(
      "403 region.out_of_scope",
    );
  });
});
