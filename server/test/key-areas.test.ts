import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { areasChangedSince, keyAreasFor } from "../src/features/key-areas/key-areas.ts";
import { buildStaff, county, otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import { areaBody, placeAt, polygon, squareAt } from "./key-area-cases.ts";
import type { TestPlatform } from "./platform.ts";
import { codeOf, fieldsOf, nobody, type TwoFirms, twoFirms, type Who } from "./two-firms.ts";

const list = "/api/key-areas";

describe.each(engines)("key areas on %s", (engine) => {
  let firms: TwoFirms;
  let app: TestPlatform;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    ({ app } = firms);
    await app.ctx.db
      .updateTable("enterprises")
      .set({ is_site_owner: true })
      .where("enterprise_id", "=", firms.own.enterpriseId)
      .execute();
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    const { db } = app.ctx;
    await db.deleteFrom("key_area_signs").execute();
    await db.deleteFrom("key_area_versions").execute();
    await db.deleteFrom("key_areas").execute();
  });

  const create = (body: object = areaBody(), who: Who = "regulator") => firms.post(who, list, body);
  const created = async (change: Record<string, unknown> = {}) => {
    const response = await create(areaBody(change));
    expect(response.statusCode, response.body).toBe(200);
    return response.json();
  };
  const change = (keyAreaId: string, body: object, who: Who = "regulator") =>
    app.call("PUT", `${list}/${keyAreaId}`, { cookie: firms.cookieOf(who), body });
  const abolish = (keyAreaId: string, basedOnVersion: number, who: Who = "regulator") =>
    firms.post(who, `${list}/${keyAreaId}/abolition`, { reason: "演示撤销", basedOnVersion });
  const namesOf = async (who: Who, query = "") => {
    const response = await firms.get(who, `${list}${query}`);
    expect(response.statusCode, response.body).toBe(200);
    return response.json().items.map(({ name }: { name: string }) => name);
  };

  test("a drawn area is kept as it was drawn, with its defaults, and masks its contacts", async () => {
    const area = await created({ siteOwnerEnterpriseId: firms.own.enterpriseId });
    expect(area).toMatchObject({
      kind: "hospital",
      regime: "crowded-place",
      region: "330723100",
      siteOwnerName: "演示甲厂",
      status: "active",
      version: 1,
      circle: null,
      mayEdit: true,
      contacts: [{ name: "演****", phone: "138****0001" }],
      geometry: { type: "Polygon", coordinates: [squareAt(0, 0, 2)] },
    });
    expect(area.squareMetres / (222.4 * 194.7)).toBeCloseTo(1, 2);
    expect((await firms.get("station", `${list}/${area.keyAreaId}`)).json().mayEdit).toBe(false);
  });

  test("a circle keeps its centre and radius beside the polygon for it", async () => {
    const circle = { centre: placeAt(0, 0), radiusMetres: 80 };
    const area = await created({ shape: { type: "circle", circle }, kind: "fuel-station" });
    expect(area).toMatchObject({ circle, regime: "chemical" });
    expect(area.geometry.coordinates[0]).toHaveLength(65);
  });

  test("a line that crosses itself is refused with the place of the crossing", async () => {
    const bowTie = [placeAt(0, 0), placeAt(2, 2), placeAt(2, 0), placeAt(0, 2)];
    const refused = await create(areaBody({ shape: polygon(bowTie) }));
    expect(codeOf(refused)).toBe("400 key_area.crosses_itself");
    const { place } = refused.json().error.details;
    expect(place.type).toBe("Point");
    expect(place.coordinates[0]).toBeCloseTo(placeAt(1, 1)[0], 6);
    expect(place.coordinates[1]).toBeCloseTo(placeAt(1, 1)[1], 6);
  });

  test("ground that an area of the kind has on that floor at that time is refused with the common ground", async () => {
    const other = await created();
    const across = { shape: polygon(squareAt(1, 1, 2)), name: "演示新院区" };
    const refused = await create(areaBody(across));
    expect(codeOf(refused)).toBe("409 key_area.overlaps");
    expect(refused.json().error.details).toMatchObject({
      keyAreaId: other.keyAreaId,
      name: "演示人民医院",
      place: { type: "MultiPolygon" },
    });
    const [[corners]] = refused.json().error.details.place.coordinates;
    for (const corner of [placeAt(1, 1), placeAt(2, 2)]) expect(corners).toContainEqual(corner);
    // Of another kind, next to it, below it: each is another matter.
    await created({ ...across, kind: "construction-site", name: "演示工地" });
    await created({ shape: polygon(squareAt(2, 0, 2)), name: "演示隔壁" });
    await change(other.keyAreaId, { ...areaBody({ floors: ["1", "2"] }), basedOnVersion: 1 });
    await created({ floors: ["B1"], name: "演示地下" });
    expect(codeOf(await create(areaBody({ floors: ["2", "3"] })))).toBe("409 key_area.overlaps");
  });

  test("areas may take turns in time or lie above one another", async () => {
    const until = "2026-06-30T16:00:00Z";
    const validity = { from: null, until, openingHours: [], specialPeriods: [] };
    await created({ validity });
    expect(codeOf(await create())).toBe("409 key_area.overlaps");
    await created({ validity: { ...validity, from: until, until: null }, maxHeightMetres: 20 });
    await created({ validity: { ...validity, from: until, until: null }, minHeightMetres: 20 });
  });

  test("a change makes a version with who, when and why; one on an old version is refused", async () => {
    const area = await created();
    const moved = areaBody({
      name: "演示人民医院东院",
      shape: polygon(squareAt(0, 0, 3)),
      reason: "演示扩建",
    });
    const changed = await change(area.keyAreaId, { ...moved, contacts: undefined, basedOnVersion: 1 });
    expect(changed.json()).toMatchObject({
      version: 2,
      name: "演示人民医院东院",
      contacts: [{ phone: "138****0001" }],
    });
    expect(codeOf(await change(area.keyAreaId, { ...moved, basedOnVersion: 1 }))).toBe(
      "409 key_area.changed_meanwhile",
    );
    const { items, total } = (await firms.get("station", `${list}/${area.keyAreaId}/versions`)).json();
    expect(total).toBe(2);
    expect(items).toMatchObject([
      { version: 2, name: "演示人民医院东院", reason: "演示扩建", changedByName: "演***" },
      { version: 1, name: "演示人民医院", reason: "演示登记", geometry: area.geometry },
    ]);
    const audit = await app.ctx.db
      .selectFrom("audit_log")
      .select(["action", "details"])
      .where("subject", "=", `key_area:${area.keyAreaId}`)
      .orderBy("seq")
      .execute();
    expect(audit.map(({ action }) => action)).toEqual(["key_area.created", "key_area.changed"]);
    expect(JSON.stringify(audit)).not.toContain("13800000001");
  });

  test("an abolished area is kept, cannot be changed, and leaves its ground free", async () => {
    const area = await created();
    const abolished = await abolish(area.keyAreaId, 1);
    expect(abolished.json()).toMatchObject({ status: "abolished", version: 2, geometry: area.geometry });
    const { items } = (await firms.get("regulator", `${list}/${area.keyAreaId}/versions`)).json();
    expect(items).toMatchObject([
      { status: "abolished", reason: "演示撤销" },
      { status: "active", version: 1 },
    ]);
    expect(codeOf(await abolish(area.keyAreaId, 2))).toBe("409 key_area.abolished");
    expect(codeOf(await change(area.keyAreaId, { ...areaBody(), basedOnVersion: 2 }))).toBe(
      "409 key_area.abolished",
    );
    await created();
    expect(await namesOf("regulator", "?status=abolished")).toHaveLength(1);
  });

  test("every server process learns of changes by the revision", async () => {
    const before = await keyAreasFor(app.ctx);
    expect(before.areas).toEqual([]);
    const area = await created();
    const first = await areasChangedSince(app.ctx, before.revision);
    expect(first.areas).toMatchObject([{ keyAreaId: area.keyAreaId, version: 1, status: "active" }]);
    expect(await areasChangedSince(app.ctx, first.revision)).toEqual({ revision: first.revision, areas: [] });
    await abolish(area.keyAreaId, 1);
    const second = await areasChangedSince(app.ctx, first.revision);
    expect(second.areas).toMatchObject([{ keyAreaId: area.keyAreaId, version: 2, status: "abolished" }]);
    expect((await keyAreasFor(app.ctx)).areas).toEqual([]);
    expect(second.revision).toBe(first.revision + 1);
  });

  test("the list is narrowed by kind, region, owner, text and distance", async () => {
    await created({ siteOwnerEnterpriseId: firms.own.enterpriseId });
    await created({ kind: "school", name: "演示小学", shape: polygon(squareAt(10, 0, 1)) });
    await created({
      kind: "mall",
      name: "演示商场",
      shape: polygon(squareAt(5, 0, 1)),
      address: "演示大道 8 号",
    });
    expect(await namesOf("regulator")).toHaveLength(3);
    expect(await namesOf("regulator", "?kind=school")).toEqual(["演示小学"]);
    expect(await namesOf("regulator", `?siteOwnerEnterpriseId=${firms.own.enterpriseId}`)).toEqual([
      "演示人民医院",
    ]);
    expect(await namesOf("regulator", "?text=大道")).toEqual(["演示商场"]);
    expect(await namesOf("regulator", "?text=甲厂")).toEqual(["演示人民医院"]);
    expect(await namesOf("regulator", "?region=330723200")).toEqual([]);
    const near = (metres: number) => {
      const [longitude, latitude] = placeAt(1, 1);
      return `?nearLatitudeDegrees=${latitude}&nearLongitudeDegrees=${longitude}&withinMetres=${metres}`;
    };
    expect(await namesOf("regulator", near(300))).toEqual(["演示人民医院"]);
    expect(await namesOf("regulator", near(500))).toEqual(["演示人民医院", "演示商场"]);
    expect(await namesOf("regulator", `${near(2000)}&pageSize=1&page=3`)).toEqual(["演示小学"]);
    expect(fieldsOf(await firms.get("regulator", `${list}?nearLatitudeDegrees=28.9`))).toEqual([
      "query.nearLatitudeDegrees",
    ]);
    expect(fieldsOf(await firms.get("regulator", `${list}?kind=castle`))).toEqual(["query.kind"]);
  });

  test("staff see the areas of their regions, an officer those of the own site", async () => {
    const own = await created({ siteOwnerEnterpriseId: firms.own.enterpriseId });
    const other = await created({ kind: "school", name: "演示小学" });
    expect(await namesOf("officer")).toEqual(["演示人民医院"]);
    expect(await namesOf("station")).toHaveLength(2);
    expect(await namesOf("otherRegulator")).toEqual([]);
    expect(await namesOf("otherOfficer")).toEqual([]);
    for (const who of ["otherRegulator", "otherOfficer", "unbound"] as const) {
      expect(codeOf(await firms.get(who, `${list}/${own.keyAreaId}`))).toBe("403 region.out_of_scope");
      expect(codeOf(await firms.get(who, `${list}/${own.keyAreaId}/versions`))).toBe(
        "403 region.out_of_scope",
      );
    }
    expect(codeOf(await firms.get("officer", `${list}/${other.keyAreaId}`))).toBe("403 region.out_of_scope");
    for (const who of ["welder", "installer"] as const)
      expect(codeOf(await firms.get(who, list))).toBe("403 role.forbidden");
    expect(codeOf(await firms.get(undefined, list))).toBe("401 sign_in.required");
    expect(codeOf(await firms.get("regulator", `${list}/${nobody}`))).toBe("404 key_area.not_found");
  });

  test("only who governs the region draws, changes and abolishes", async () => {
    const area = await created();
    const body = { ...areaBody(), basedOnVersion: 1 };
    for (const who of ["officer", "station", "welder", "installer"] as const) {
      expect(codeOf(await create(areaBody(), who))).toBe("403 role.forbidden");
      expect(codeOf(await change(area.keyAreaId, body, who))).toBe("403 role.forbidden");
      expect(codeOf(await abolish(area.keyAreaId, 1, who))).toBe("403 role.forbidden");
    }
    for (const who of ["otherRegulator", "unbound"] as const) {
      expect(codeOf(await create(areaBody(), who))).toBe("403 region.out_of_scope");
      expect(codeOf(await change(area.keyAreaId, body, who))).toBe("403 region.out_of_scope");
      expect(codeOf(await abolish(area.keyAreaId, 1, who))).toBe("403 region.out_of_scope");
    }
    // Nor is an area handed over to a region that is not one's own.
    const elsewhere = { ...body, region: otherCounty };
    expect(codeOf(await change(area.keyAreaId, elsewhere))).toBe("403 region.out_of_scope");
    expect(codeOf(await change(nobody, body))).toBe("404 key_area.not_found");
    expect(codeOf(await abolish(nobody, 1))).toBe("404 key_area.not_found");
  });

  test("what is filled in wrong is named field by field", async () => {
    const faults: [string, Record<string, unknown>][] = [
      ["body.kind", { kind: "castle" }],
      ["body.name", { name: "院" }],
      ["body.reason", { reason: " " }],
      ["body.contacts.0.phone", { contacts: [{ name: "演示", phone: "12345" }] }],
      ["body.floors.0", { floors: ["楼上"] }],
      ["body.minHeightMetres", { minHeightMetres: -500 }],
      ["body.policy.sceneCheckAttempts", { policy: { ...areaBody().policy, sceneCheckAttempts: 0 } }],
      [
        "body.shape.circle.radiusMetres",
        { shape: { type: "circle", circle: { centre: [0, 0], radiusMetres: 0 } } },
      ],
      [
        "body.validity.openingHours.0.closesAt",
        {
          validity: {
            ...areaBody().validity,
            openingHours: [{ weekdays: [1], opensAt: "08:00", closesAt: "25:00" }],
          },
        },
      ],
      [
        "body.validity.specialPeriods.0.untilDay",
        {
          validity: {
            ...areaBody().validity,
            specialPeriods: [{ name: "演示", fromDay: "2026-02-02", untilDay: "2026-02-01", rule: "closed" }],
          },
        },
      ],
    ];
    for (const [field, fault] of faults) expect(fieldsOf(await create(areaBody(fault)))).toEqual([field]);
    expect(codeOf(await create(areaBody({ minHeightMetres: 5, maxHeightMetres: 5 })))).toBe(
      "400 key_area.heights_reversed",
    );
    expect(codeOf(await create(areaBody({ region: "330723999" })))).toBe("404 region.not_found");
    for (const siteOwnerEnterpriseId of [nobody, firms.foreign.enterpriseId]) {
      expect(codeOf(await create(areaBody({ siteOwnerEnterpriseId })))).toBe(
        "404 key_area.site_owner_unknown",
      );
    }
  });

  test("a shape far from a region whose middle is known is refused", async () => {
    const middle = { latitude_degrees: 28.9, longitude_degrees: 119.8 };
    await app.ctx.db.updateTable("regions").set(middle).where("region_code", "=", county).execute();
    // Longitude and latitude exchanged, as files of the other order do.
    const swapped = squareAt(0, 0, 1).map(([east, north]): [number, number] => [north, east - 60]);
    const refused = await create(areaBody({ shape: polygon(swapped) }));
    expect(codeOf(refused)).toBe("400 key_area.far_from_region");
    expect(refused.json().error.details.place.type).toBe("Point");
    await created();
  });

  test("contacts are read in full only by who may know people, and the log keeps it", async () => {
    const { keyAreaId } = await created();
    const url = `${list}/${keyAreaId}/contacts`;
    expect((await firms.post("regulator", url)).json()).toEqual({
      contacts: [{ name: "演示欧阳某", phone: "13800000001" }],
    });
    const entry = await app.ctx.db
      .selectFrom("audit_log")
      .select("action")
      .where("subject", "=", `key_area:${keyAreaId}`)
      .orderBy("seq", "desc")
      .executeTakeFirst();
    expect(entry?.action).toBe("personal_data.read");
    const clerk = await buildStaff(app, "regulator", { region: county, department: "commerce" });
    const asked = await app.call("POST", url, { cookie: clerk.cookie });
    expect(codeOf(asked)).toBe("403 department.forbidden");
    const seen = await app.call("GET", `${list}/${keyAreaId}`, { cookie: clerk.cookie });
    expect(seen.json()).toMatchObject({ name: "演示人民医院", contacts: null });
    expect(codeOf(await firms.post("otherRegulator", url))).toBe("403 region.out_of_scope");
    expect(codeOf(await firms.post("regulator", `${list}/${nobody}/contacts`))).toBe(
      "404 key_area.not_found",
    );
  });

  test("two who draw on the same ground at once do not both succeed", async () => {
    const answers = await Promise.all([create(), create(areaBody({ name: "演示第二" }))]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  });
});
