import { allRoutes, type Route } from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type BuiltMachine,
  type BuiltWelder,
  buildEnterprise,
  buildMachine,
  buildRegion,
  buildStaff,
  buildWelder,
  here,
} from "./county.ts";
import { engines } from "./database.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import { codeOf } from "./two-firms.ts";

/**
 * What each route that lists shows: rows of regions, which the towns below hold one of each, or what is everybody's or
 * the caller's own; what departments' programs read by their own tokens is in sharing.test.ts. A new list needs its line, and a row in `buildTown` when it is of regions.
 */
const LISTS: Record<string, "rows of regions" | "own" | "public" | "a program's"> = {
  "GET /api/machines": "rows of regions",
  "GET /api/work-sessions": "rows of regions",
  "GET /api/decisions": "rows of regions",
  "GET /api/staff": "rows of regions",
  "GET /api/region-counts": "rows of regions",
  "GET /api/me/work-sessions": "own",
  "GET /api/me/decisions": "own",
  "GET /api/me/certificates": "own",
  "GET /api/sign-ins": "own",
  "GET /api/me": "own",
  "GET /api/regions": "public",
  "GET /api/departments": "public",
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
  "GET /api/shared/enterprises": "a program's",
  "GET /api/shared/certificates": "a program's",
  "GET /api/shared/work-sessions": "a program's",
};

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

/** A township with everything that lists show, under a name that nothing else has. */
interface Town {
  code: RegionCode;
  /** Every id and name that lies in it. */
  marks: readonly string[];
  machine: BuiltMachine;
  welder: BuiltWelder;
  workSessionId: string;
  decisionId: string;
  staffId: string;
  urls: readonly string[];
}

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
      towns.set(code, await buildTown(code as RegionCode));
    }
  });
  afterAll(() => app?.close());

  async function buildTown(code: RegionCode): Promise<Town> {
    const { ctx } = app;
    const enterpriseName = `演示${code}厂`;
    const machineName = `演示${code}机`;
    const enterpriseId = await buildEnterprise(ctx, { region: code, name: enterpriseName });
    const machine = await buildMachine(ctx, { enterpriseId, region: code, name: machineName });
    const welder = await buildWelder(app, { enterprises: [enterpriseId], region: code });
    await app.bringOnline(machine.chip);
    const operator = (await buildStaff(app, "operator")).cookie;
    const made = async (url: string, cookie: string, body: object = {}) =>
      (await app.call("POST", url, { cookie, body })).json();
    const { clientId } = await made("/api/sharing/clients", operator, {
      name: `演示${code}程序`,
      department: "演示住建局",
      region: code,
      fields: { machines: ["name"] },
    });
    const { subscriptionId } = await made("/api/sharing/webhooks", operator, {
      clientId,
      url: "https://example.com/hook",
      eventKinds: ["work-session.granted"],
    });
    const started = await app.call("POST", "/api/work-sessions", {
      cookie: welder.cookie,
      body: { machineCode: machine.machineCode, position: here, idempotencyKey: ctx.newId() },
    });
    const { workSessionId, decisionId } = started.json().workSession;
    const { erasureRequestId } = await made("/api/me/erasure", welder.cookie);
    const created = await app.call("POST", "/api/staff", {
      cookie: operator,
      body: { username: `clerk-${code}`, name: "演示", role: "regulator", region: code, department: null },
    });
    const staffId: string = created.json().personId;
    return {
      code,
      machine,
      welder,
      workSessionId,
      decisionId,
      staffId,
      marks: [
        enterpriseId,
        enterpriseName,
        machine.machineId,
        machineName,
        welder.welderId,
        workSessionId,
        decisionId,
        staffId,
        `clerk-${code}`,
        `"code":"${code}","machines":1`,
        `"region":"${code}","regionName"`,
        welder.personId,
        clientId,
        subscriptionId,
        erasureRequestId,
      ],
      urls: [
        `/api/machines/${machine.machineId}`,
        `/api/machines/${machine.machineId}/timeline`,
        `/api/work-sessions/${workSessionId}`,
        `/api/decisions/${decisionId}`,
      ],
    };
  }

  const lists = () =>
    allRoutes
      .filter((route) => LISTS[nameOf(route)] === "rows of regions")
      // Counts are asked for below the county of either.
      .flatMap(({ path }) =>
        path === "/api/region-counts" ? codes.map((code) => `${path}?parent=${code.slice(0, 6)}`) : [path],
      );
  const regulatorOf = async (region: string) =>
    (await buildStaff(app, "regulator", { region: region as RegionCode })).cookie;
  const get = async (url: string, cookie: string) => await app.call("GET", url, { cookie });
  const marksIn = (text: string, code: string) =>
    towns.get(code)!.marks.filter((mark) => text.includes(mark));

  test("an operator of the whole platform sees a mark of each town in every list", async () => {
    const { cookie } = await buildStaff(app, "operator");
    for (const code of codes) {
      for (const url of lists().filter((it) => !it.includes("=") || it.includes(code.slice(0, 6)))) {
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
      expect(response.statusCode).toBe(200);
      expect([url, marksIn(response.body, foreign)]).toEqual([url, []]);
      const isOfOwn = !url.includes("=") || url.includes(own.slice(0, 6));
      if (isOfOwn) expect([url, marksIn(response.body, own).length > 0]).toEqual([url, true]);
      // Asking for it by name changes nothing.
      for (const query of [`region=${foreign}`, `text=${foreign}`]) {
        const asked = await get(`${url}${url.includes("?") ? "&" : "?"}${query}`, cookie);
        expect([url, query, marksIn(asked.body, foreign)]).toEqual([url, query, []]);
      }
    }
    for (const url of towns.get(own)!.urls) expect((await get(url, cookie)).statusCode).toBe(200);
    for (const url of towns.get(foreign)!.urls)
      expect(codeOf(await get(url, cookie))).toBe("403 region.out_of_scope");
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

  test("the live picture shows each only its own", async () => {
    await app.picture.refresh();
    const shown = (region: string) => {
      const names: string[] = [];
      const scope = { everywhere: false, regions: [region as RegionCode], enterprises: [] };
      app.picture.follow(scope, ({ machines }) => names.push(...machines.map(({ name }) => name))).leave();
      return names.sort();
    };
    expect(shown("330723100")).toEqual(["演示330723100机"]);
    expect(shown("41")).toEqual(["演示410102001机"]);
    expect(shown("33")).toHaveLength(3);
  });
});
