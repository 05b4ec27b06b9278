import { type MapCounts, readMachineTile } from "@hanyouxu/api";
import type { EnterpriseId } from "@hanyouxu/protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { buildMachine, buildWelder, here } from "./county.ts";
import { engines } from "./database.ts";

import { codeOf, fieldsOf, nobody, type TwoFirms, twoFirms, type Who } from "./two-firms.ts";

/** The tile of a zoom in which machines stand. */
function tileAt(zoom: number): string {
  const north = (here.latitudeDegrees / 180) * Math.PI;
  const x = Math.floor((here.longitudeDegrees / 360 + 0.5) * 2 ** zoom);
  const y = Math.floor(((1 - Math.log(Math.tan(north) + 1 / Math.cos(north)) / Math.PI) / 2) * 2 ** zoom);
  return `/api/map/tiles/${zoom}/${x}/${y}.mvt`;
}

describe.each(engines)("the map's machines on %s", (engine) => {
  let firms: TwoFirms;
  beforeEach(async () => {
    firms = await twoFirms(engine);
    await firms.app.picture.refresh();
  });
  afterEach(() => firms?.app.close());

  const tick = async (ms = 1_000) => {
    firms.app.clock.advance(ms);
    await firms.app.picture.refresh();
  };
  const pointsOf = async (who: Who, url: string) => {
    const response = await firms.get(who, url);
    expect(response.statusCode).toBe(200);
    expect(response.headers["content-type"]).toBe("application/vnd.mapbox-vector-tile");
    return readMachineTile(response.rawPayload);
  };
  const counts = async (query: string, who: Who = "operator"): Promise<MapCounts> =>
    (await firms.get(who, `/api/map/counts?${query}`)).json();
  const names = async (query: string, who: Who = "operator") =>
    (await firms.get(who, `/api/map/machines?${query}`))
      .json()
      .items.map(({ name }: { name: string }) => name);

  test("are counted in squares below zoom 13, each with what is at work and has an alarm in it", async () => {
    await firms.app.say(firms.own.idle.chip.event("tamper", { raised: true }));
    await tick();
    const [cluster, ...others] = await pointsOf("operator", tileAt(9));
    expect(others).toEqual([]);
    expect(cluster!.properties).toMatchObject({ n: 3, working: 1, alarm: 1 });
    expect(await names(`cell=${cluster!.properties.cell}`)).toEqual(["演示二号", "演示一号", "演示外县"]);
    expect(await pointsOf("operator", "/api/map/tiles/9/0/0.mvt")).toEqual([]);
    expect(await pointsOf("operator", "/api/map/tiles/0/0/0.mvt")).toHaveLength(1);
  });

  test("are the same tile by its tag until something of what is drawn changes", async () => {
    const tagOf = async (who: Who) => (await firms.get(who, tileAt(13))).headers.etag;
    const before = await tagOf("regulator");
    expect(before).toMatch(/^"[\w-]{43}"$/);
    // It is heard of again, and stands where it stood.
    await firms.app.say(firms.own.idle.chip.telemetry());
    await tick();
    expect(await tagOf("regulator")).toBe(before);
    await firms.app.say(firms.own.idle.chip.event("tamper", { raised: true }));
    await tick();
    expect(await tagOf("regulator")).not.toBe(before);
  });

  test("are points from zoom 13 on, under the filter", async () => {
    const points = await pointsOf("regulator", tileAt(13));
    const found = points.map(({ properties }) => [properties.id, properties.state, properties.alarm]);
    expect(found.sort(([, a], [, b]) => String(a).localeCompare(String(b)))).toEqual([
      [firms.own.machine.machineId, "arcing", 0],
      [firms.own.idle.machineId, "idle", 0],
    ]);
    const welding = await pointsOf("regulator", `${tileAt(13)}?states=arcing,energised&isMobile=false`);
    expect(welding.map(({ properties }) => properties.id)).toEqual([firms.own.machine.machineId]);
    // A square with one machine is that machine.
    const [alone] = await pointsOf("regulator", `${tileAt(9)}?processes=GMAW`);
    expect(alone!.properties).toMatchObject({ n: 1, id: firms.own.idle.machineId, state: "idle" });
  });

  test("are listed by cell, box and polygon, the most important state first, page by page", async () => {
    const [west, south] = [here.longitudeDegrees - 0.01, here.latitudeDegrees - 0.01];
    const [east, north] = [here.longitudeDegrees + 0.01, here.latitudeDegrees + 0.01];
    const inBox = `box=${west},${south},${east},${north}`;
    await firms.app.say(firms.foreign.machine.chip.event("tamper", { raised: true }));
    await tick();
    expect(await names(inBox)).toEqual(["演示外县", "演示一号", "演示二号"]);
    expect(await names(`box=${west},${south},${west},${north}`)).toEqual([]);
    expect(
      await names(`polygon=${west},${south};${east},${south};${east},${north};${west},${north}`),
    ).toHaveLength(3);
    expect(await names(`polygon=${west},${south};${east},${south};${east},${south + 0.001}`)).toEqual([]);
    const page = (await firms.get("operator", `/api/map/machines?${inBox}&page=2&pageSize=2`)).json();
    expect(page).toMatchObject({ total: 3, page: 2, pageSize: 2, items: [{ name: "演示二号" }] });
    expect((await firms.get("regulator", "/api/map/machines?pageSize=1")).json().items).toEqual([
      {
        id: firms.own.machine.machineId,
        name: "演示一号",
        longitudeDegrees: 119.8,
        latitudeDegrees: 28.9,
        state: "arcing",
        isMobile: false,
        currentAmps: 123,
        alarm: null,
      },
    ]);
  });

  test("are filtered by each thing that is known of them, and by several at once", async () => {
    const { app, own, foreign } = firms;
    const { db } = app.ctx;
    await db
      .updateTable("enterprises")
      .set({ type: "state-owned", domain: "chemical", industry: "C26" })
      .where("enterprise_id", "=", foreign.enterpriseId)
      .execute();
    await app.say(foreign.machine.chip.event("tamper", { raised: true }));
    await tick();
    const alone = { foreign: ["演示外县"], working: ["演示一号"], idle: ["演示二号"] };
    for (const [query, expected] of [
      ["enterpriseTypes=state-owned,partnership", alone.foreign],
      ["domains=chemical", alone.foreign],
      ["industries=C26", alone.foreign],
      ["industries=C", alone.foreign],
      ["industries=B,C27", []],
      ["region=330702", alone.foreign],
      ["hasAlarm=true", alone.foreign],
      ["states=arcing", alone.working],
      ["workedWithinHours=1", alone.working],
      ["certificateFamilies=emergency", alone.working],
      ["certificateFamilies=construction", []],
      ["isMobile=true", alone.idle],
      ["processes=GMAW,SAW", alone.idle],
      ["isInKeyArea=true", []],
      [`keyAreaId=${nobody}`, []],
      ["region=33&states=arcing&processes=SMAW", alone.working],
      ["region=330702&states=arcing&processes=SMAW", []],
    ] as const) {
      expect([query, await names(query)]).toEqual([query, expected]);
      expect([query, (await counts(query)).machines]).toEqual([query, expected.length]);
    }
    expect(await names("hasAlarm=false&isInKeyArea=false&region=33")).toHaveLength(2);
    expect(own.machine).toBeDefined();
  });

  test("are counted by state, also those that nobody has placed", async () => {
    const { machineId } = await buildMachine(firms.app.ctx, {
      enterpriseId: firms.own.enterpriseId,
      hasChip: false,
    });
    const unplaced = { home_latitude_degrees: null, home_longitude_degrees: null };
    await firms.app.ctx.db
      .updateTable("machines")
      .set(unplaced)
      .where("machine_id", "=", machineId)
      .execute();
    await tick();
    const found = await counts("", "regulator");
    expect(found).toMatchObject({ machines: 3, placed: 2, alarms: 0 });
    expect(found.states).toMatchObject({ arcing: 1, idle: 1, offline: 1, tampered: 0 });
    expect(await pointsOf("regulator", "/api/map/tiles/0/0/0.mvt")).toMatchObject([{ properties: { n: 2 } }]);
  });

  test("follow at once who holds them, their firm and their alarms, and what leaves no trace within a minute", async () => {
    const { app, own } = firms;
    const { db } = app.ctx;
    const welder = await buildWelder(app, { enterprises: [own.enterpriseId], certificate: null });
    await firms.start(welder, own.idle.machineCode);
    await db
      .updateTable("enterprises")
      .set({ domain: "energy" })
      .where("enterprise_id", "=", own.enterpriseId)
      .execute();
    await tick();
    expect(await names("domains=energy")).toEqual(["演示一号", "演示二号"]);
    await db.updateTable("certificates").set({ valid_to: "2026-02-28" }).execute();
    for (let n = 0; n < 60; n++) {
      await app.say(own.machine.chip.telemetry());
      await tick();
    }
    expect(await names("certificateFamilies=emergency")).toEqual([]);
    const { enterprise_id } = await db
      .updateTable("machines")
      .set({ name: "演示改名" })
      .where("machine_id", "=", own.idle.machineId)
      .returning("enterprise_id")
      .executeTakeFirstOrThrow();
    expect(enterprise_id).toBe(own.enterpriseId satisfies EnterpriseId);
    await tick();
    expect(await names("isMobile=true")).toEqual(["演示改名"]);
  });

  test("are refused to strangers and roles without a map, and what is wrong is named", async () => {
    for (const url of [tileAt(9), "/api/map/counts", "/api/map/machines", "/api/live/events"]) {
      expect([url, codeOf(await firms.get(undefined, url))]).toEqual([url, "401 sign_in.required"]);
      expect([url, codeOf(await firms.get("welder", url))]).toEqual([url, "403 role.forbidden"]);
    }
    for (const [url, field] of [
      ["/api/map/tiles/9/512/0.mvt", "params.x"],
      ["/api/map/tiles/23/0/0.mvt", "params.z"],
      ["/api/map/counts?states=asleep", "query.states.0"],
      ["/api/map/counts?region=3307235", "query.region"],
      ["/api/map/machines?cell=9.0", "query.cell"],
      ["/api/map/machines?cell=9.9999.0", "query.cell"],
      ["/api/map/machines?box=1,2,3", "query.box"],
      ["/api/map/machines?box=3,2,1,4", "query.box"],
      ["/api/map/machines?polygon=1,2;3,4", "query.polygon"],
      ["/api/map/machines?polygon=1,2;3,4;5,96", "query.polygon"],
      ["/api/map/machines?cell=9.0.0&box=1,2,3,4", "query.cell"],
      ["/api/live/events?view=nonsense", "query.view"],
    ] as const) {
      const response = await firms.get("operator", url);
      expect([url, response.statusCode]).toEqual([url, 400]);
      expect([url, fieldsOf(response)]).toEqual([url, [field]]);
    }
  });
});
