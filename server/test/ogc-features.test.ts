import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildStaff, county, here, otherCounty } from "./county.ts";
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

  describe("departments' programs", () => {
    /** A program of a department with these rights, and its token. */
    const program = async (change: object = {}) => {
      const body = {
        name: "演示图层应用",
        department: "education",
        region: county,
        fields: {},
        layers: ["key-areas", "machines"],
        ...change,
      };
      const made = await firms.post("regulator", "/api/sharing/clients", body);
      expect(made.statusCode, made.body).toBe(201);
      const { clientId, secret } = made.json();
      const answer = await app.http.inject({
        method: "POST",
        url: "/api/oauth/token",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        payload: new URLSearchParams({
          grant_type: "client_credentials",
          client_id: clientId,
          client_secret: secret,
        }).toString(),
      });
      return { clientId, token: answer.json().access_token as string };
    };
    const read = async (token: string, url: string) =>
      await app.call("GET", url, { headers: { authorization: `Bearer ${token}` } });
    const grant = async (rights: object) => {
      await app.ctx.db
        .updateTable("departments")
        .set({ rights: JSON.stringify(rights) })
        .where("department_key", "=", "education")
        .execute();
    };
    const ALL = { machines: "rows", keyAreas: "rows", readings: "rows" };

    test("read the layers they were registered for, within their region, and each reading is in the audit log", async () => {
      await grant(ALL);
      const { token, clientId } = await program();
      for (const url of [base, `${base}/conformance`, machines]) {
        expect((await read(token, url)).statusCode).toBe(200);
      }
      const listed = (await read(token, `${base}/collections`)).json();
      expect(listed.collections.map(({ id }: { id: string }) => id)).toEqual(["key-areas", "machines"]);
      const shown: Page = (await read(token, `${areas}/items`)).json();
      expect(shown.features).toHaveLength(3);
      const heard: Page = (await read(token, `${machines}/items`)).json();
      expect(heard.features.map(({ properties }) => properties.name)).not.toContain("演示外县");
      const own = heard.features.find(({ id }) => id === firms.own.machine.machineId)!;
      expect(own.geometry).toMatchObject({ type: "Point" });
      expect((await read(token, `${machines}/items/${own.id}`)).statusCode).toBe(200);
      const noted = await app.ctx.db
        .selectFrom("audit_log")
        .select("subject")
        .where("actor", "=", `client:${clientId}`)
        .where("action", "=", "ogc_features.read")
        .orderBy("seq")
        .execute();
      expect(noted.map(({ subject }) => subject)).toEqual([
        "ogc_collection:key-areas",
        "ogc_collection:machines",
        "ogc_collection:machines",
      ]);
    });

    test("of another region see nothing of this one", async () => {
      await grant(ALL);
      const body = { name: "演示外县应用", department: "education", region: otherCounty, fields: {} };
      const refused = await firms.post("regulator", "/api/sharing/clients", body);
      expect(codeOf(refused)).toBe("403 region.out_of_scope");
      const { token, clientId } = await program();
      await app.ctx.db
        .updateTable("api_clients")
        .set({ region_code: otherCounty })
        .where("client_id", "=", clientId)
        .execute();
      expect((await read(token, `${areas}/items`)).json().features).toEqual([]);
      const heard: Page = (await read(token, `${machines}/items`)).json();
      expect(heard.features.map(({ properties }) => properties.name)).toEqual(["演示外县"]);
      const one = `${machines}/items/${firms.own.machine.machineId}`;
      expect(codeOf(await read(token, one))).toBe("403 region.out_of_scope");
    });

    test("read no other layer, no more than their department sees, and no place that it may not know", async () => {
      await grant(ALL);
      const { token: only } = await program({ layers: ["machines"] });
      expect(codeOf(await read(only, areas))).toBe("403 api_client.resource_forbidden");
      expect(codeOf(await read(only, `${areas}/items`))).toBe("403 api_client.resource_forbidden");
      const listed = (await read(only, `${base}/collections`)).json();
      expect(listed.collections.map(({ id }: { id: string }) => id)).toEqual(["machines"]);
      await grant({ machines: "rows", readings: "counts" });
      const heard: Page = (await read(only, `${machines}/items`)).json();
      expect(heard.features.length).toBeGreaterThan(0);
      expect(heard.features.every(({ geometry }) => geometry === null)).toBe(true);
      const boxed: Page = (await read(only, `${machines}/items?bbox=119,28,120,29`)).json();
      expect(boxed.features).toEqual([]);
      await grant({ machines: "counts" });
      expect(codeOf(await read(only, `${machines}/items`))).toBe("403 api_client.resource_forbidden");
      const beyond = await firms.post("regulator", "/api/sharing/clients", {
        name: "演示越权应用",
        department: "education",
        region: county,
        fields: {},
        layers: ["key-areas"],
      });
      expect(codeOf(beyond)).toBe("403 api_client.beyond_department");
    });

    test("without a token that holds are strangers, whatever they ask for and whoever signed in beside", async () => {
      const stranger = await read("A".repeat(43), `${areas}/items?colour=red`);
      expect(codeOf(stranger)).toBe("401 api_client.token_invalid");
      expect(stranger.headers["www-authenticate"]).toContain("invalid_token");
      await grant(ALL);
      const { token, clientId } = await program();
      expect(fieldsOf(await read(token, `${areas}/items?bbox=1,2,3`))).toEqual(["query.bbox"]);
      expect(codeOf(await read(token, `${areas}/items/${nobody}`))).toBe("404 key_area.not_found");
      // A person's routes are none of a program's.
      expect(codeOf(await read(token, "/api/key-areas"))).toBe("401 sign_in.required");
      await app.ctx.db
        .updateTable("api_clients")
        .set({ is_active: false })
        .where("client_id", "=", clientId)
        .execute();
      expect(codeOf(await read(token, `${areas}/items`))).toBe("401 api_client.token_invalid");
    });

    test("ask as often a minute as agreed", async () => {
      await grant(ALL);
      const { token } = await program({ requestsPerMinute: 2 });
      for (const status of [200, 200, 429]) expect((await read(token, areas)).statusCode).toBe(status);
      app.clock.advance(30_000);
      expect((await read(token, areas)).statusCode).toBe(200);
    });
  });

  test("every reading of features leaves an entry", async () => {
    const entries = async () => {
      const rows = await app.ctx.db
        .selectFrom("audit_log")
        .select("subject")
        .where("action", "=", "ogc_features.read")
        .orderBy("seq")
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
