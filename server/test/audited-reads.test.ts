import { allRoutes, type Role, type Route } from "@hanyouxu/api";
import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pictureOf, withPhoto } from "../src/features/photos/photos.ts";
import { buildRegion, buildStaff, county } from "./county.ts";
import { engines } from "./database.ts";
import { aPicture, identities } from "./new-welder.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import { buildTown, type Town } from "./town.ts";
import { nobody } from "./two-firms.ts";

const nameOf = (route: Route) => `${route.method} ${route.path}`;

/** What the platform holds about the town's people; nobody else in it has the like. */
const plain = {
  welderName: "演示欧阳某某",
  welderPhone: "13812345678",
  identityNumber: identities.adult,
  certificateNumber: "330723199001011234",
  enteredNumber: "浙A330723100",
  contactName: "演示上官某某",
  contactPhone: "13900001234",
};

/** Routes that are no GET and read people in full, with what they ask for. */
const READS: Record<string, object> = {
  "POST /api/persons/:personId/unmask": {
    fields: ["name", "phone", "identity-number", "certificate-number"],
    reason: "演示核对当事人",
  },
  "POST /api/certificate-reviews/:certificateId/unmask": { reason: "演示核对证书" },
  "POST /api/enterprises/:enterpriseId/contacts": {},
  "POST /api/key-areas/:keyAreaId/contacts": {},
  "POST /api/work-conflicts/:workConflictId/contacts": {},
};
/** Some two hundred routes one after another, on a machine that is busy. */
const ALL_ROUTES_MS = 120_000;
/** Never ends: the same view of a session as the route above it, again and again. */
const STREAM = "GET /api/work-sessions/:workSessionId/progress";
const PHOTO = "GET /api/certificates/:certificateId/photo";

describe.each(engines)("readings of people on %s", (engine) => {
  let app: TestPlatform;
  let town: Town;
  beforeAll(async () => {
    app = await withPlatform(engine);
    await buildRegion(app.ctx, county);
    town = await buildTown(app, `${county}100` as RegionCode);
    await name();
  });
  afterAll(() => app?.close());

  /** Gives the town's welder and firm what is to be kept from view. */
  async function name(): Promise<void> {
    const { ctx } = app;
    const { db, personalData } = ctx;
    const personId = town.welder.personId;
    await db
      .updateTable("persons")
      .set({
        name_ciphertext: personalData.seal("name", plain.welderName),
        phone_ciphertext: personalData.seal("phone", plain.welderPhone),
      })
      .where("person_id", "=", personId)
      .execute();
    await db
      .updateTable("welders")
      .set({ identity_ciphertext: personalData.seal("identity-number", plain.identityNumber) })
      .where("person_id", "=", personId)
      .execute();
    await db
      .updateTable("enterprises")
      .set({
        contact_name_ciphertext: personalData.seal("name", plain.contactName),
        contact_phone_ciphertext: personalData.seal("phone", plain.contactPhone),
      })
      .execute();
    const photo = { personId, kind: "certificate-photo" as const, picture: pictureOf(aPicture) };
    await withPhoto(ctx, photo, async (tx, photo_blob_id) => {
      await tx.updateTable("certificate_submissions").set({ photo_blob_id }).execute();
    });
  }

  async function ask(route: Route, cookie: string) {
    const path = route.path.replaceAll(/:(\w+)/g, (_, key: string) => town.ids[key] ?? nobody);
    const body = READS[nameOf(route)];
    return await app.call(route.method, path, { cookie, ...(body ? { body } : {}) });
  }

  /** Every route that reads, asked once: those that showed something in full, and those of them that left no entry. */
  async function readAll(person: { personId: PersonId; cookie: string }) {
    const entries = async () => {
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from audit_log
        where actor = ${person.personId} and action = 'personal_data.read'`.execute(app.ctx.db);
      return rows[0]!.n;
    };
    const inFull: string[] = [];
    const unrecorded: string[] = [];
    let answered = 0;
    const isReading = (route: Route) => route.method === "GET" || nameOf(route) in READS;
    for (const route of allRoutes.filter((it) => isReading(it) && nameOf(it) !== STREAM)) {
      const before = await entries();
      const response = await ask(route, person.cookie);
      if (response.statusCode !== 200) continue;
      answered++;
      const isShown =
        nameOf(route) === PHOTO || Object.values(plain).some((word) => response.body.includes(word));
      if (!isShown) continue;
      inFull.push(nameOf(route));
      if ((await entries()) !== before + 1) unrecorded.push(nameOf(route));
    }
    return { inFull: inFull.sort(), unrecorded, answered };
  }

  const all = [PHOTO, ...Object.keys(READS)].sort();
  test.each([
    ["a regulator", "regulator", undefined, all],
    ["the department that issues certificates", "regulator", "emergency-management", all],
    ["a department that sees people's rows", "regulator", "public-security", []],
    ["a department that sees how many people there are", "regulator", "transport", []],
    ["a department that sees nobody", "regulator", "commerce", []],
  ] as const)(
    "%s (%s of %s) sees in full only what leaves an entry",
    async (_who, role, department, shown) => {
      const person = await buildStaff(app, role as Role, {
        region: county,
        ...(department ? { department } : {}),
      });
      const { inFull, unrecorded, answered } = await readAll(person);
      expect(inFull).toEqual(shown);
      expect(unrecorded).toEqual([]);
      expect(answered).toBeGreaterThan(10);
    },
    ALL_ROUTES_MS,
  );

  test.each(["operator", "station-staff", "installer"] as const)(
    "%s leaves an entry for all that is shown in full",
    async (role) => {
      const person = await buildStaff(app, role, role === "operator" ? {} : { region: county });
      const { unrecorded, answered } = await readAll(person);
      expect(unrecorded).toEqual([]);
      expect(answered).toBeGreaterThan(10);
    },
    ALL_ROUTES_MS,
  );

  test(
    "an officer reads of the own firm's people only what leaves an entry",
    async () => {
      const { enterpriseId } = town.ids;
      const person = await buildStaff(app, "enterprise-officer", { enterpriseId: enterpriseId as never });
      const { inFull, unrecorded } = await readAll(person);
      expect(inFull).toContain("POST /api/enterprises/:enterpriseId/contacts");
      expect(unrecorded).toEqual([]);
    },
    ALL_ROUTES_MS,
  );

  test(
    "somebody of the next county is shown nobody of this one",
    async () => {
      const next = "330702" as RegionCode;
      await buildRegion(app.ctx, next);
      const person = await buildStaff(app, "regulator", { region: next });
      expect((await readAll(person)).inFull).toEqual([]);
    },
    ALL_ROUTES_MS,
  );
});
