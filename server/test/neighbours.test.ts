import { allRoutes, clearanceRoutes, exportRoutes, hotWorkPermitRoutes, type Route } from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildRegion, buildStaff } from "./county.ts";
import { engines } from "./database.ts";
import { LiveReader, viewOf } from "./live-reader.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import { buildTown, type Town } from "./town.ts";
import { codeOf } from "./two-firms.ts";

/**
 * What each route that lists shows: rows of regions, which the towns below hold one of each, or what is everybody's or
 * the caller's own; what departments' programs read by their own tokens is in sharing.test.ts. A new list needs its line,
 * and a row in `buildTown` when it is of regions.
 */
const LISTS: Record<
  string,
  | "rows of regions"
  | "counts of regions"
  | "rows of an installer's regions"
  | "of one subject"
  | "own"
  | "public"
  | "a program's"
> = {
  "GET /api/machines": "rows of regions",
  "GET /api/map/machines": "rows of regions",
  // Of what is asked for by name; `map-scope.test.ts` asks for another township's.
  "GET /api/map/search": "of one subject",
  "GET /api/machine-owners": "rows of regions",
  "GET /api/machine-inspections": "rows of regions",
  "GET /api/machine-transfers": "rows of regions",
  "GET /api/machine-models": "rows of regions",
  "GET /api/machine-models/coverage": "rows of regions",
  "GET /api/work-sessions": "rows of regions",
  "GET /api/hot-work-permits": "rows of regions",
  "GET /api/clearances": "rows of regions",
  "GET /api/scene-checks": "rows of regions",
  "GET /api/station-calls": "rows of regions",
  "GET /api/own-clearances": "own",
  // Who may see the subject sees its pictures: evidence.test.ts.
  "GET /api/evidence": "of one subject",
  "GET /api/me/hot-work-permits": "own",
  // People of the site owner asked for, masked, to be named on a permit.
  "GET /api/hot-work-permit-people": "own",
  "GET /api/decisions": "rows of regions",
  "GET /api/welders": "rows of regions",
  "GET /api/key-areas": "rows of regions",
  "GET /api/alarms": "rows of regions",
  "GET /api/alarm-suppressions": "rows of regions",
  // The same alarms, counted: alarms.test.ts.
  "GET /api/alarm-counts": "counts of regions",
  "GET /api/alarm-kinds": "public",
  "GET /api/me/alarms": "own",
  "GET /api/rectifications": "rows of regions",
  // Clauses of the platform's own rules.
  "GET /api/rectification-clauses": "public",
  "GET /api/credit-rules": "public",
  "GET /api/credit": "rows of regions",
  "GET /api/me/credit": "own",
  "GET /api/appeals": "rows of regions",
  // Each of the one region that is named, which has to be within reach: trends.test.ts.
  "GET /api/trends/anomalies": "of one subject",
  "GET /api/trends/risks": "of one subject",
  "GET /api/inspection-plans": "of one subject",
  "GET /api/inspection-tallies": "of one subject",
  "GET /api/me/appeals": "own",
  "GET /api/other-works": "rows of regions",
  "GET /api/work-conflicts": "rows of regions",
  "GET /api/region-orders": "rows of regions",
  "GET /api/fire-stations": "rows of regions",
  // To people of the region; the town's own clerk was told of its alarm.
  "GET /api/messages": "rows of regions",
  "GET /api/me/duty": "own",
  "GET /api/me/messages": "own",
  "GET /api/me/telling": "own",
  "GET /api/movement/machines": "rows of regions",
  "GET /api/movement/welders": "rows of regions",
  "GET /api/certificate-reviews": "rows of regions",
  "GET /api/enterprises": "rows of regions",
  "GET /api/labels": "rows of regions",
  "GET /api/label-batches": "rows of regions",
  "GET /api/refused-codes": "rows of regions",
  "GET /api/retrofit/campaigns": "rows of regions",
  "GET /api/retrofit/townships": "rows of regions",
  "GET /api/staff": "rows of regions",
  "GET /api/region-counts": "rows of regions",
  // The same rows, counted, with the newest alarms: wall.test.ts.
  "GET /api/wall": "counts of regions",
  // What waits in the caller's own reach and how its parts compare: desk.test.ts.
  "GET /api/desk": "counts of regions",
  "GET /api/desk/brief": "counts of regions",
  // What can be counted; nothing of anybody. Views are one's own, and those shared above or at one's region.
  "GET /api/statistics/measures": "public",
  "GET /api/statistics/views": "own",
  // Reports are made for their readers, of a region that all of them see; colleagues are those over that region:
  // statistics-reports.test.ts.
  "GET /api/statistics/report-schedules": "own",
  "GET /api/statistics/reports": "own",
  "GET /api/statistics/report-readers": "of one subject",
  "GET /api/figure-subscriptions": "own",
  "GET /api/retrofit/enterprises": "rows of an installer's regions",
  "GET /api/retrofit/own-installations": "own",
  "GET /api/imports": "own",
  "GET /api/me/work-sessions": "own",
  "GET /api/me/decisions": "own",
  "GET /api/me/certificates": "own",
  "GET /api/me/memberships": "own",
  "GET /api/me/notifications": "own",
  "GET /api/sign-ins": "own",
  "GET /api/me": "own",
  "GET /api/regions": "public",
  "GET /api/departments": "public",
  // Names of collections; their items have paths of their own.
  "GET /api/ogc": "public",
  "GET /api/ogc/conformance": "public",
  "GET /api/ogc/collections": "public",
  "GET /api/registration": "public",
  "GET /api/law/certificates": "public",
  "GET /api/law/rules": "public",
  "GET /api/law/changes": "public",
  "GET /api/adaptation-profiles": "public",
  // Where an organisation can be registered, and what the register of enterprises publishes anyway.
  "GET /api/enterprise-regions": "public",
  "GET /api/enterprise-names": "public",
  "GET /api/demo/inbox": "public",
  "GET /api/demo/accounts": "public",
  "GET /api/persons": "rows of regions",
  "GET /api/erasure-requests": "rows of regions",
  "GET /api/statistics/welders": "rows of regions",
  "GET /api/audit": "rows of regions",
  "GET /api/sharing/clients": "rows of regions",
  "GET /api/sharing/webhooks": "rows of regions",
  "GET /api/sharing/deliveries": "rows of regions",
  "GET /api/me/consents": "own",
  "GET /api/me/erasure": "own",
  "GET /api/consent-texts": "public",
  "GET /.well-known/jwks.json": "public",
  "GET /api/shared/machines": "a program's",
  "GET /api/shared/statistics": "a program's",
  "GET /api/shared/statistics/measures": "a program's",
  "GET /api/shared/enterprises": "a program's",
  "GET /api/shared/certificates": "a program's",
  "GET /api/shared/work-sessions": "a program's",
};
/** The same lists as files. */
const { exportMapSelection: _ofAPolygon, ...exportsOfLists } = exportRoutes;
const EXPORTS = Object.values({
  ...exportsOfLists,
  permits: hotWorkPermitRoutes.exportHotWorkPermits,
  clearances: clearanceRoutes.exportClearances,
}).map(({ path }) => `${path}?format=csv`);

const nameOf = (route: Route) => `${route.method} ${route.path}`;
/** A GET without a parameter in its path whose answer holds an array. */
const isList = (route: Route) =>
  route.method === "GET" &&
  !route.path.includes(":") &&
  Object.values(route.answers).some((answer) =>
    Object.values("shape" in answer ? (answer.shape as Record<string, { type?: string }>) : {}).some(
      ({ type }) => type === "array",
    ),
  );

test("every list is known to be of regions, one's own, or public", () => {
  expect(Object.keys(LISTS).sort()).toEqual(allRoutes.filter(isList).map(nameOf).sort());
});

describe.each(engines)("neighbours on %s", (engine) => {
  let app: TestPlatform;
  const towns = new Map<string, Town>();
  const codes = ["330723100", "330723101", "330702001", "410102001"];
  beforeAll(async () => {
    app = await withPlatform(engine);
    for (const code of codes) {
      for (const length of [2, 4, 6, 9]) {
        const region = code.slice(0, length) as RegionCode;
        const parent = { 2: null, 4: code.slice(0, 2), 6: code.slice(0, 4), 9: code.slice(0, 6) }[length];
        await buildRegion(app.ctx, region, (parent ?? null) as RegionCode | null);
      }
      towns.set(code, await buildTown(app, code as RegionCode));
    }
    await app.picture.refresh();
  });
  afterAll(() => app?.close());

  const lists = () => [
    ...allRoutes
      .filter((route) => LISTS[nameOf(route)] === "rows of regions")
      // Counts are asked for below the county of either.
      .flatMap(({ path }) =>
        path === "/api/region-counts" ? codes.map((code) => `${path}?parent=${code.slice(0, 6)}`) : [path],
      ),
    ...EXPORTS,
  ];
  const regulatorOf = async (region: string) =>
    (await buildStaff(app, "regulator", { region: region as RegionCode })).cookie;
  const get = async (url: string, cookie: string) => await app.call("GET", url, { cookie });
  const marksIn = (text: string, code: string) =>
    towns.get(code)!.marks.filter((mark) => text.includes(mark));

  test("an operator of the whole platform sees a mark of each town in every list", async () => {
    const { cookie } = await buildStaff(app, "operator");
    for (const code of codes) {
      for (const url of lists().filter((it) => !it.includes("parent=") || it.includes(code.slice(0, 6)))) {
        expect([url, marksIn((await get(url, cookie)).body, code).length > 0]).toEqual([url, true]);
      }
    }
  });

  test.each([
    ["a township's clerk", "330723100", "330723100", "330723101"],
    ["a county's regulator", "330723", "330723101", "330702001"],
    ["a province's regulator", "33", "330723100", "410102001"],
    ["another province's regulator", "41", "410102001", "330723100"],
    ["another province's clerk", "410102001", "410102001", "330702001"],
  ])("%s (%s) sees %s and nothing of %s, in any list or one by one", async (_who, scope, own, foreign) => {
    const cookie = await regulatorOf(scope);
    for (const url of lists()) {
      const response = await get(url, cookie);
      expect([url, response.statusCode]).toEqual([url, 200]);
      expect([url, marksIn(response.body, foreign)]).toEqual([url, []]);
      const isOfOwn = !url.includes("parent=") || url.includes(own.slice(0, 6));
      if (isOfOwn) expect([url, marksIn(response.body, own).length > 0]).toEqual([url, true]);
      // Asking for it by name changes nothing.
      for (const query of [`region=${foreign}`, `text=${foreign}`]) {
        const asked = await get(`${url}${url.includes("?") ? "&" : "?"}${query}`, cookie);
        expect([url, query, marksIn(asked.body, foreign)]).toEqual([url, query, []]);
      }
    }
    for (const url of towns.get(own)!.urls)
      expect([url, (await get(url, cookie)).statusCode]).toEqual([url, 200]);
    const { urls, files } = towns.get(foreign)!;
    for (const url of [...urls, ...files])
      expect([url, codeOf(await get(url, cookie))]).toEqual([url, "403 region.out_of_scope"]);
    const { staffId, machine } = towns.get(foreign)!;
    expect(codeOf(await get(`/api/staff/${staffId}`, cookie))).toBe("404 staff.not_found");
    const locked = await app.call("POST", `/api/machines/${machine.machineId}/lock`, {
      cookie,
      body: { reason: "演示" },
    });
    expect(codeOf(locked)).toBe("403 region.out_of_scope");
    const outside = {
      username: `x-${scope}`,
      name: "演示",
      role: "installer",
      region: foreign,
      department: null,
    };
    expect(codeOf(await app.call("POST", "/api/staff", { cookie, body: outside }))).toBe(
      "403 staff.beyond_reach",
    );
  });

  test("an installer finds firms of the own regions only", async () => {
    const { cookie } = await buildStaff(app, "installer", { region: codes[0] as RegionCode });
    const [path] = Object.keys(LISTS).filter((name) => LISTS[name] === "rows of an installer's regions");
    const url = path!.replace("GET ", "");
    for (const query of ["", ...codes.map((code) => `?text=${code}`)]) {
      const { body } = await get(`${url}${query}`, cookie);
      for (const code of codes.slice(1)) expect([query, marksIn(body, code)]).toEqual([query, []]);
    }
    expect(marksIn((await get(url, cookie)).body, codes[0]!)).not.toEqual([]);
  });

  test("the live picture shows each only its own", async () => {
    await app.picture.refresh();
    const shown = (region: string) => {
      const reader = new LiveReader();
      const scope = { everywhere: false, regions: [region as RegionCode], enterprises: [] };
      const following = app.picture.follow(scope, reader.send, undefined, reader.port);
      following.look(viewOf());
      following.leave();
      return reader
        .machines()
        .map(({ name }) => name)
        .sort();
    };
    expect(shown("330723100")).toEqual(["演示330723100机"]);
    expect(shown("41")).toEqual(["演示410102001机"]);
    expect(shown("33")).toHaveLength(3);
  });
});
