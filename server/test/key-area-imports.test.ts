import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { dbfOf, featuresOf, kmlOf, placemark, shpOf, zipOf } from "./area-file-cases.ts";
import { buildRegion, township } from "./county.ts";
import { engines } from "./database.ts";
import { areaBody, placeAt, squareAt } from "./key-area-cases.ts";
import type { TestPlatform } from "./platform.ts";
import { codeOf, fieldsOf, type TwoFirms, twoFirms, type Who } from "./two-firms.ts";

const path = "/api/key-area-imports";
const utf8 = (text: string) => new TextEncoder().encode(text);

describe.each(engines)("files of key areas on %s", (engine) => {
  let firms: TwoFirms;
  let app: TestPlatform;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    ({ app } = firms);
    await buildRegion(app.ctx, township);
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    await app.ctx.db.deleteFrom("key_area_versions").execute();
    await app.ctx.db.deleteFrom("key_areas").execute();
  });

  const send = (
    url: string,
    file: string | Uint8Array,
    who: Who | undefined,
    query: Record<string, string>,
  ) =>
    app.http.inject({
      method: "POST",
      url: `${url}?${new URLSearchParams({ datum: "wgs84", kind: "hospital", region: township, ...query })}`,
      headers: {
        "content-type": "application/octet-stream",
        ...(who === undefined ? {} : { cookie: firms.cookieOf(who) }),
      },
      payload: Buffer.from(file as string),
    });
  const preview = (file: string | Uint8Array, query: Record<string, string> = {}, who?: Who | null) =>
    send(`${path}/preview`, file, who === null ? undefined : (who ?? "regulator"), query);
  const commit = (file: string | Uint8Array, query: Record<string, string> = {}, who: Who = "regulator") =>
    send(path, file, who, { reason: "演示导入", ...query });
  const seen = async (file: string | Uint8Array, query: Record<string, string> = {}) => {
    const response = await preview(file, query);
    expect(response.statusCode, response.body).toBe(200);
    return response.json();
  };
  const stored = async () => (await firms.get("regulator", "/api/key-areas?sort=name")).json();

  const two = featuresOf(
    {
      properties: { 名称: "演示医院", 类型: "医院", 楼层: "b1，1", 地址: "演示路 1 号" },
      ring: squareAt(0, 0, 1),
    },
    { properties: { name: "演示学校", kind: "school" }, ring: squareAt(3, 0, 1) },
  );

  test("a preview says what each feature would become, and takes nothing in", async () => {
    expect(await seen(two)).toMatchObject({
      good: 2,
      bad: 0,
      imported: 0,
      features: [
        { number: 1, name: "演示医院", kind: "hospital", region: township, problem: null },
        { number: 2, name: "演示学校", kind: "school", problem: null },
      ],
    });
    expect((await stored()).total).toBe(0);
  });

  test("an import takes all in at once, each as version 1 with the reason and the policy of its kind", async () => {
    expect((await commit(two)).json()).toMatchObject({ imported: 2 });
    const { items } = await stored();
    expect(items).toMatchObject([
      {
        name: "演示医院",
        kind: "hospital",
        regime: "crowded-place",
        floors: ["B1", "1"],
        address: "演示路 1 号",
      },
      { name: "演示学校", kind: "school", floors: null },
    ]);
    const versions = await firms.get("regulator", `/api/key-areas/${items[0].keyAreaId}/versions`);
    expect(versions.json().items).toMatchObject([{ version: 1, reason: "演示导入" }]);
    const entries = await app.ctx.db
      .selectFrom("audit_log")
      .select("details")
      .where("action", "=", "key_areas.imported")
      .orderBy("seq")
      .execute();
    expect(entries.at(-1)?.details).toMatchObject({
      datum: "wgs84",
      skipped: 0,
      keyAreaIds: expect.arrayContaining(items.map(({ keyAreaId }: { keyAreaId: string }) => keyAreaId)),
    });
  });

  test("the same areas come from KML, KMZ and a zipped Shapefile in UTF-8 or GBK", async () => {
    const ring = squareAt(0, 0, 1);
    const kml = kmlOf(placemark("演示医院", ring));
    const shp = shpOf([ring.toReversed()]);
    const gbk = Buffer.from("d1ddcabed2bdd4ba", "hex");
    const table = (name: Uint8Array) => dbfOf(["NAME"], [[name]]);
    const files = {
      kml,
      kmz: zipOf({ "doc.kml": kml }),
      shapefile: zipOf({ "a/area.shp": shp, "a/area.dbf": table(utf8("演示医院")), "a/area.cpg": "UTF-8" }),
      "shapefile without encoding": zipOf({ "AREA.SHP": shp, "AREA.DBF": table(gbk) }),
      "shapefile in GBK": zipOf({ "area.shp": shp, "area.dbf": table(gbk), "area.cpg": "GBK" }),
    };
    for (const [form, file] of Object.entries(files)) {
      const { features, good } = await seen(file);
      expect([form, good, features[0]?.name]).toEqual([form, 1, "演示医院"]);
      const corners = features[0].geometry.coordinates[0];
      expect(corners).toHaveLength(5);
      for (const corner of ring) expect(corners).toContainEqual(corner);
    }
  });

  test("GCJ-02 is converted: the same numbers in another datum lie hundreds of metres away", async () => {
    const file = featuresOf({ properties: { name: "演示医院" }, ring: squareAt(0, 0, 1) });
    const cornerIn = async (datum: string) =>
      (await seen(file, { datum })).features[0].geometry.coordinates[0][0];
    expect(await cornerIn("cgcs2000")).toEqual(placeAt(0, 0));
    const [east, north] = await cornerIn("gcj02");
    expect(placeAt(0, 0)[0] - east).toBeCloseTo(0.00465, 3);
    expect(placeAt(0, 0)[1] - north).toBeCloseTo(-0.00305, 3);
  });

  test("each bad feature is told with its reason and, where there is one, its place", async () => {
    await firms.post("regulator", "/api/key-areas", areaBody());
    const name = "演示区域";
    const line = { type: "LineString", coordinates: [placeAt(0, 0), placeAt(1, 1)] };
    const bowTie = [placeAt(20, 0), placeAt(22, 2), placeAt(22, 0), placeAt(20, 2), placeAt(20, 0)];
    const far = (count: number) => squareAt(30 + 5 * count, 0, 1);
    const file = featuresOf(
      { properties: { name }, geometry: line },
      {
        properties: { name },
        ring: [
          [500, 0],
          [501, 0],
          [501, 1],
          [500, 0],
        ],
      },
      { properties: {}, ring: far(0) },
      { properties: { name, kind: "城堡" }, ring: far(1) },
      { properties: { name, floors: "楼上" }, ring: far(2) },
      { properties: { name }, ring: bowTie },
      { properties: { name }, ring: squareAt(1, 1, 3) },
      { properties: { name }, ring: far(3) },
      { properties: { name }, ring: far(3) },
      { properties: { name, region: "330702" }, ring: far(4) },
      { properties: { name, region: "330723998" }, ring: far(5) },
      { properties: { name }, ring: [placeAt(0, 0)] },
      { properties: { name }, geometry: { type: "Polygon", coordinates: "nonsense" } },
      { properties: { name }, geometry: null },
    );
    const { features, good, bad } = await seen(file);
    expect(features.map(({ problem }: { problem: { code: string } | null }) => problem?.code)).toEqual([
      "key_area_import.no_area",
      "key_area_import.out_of_range",
      "key_area_import.name_missing",
      "key_area_import.kind_unknown",
      "key_area_import.floor_unknown",
      "key_area.crosses_itself",
      "key_area.overlaps",
      undefined,
      "key_area.overlaps",
      "region.out_of_scope",
      "region.not_found",
      "key_area.too_few_points",
      "key_area_import.no_area",
      "key_area_import.no_area",
    ]);
    expect([good, bad]).toEqual([1, 13]);
    expect(features[5].problem).toMatchObject({
      place: { type: "Point" },
      message: expect.stringContaining("自相交"),
    });
    expect(features[6].problem.place.type).toBe("MultiPolygon");

    expect(codeOf(await commit(file))).toBe("409 key_area_import.bad_features");
    expect((await stored()).total).toBe(1);
    expect((await commit(file, { mode: "skip-bad" })).json()).toMatchObject({ imported: 1, bad: 13 });
    expect((await stored()).total).toBe(2);
    expect(codeOf(await commit(file, { mode: "skip-bad" }))).toBe("409 key_area_import.nothing_good");
  });

  test("hostile and broken files are refused with what to do, and the server goes on", async () => {
    const entities = `<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`;
    const bomb = zipOf({ "area.shp": Buffer.alloc(120 * 1024 * 1024) });
    const shp = shpOf([squareAt(0, 0, 1).toReversed()]);
    const endless = Buffer.from(shp);
    endless.writeInt32LE(2_000_000_000, 100 + 8 + 40);
    const rows = dbfOf(["NAME"], [[utf8("x")]]);
    rows.writeUInt32LE(4_000_000_000, 4);
    const nested = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    const ring = squareAt(0, 0, 1);
    const cases: [string, string | Uint8Array][] = [
      ["unsafe_xml", kmlOf(placemark("&b;", ring), entities)],
      ["unsafe_xml", kmlOf("", `<!DOCTYPE k SYSTEM "http://127.0.0.1/secret">`)],
      ["damaged", kmlOf("<Placemark><name>").replace("</kml>", "")],
      ["damaged", "{ not json"],
      ["damaged", `{"type":"FeatureCollection","features":${nested}`],
      ["too_large", bomb],
      ["damaged", zipOf({ "area.shp": endless })],
      ["damaged", zipOf({ "area.shp": shp, "area.dbf": rows })],
      ["damaged", zipOf({ "area.shp": shp }).subarray(0, 60)],
      ["unknown_format", zipOf({ "readme.txt": "x" })],
      ["unknown_format", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0xff)],
      ["unknown_format", "name,kind\n演示,医院\n"],
      ["unknown_format", "{}"],
      ["crs_unsupported", featuresOf({ ring }).replace("{", '{"crs":{"properties":{"name":"EPSG:3857"}},')],
      ["too_many_features", featuresOf(...Array.from({ length: 501 }, () => ({ ring })))],
      ["empty", featuresOf()],
    ];
    for (const [code, file] of cases) {
      expect(codeOf(await preview(file)), String(file).slice(0, 60)).toBe(`400 key_area_import.${code}`);
    }
    expect(codeOf(await preview(new Uint8Array(6 * 1024 * 1024)))).toBe("413 request.too_large");
    expect((await seen(two)).good).toBe(2);
  }, 120_000);

  test("files are taken from who governs regions; datum, kind, region and reason are asked for", async () => {
    expect(codeOf(await preview(two, {}, null))).toBe("401 sign_in.required");
    for (const who of ["officer", "station", "welder", "installer"] as const) {
      expect(codeOf(await preview(two, {}, who))).toBe("403 role.forbidden");
      expect(codeOf(await commit(two, {}, who))).toBe("403 role.forbidden");
    }
    const foreign = (await preview(two, {}, "otherRegulator")).json();
    expect(foreign).toMatchObject({ good: 0, features: [{ problem: { code: "region.out_of_scope" } }, {}] });
    expect(fieldsOf(await preview(two, { datum: "beijing54" }))).toEqual(["query.datum"]);
    expect(fieldsOf(await preview(two, { kind: "castle" }))).toEqual(["query.kind"]);
    expect(fieldsOf(await preview(two, { region: "x" }))).toEqual(["query.region"]);
    expect(fieldsOf(await commit(two, { reason: "" }))).toEqual(["query.reason"]);
  });
});
