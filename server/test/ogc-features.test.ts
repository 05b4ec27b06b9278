import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildStaff, county, here } from "./county.ts";
import { engines } from "./database.ts";
import { areaBody, placeAt, polygon, squareAt } from "./key-area-cases.ts";
import type { TestPlatform } from "./platform.ts";
import { codeOf, fieldsOf, nobody, type TwoFirms, twoFirms, type Who } from "./two-firms.ts";

interface Feature {
  id: string;
  geometry: { type: string; coordinates: unknown } | null;
  properties: Record<string, unknown>;
}
interface Page {
  type: string;
  features: Feature[];
  links: { rel: string; href: string; type: string }[];
  numberMatched: number;
  numberReturned: number;
}

const base = "/api/ogc";
const areas = `${base}/collections/key-areas`;
const machines = `${base}/collections/machines`;

describe.each(engines)("OGC API Features on %s", (engine) => {
  let firms: TwoFirms;
  let app: TestPlatform;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    ({ app } = firms);
    const half = "2026-07-01T00:00:00Z";
    const always = areaBody().validity;
    const bodies = [
      areaBody({ name: "演示甲" }),
      areaBody({ name: "演示乙", shape: polygon(squareAt(10, 0, 2)), validity: { ...always, until: half } }),
      areaBody({ name: "演示丙", shape: polygon(squareAt(20, 0, 2)), validity: { ...always, from: half } }),
    ];
    for (const body of bodies)
      expect((await firms.post("regulator", "/api/key-areas", body)).statusCode).toBe(200);
  });
  afterAll(() => app?.close());

  const page = async (url: string, who: Who = "regulator"): Promise<Page> => {
    const response = await firms.get(who, url);
    expect(response.statusCode, response.body).toBe(200);
    expect(response.headers["content-type"]).toContain("application/geo+json");
    return response.json();
  };
  const namesOf = async (url: string, who?: Who) =>
    (await page(url, who)).features.map(({ properties }) => properties.name);

  test("a client finds its way from the landing page to the features", async () => {
    const landing = (await firms.get("regulator", base)).json();
    expect(landing.links.map(({ rel }: { rel: string }) => rel)).toEqual([
      "self",
      "service-desc",
      "conformance",
      "data",
    ]);
    expect((await firms.get("regulator", `${base}/conformance`)).json().conformsTo).toContain(
      "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    );
    const pathOf = (href: string) => new URL(href).pathname;
    const data = landing.links.find(({ rel }: { rel: string }) => rel === "data").href;
    const { collections } = (await firms.get("regulator", pathOf(data))).json();
    expect(collections.map(({ id }: { id: string }) => id)).toEqual(["key-areas", "machines"]);
    for (const { links, id } of collections) {
      const items = links.find(({ rel }: { rel: string }) => rel === "items").href;
      expect((await page(pathOf(items))).type).toBe("FeatureCollection");
      expect((await firms.get("regulator", `${base}/collections/${id}`)).json().id).toBe(id);
    }
  });

  test("areas come as polygons by box, by time and page by page, each page linked to the next", async () => {
    expect(await namesOf(`${areas}/items`)).toEqual(["演示丙", "演示乙", "演示甲"].sort());
    const box = [...placeAt(9, 0), ...placeAt(13, 1)].join(",");
    expect(await namesOf(`${areas}/items?bbox=${box}`)).toEqual(["演示乙"]);
    const high = [...placeAt(9, 0), 0, ...placeAt(13, 1), 99].join(",");
    expect(await namesOf(`${areas}/items?bbox=${high}`)).toEqual(["演示乙"]);
    expect(await namesOf(`${areas}/items?datetime=2026-03-01T00:00:00Z`)).not.toContain("演示丙");
    expect(await namesOf(`${areas}/items?datetime=2026-08-01T00:00:00Z/..`)).not.toContain("演示乙");
    expect(await namesOf(`${areas}/items?datetime=../2026-08-01T08:00:00%2B08:00`)).toHaveLength(3);

    const first = await page(`${areas}/items?limit=2`);
    expect([first.numberMatched, first.numberReturned]).toEqual([3, 2]);
    expect(first.features[0]!.geometry?.type).toBe("Polygon");
    const next = new URL(first.links.find(({ rel }) => rel === "next")!.href);
    const second = await page(next.pathname + next.search);
    expect(second.features).toHaveLength(1);
    expect(second.links.map(({ rel }) => rel)).toEqual(["self", "prev"]);
    const all = [...first.features, ...second.features].map(({ id }) => id);
    expect(new Set(all).size).toBe(3);
    const one = await firms.get("regulator", `${areas}/items/${all[0]}`);
    expect(one.json()).toMatchObject({ type: "Feature", id: all[0], geometry: { type: "Polygon" } });
  });

  test("machines come as points where they were last heard", async () => {
    const { features } = await page(`${machines}/items`);
    const heard = features.find(({ id }) => id === firms.own.machine.machineId)!;
    expect(heard.geometry).toMatchObject({ type: "Point" });
    expect((heard.geometry!.coordinates as number[])[0]).toBeCloseTo(here.longitudeDegrees, 3);
    expect(heard.properties).toMatchObject({ name: "演示一号", enterpriseName: "演示甲厂" });
    const near = [...placeAt(-1, -1), ...placeAt(1, 1)].join(",");
    expect(await namesOf(`${machines}/items?bbox=${near}`)).toContain("演示一号");
    expect(await namesOf(`${machines}/items?bbox=0,0,1,1`)).toEqual([]);
    expect(await namesOf(`${machines}/items?datetime=2027-01-01T00:00:00Z/..`)).toEqual([]);
  });

  test("everybody is shown the own reach: region, site and department", async () => {
    expect(await namesOf(`${areas}/items`, "otherRegulator")).toEqual([]);
    expect(await namesOf(`${machines}/items`, "otherRegulator")).toEqual(["演示外县"]);
    expect(await namesOf(`${areas}/items`, "officer")).toEqual([]);
    const [one] = (await page(`${areas}/items`)).features;
    expect(codeOf(await firms.get("otherRegulator", `${areas}/items/${one!.id}`))).toBe(
      "403 region.out_of_scope",
    );
    const machineUrl = `${machines}/items/${firms.own.machine.machineId}`;
    expect(codeOf(await firms.get("otherRegulator", machineUrl))).toBe("403 region.out_of_scope");
    await app.ctx.db
      .updateTable("departments")
      .set({ rights: JSON.stringify({ machines: "rows" }) })
      .where("department_key", "=", "education")
      .execute();
    const { cookie } = await buildStaff(app, "regulator", { region: county, department: "education" });
    const seen: Page = (await app.call("GET", `${machines}/items`, { cookie })).json();
    expect(seen.features.length).toBeGreaterThan(0);
    expect(seen.features.every(({ geometry }) => geometry === null)).toBe(true);
    const boxed: Page = (await app.call("GET", `${machines}/items?bbox=119,28,120,29`, { cookie })).json();
    expect(boxed.features).toEqual([]);
    expect(codeOf(await app.call("GET", `${areas}/items`, { cookie }))).toBe("403 department.forbidden");
    const listed = (await app.call("GET", `${base}/collections`, { cookie })).json();
    expect(listed.collections.map(({ id }: { id: string }) => id)).toEqual(["machines"]);
  });

  test("every reading of features leaves an entry", async () => {
    const entries = async () => {
      const rows = await app.ctx.db
        .selectFrom("audit_log")
        .select("subject")
        .where("action", "=", "ogc_features.read")
        .execute();
      return rows.length;
    };
    const before = await entries();
    const { features } = await page(`${areas}/items?limit=1`);
    await firms.get("station", `${areas}/items/${features[0]!.id}`);
    expect(await entries()).toBe(before + 2);
  });

  test("what the standard refuses is refused: unknown parameters, boxes, times, collections, features", async () => {
    const faults: [string, string][] = [
      ["bbox=1,2,3", "query.bbox"],
      ["bbox=a,b,c,d", "query.bbox"],
      ["bbox=3,2,1,4", "query.bbox"],
      ["datetime=yesterday", "query.datetime"],
      ["datetime=../..", "query.datetime"],
      ["datetime=2026-02-01T00:00:00Z/2026-01-01T00:00:00Z", "query.datetime"],
      ["limit=0", "query.limit"],
      ["limit=100000", "query.limit"],
    ];
    for (const [query, field] of faults)
      expect(fieldsOf(await firms.get("regulator", `${areas}/items?${query}`)), query).toEqual([field]);
    expect((await firms.get("regulator", `${areas}/items?colour=red`)).statusCode).toBe(400);
    expect(fieldsOf(await firms.get("regulator", `${base}/collections/roads/items`))).toEqual([
      "params.collectionId",
    ]);
    expect(codeOf(await firms.get("regulator", `${areas}/items/${nobody}`))).toBe("404 key_area.not_found");
    expect(codeOf(await firms.get("regulator", `${machines}/items/${nobody}`))).toBe("404 machine.not_found");
    for (const url of [base, `${base}/conformance`, `${base}/collections`, areas, `${areas}/items`]) {
      expect(codeOf(await firms.get(undefined, url))).toBe("401 sign_in.required");
      expect(codeOf(await firms.get("welder", url))).toBe("403 role.forbidden");
    }
  });
});
