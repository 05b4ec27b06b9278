import { MAX_EXPORT_ROWS, type MapHit, type MapLayer } from "@hanyouxu/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCsv } from "../src/sheets/read-csv.ts";
import { here, otherCounty, township } from "./county.ts";
import { engines } from "./database.ts";
import { stationBody } from "./duty-stations.ts";
import { buildKeyArea } from "./key-area.ts";
import { rowsOf } from "./sheets.ts";
import { codeOf, fieldsOf, nobody, type TwoFirms, twoFirms, type Who } from "./two-firms.ts";

const around = "polygon=119.7,28.8;119.9,28.8;119.9,29;119.7,29";
const box = "box=119.7,28.8,119.9,29";
const layers = ["enterprises", "workSessions", "fireStations", "permits", "alarms"] as const;

describe.each(engines)("the map page on %s", (engine) => {
  let firms: TwoFirms;
  let keyAreaId: string;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    const { app, own, foreign } = firms;
    keyAreaId = await buildKeyArea(app.ctx, { by: own.welder.personId });
    await app.call("POST", "/api/fire-stations", {
      cookie: firms.cookieOf("regulator"),
      body: stationBody(),
    });
    await app.ctx.db
      .updateTable("machines")
      .set({ serial_number: "DEMO-77-A" })
      .where("machine_id", "=", own.idle.machineId)
      .execute();
    for (const { chip } of [own.idle, foreign.machine]) await app.say(chip.event("tamper", { raised: true }));
    await app.picture.refresh();
  });
  afterAll(() => firms?.app.close());

  const json = async (who: Who, url: string) => {
    const response = await firms.get(who, url);
    expect([url, response.statusCode]).toEqual([url, 200]);
    return response.json();
  };
  const found = async (who: Who, text: string): Promise<MapHit[]> =>
    (await json(who, `/api/map/search?text=${encodeURIComponent(text)}`)).items;
  const layer = async (who: Who, name: string, part = box): Promise<MapLayer> =>
    await json(who, `/api/map/layers/${name}?${part}`);
  const namesOf = ({ squares }: MapLayer) =>
    squares.flatMap(({ items }) => items.map(({ name }) => name)).sort();

  test.each(["", "processes=GMAW", "hasAlarm=true&region=33", "states=arcing&isMobile=false"])(
    "each choice beside '%s' leaves as many as the map then counts",
    async (query) => {
      for (const who of ["operator", "regulator", "otherOfficer"] as const) {
        const { choices } = await json(who, `/api/map/choices?${query}`);
        for (const name of [
          "region",
          "processes",
          "isMobile",
          "hasAlarm",
          "isInKeyArea",
          "workedWithinHours",
        ]) {
          expect(Object.keys(choices)).toContain(name);
          for (const [value, count] of Object.entries(choices[name])) {
            const chosen = new URLSearchParams(query);
            chosen.set(name, value);
            const { machines } = await json(who, `/api/map/counts?${chosen}`);
            expect([who, query, name, value, count]).toEqual([who, query, name, value, machines]);
          }
        }
      }
    },
  );

  test("a choice that was made does not narrow its own field", async () => {
    const { choices } = await json("operator", "/api/map/choices?processes=GMAW");
    expect(choices.processes).toEqual({ SMAW: 2, GMAW: 1 });
    expect(choices.isMobile).toEqual({ true: 1, false: 0 });
    expect(choices.region).toMatchObject({ "33": 1, "330723": 1 });
    const own = (await json("regulator", "/api/map/choices")).choices;
    expect(own.region).toEqual({ "33": 2, "3307": 2, "330723": 2, [township]: 2 });
    expect(own.certificateFamilies).toEqual({ emergency: 1 });
  });

  test("what is searched is found by name, code, plate, address and place, with where it is", async () => {
    const { machineId, machineCode } = firms.own.idle;
    const [byName] = await found("regulator", "演示二号");
    expect(byName).toMatchObject({ kind: "machine", id: machineId, name: "演示二号" });
    expect(byName!.place!.longitudeDegrees).toBeCloseTo(here.longitudeDegrees, 4);
    expect(byName!.detail).toMatch(/ · 演示甲厂$/);
    for (const text of [machineCode, machineCode.toLowerCase(), byName!.detail.split(" ")[0]!, "demo-77"])
      expect([text, (await found("regulator", text)).map(({ id }) => id)]).toEqual([text, [machineId]]);
    const [firm] = await found("regulator", "甲厂");
    expect(firm).toMatchObject({ kind: "enterprise", id: firms.own.enterpriseId });
    // It has no place of its own: it is where its machines are registered.
    expect(firm!.place!.latitudeDegrees).toBeCloseTo(here.latitudeDegrees, 4);
    expect((await found("regulator", "演示医院"))[0]).toMatchObject({ kind: "keyArea", id: keyAreaId });
    expect((await found("station", "城关"))[0]).toMatchObject({
      kind: "fireStation",
      name: "演示城关消防站",
    });
    expect((await found("regulator", township)).map(({ kind, id }) => [kind, id])).toEqual([
      ["region", township],
    ]);
    expect(await found("operator", "没有这个")).toEqual([]);
    expect(await found("operator", "%")).toEqual([]);
  });

  test("nobody finds what is beyond his reach", async () => {
    expect(await found("otherRegulator", "演示二号")).toEqual([]);
    expect(await found("otherRegulator", "甲厂")).toEqual([]);
    expect(await found("otherRegulator", "演示医院")).toEqual([]);
    expect(await found("otherRegulator", "城关")).toEqual([]);
    expect(await found("otherRegulator", township)).toEqual([]);
    expect((await found("otherOfficer", "演示")).map(({ name }) => name)).toEqual(["演示外县", "演示乙厂"]);
    expect(await found("unbound", "演示")).toEqual([]);
  });

  test("layers hold what lies in the box, counted in squares, within reach", async () => {
    expect(namesOf(await layer("operator", "enterprises"))).toEqual(["演示乙厂", "演示甲厂"]);
    expect(namesOf(await layer("regulator", "enterprises"))).toEqual(["演示甲厂"]);
    expect(namesOf(await layer("otherOfficer", "enterprises"))).toEqual(["演示乙厂"]);
    expect(await layer("regulator", "workSessions")).toMatchObject({
      total: 1,
      squares: [{ count: 1, items: [{ id: firms.own.machine.machineId, name: "演示一号" }] }],
    });
    expect(await layer("otherRegulator", "workSessions")).toEqual({ total: 0, squares: [] });
    expect(namesOf(await layer("regulator", "fireStations"))).toEqual(["演示城关消防站"]);
    expect((await layer("otherRegulator", "fireStations")).total).toBe(0);
    expect(namesOf(await layer("regulator", "alarms"))).toEqual(["演示二号"]);
    expect(namesOf(await layer("otherRegulator", "alarms"))).toEqual(["演示外县"]);
    const [both] = (await layer("operator", "alarms", "box=0,0,179,89")).squares;
    expect(both).toMatchObject({ count: 2, items: [{ name: "演示二号" }, { name: "演示外县" }] });
    for (const name of layers)
      expect([name, await layer("operator", name, "box=1,1,2,2")]).toEqual([name, { total: 0, squares: [] }]);
  });

  test("permits in force are a layer", async () => {
    const { app, own } = firms;
    const { person_id } = await app.ctx.db
      .selectFrom("welders")
      .select("person_id")
      .where("welder_id", "=", own.welder.welderId)
      .executeTakeFirstOrThrow();
    const permit = (number: string, status: "approved" | "draft") => ({
      permit_id: app.ctx.newId() as never,
      permit_number: number,
      status,
      region_code: township,
      key_area_id: null,
      site_owner_enterprise_id: null,
      contractor_enterprise_id: own.enterpriseId,
      machine_id: null,
      welder_person_id: person_id,
      welder_id: own.welder.welderId,
      regime: "elsewhere" as never,
      latitude_degrees: here.latitudeDegrees,
      longitude_degrees: here.longitudeDegrees,
      point_accuracy_metres: 5,
      floor: null,
      place_description: "演示",
      grade_declared: null,
      work_description: "演示",
      method: null,
      form: "{}",
      planned_from: null,
      planned_to: null,
      supervisor_person_id: null,
      fire_watch_person_id: null,
      created_at: new Date(app.clock.nowMs()),
    });
    await app.ctx.db
      .insertInto("hot_work_permits")
      .values([permit("演示-1", "approved"), permit("演示-2", "draft")])
      .execute();
    expect(namesOf(await layer("regulator", "permits"))).toEqual(["演示-1"]);
    expect(namesOf(await layer("officer", "permits"))).toEqual(["演示-1"]);
    expect(namesOf(await layer("otherRegulator", "permits"))).toEqual([]);
  });

  test("a drawn polygon tells what lies in it; few people are withheld", async () => {
    const all = await json("operator", `/api/map/selection?${around}`);
    expect(all).toMatchObject({
      machines: 3,
      enterprises: 2,
      alarms: 2,
      processes: { SMAW: 2, GMAW: 1 },
      workSessions: 1,
      welders: null,
      isWeldersWithheld: true,
    });
    expect(all.states).toMatchObject({ arcing: 1, tampered: 2 });
    expect(Object.values(all.enterpriseTypes).reduce((sum: number, n) => sum + Number(n), 0)).toBe(3);
    expect(await json("otherRegulator", `/api/map/selection?${around}`)).toMatchObject({
      machines: 1,
      enterprises: 1,
      workSessions: 0,
      welders: 0,
      isWeldersWithheld: false,
    });
    expect(await json("operator", `/api/map/selection?${around}&processes=GMAW`)).toMatchObject({
      machines: 1,
    });
    expect(await json("operator", `/api/map/selection?${around}&region=${otherCounty}`)).toMatchObject({
      machines: 1,
    });
    expect(await json("operator", "/api/map/selection?polygon=1,1;2,1;2,2")).toMatchObject({ machines: 0 });
  });

  test("people are told where there are enough of them", async () => {
    const { config } = firms.app.ctx;
    const least = config.smallestCount;
    (config as { smallestCount: number }).smallestCount = 1;
    expect(await json("operator", `/api/map/selection?${around}`)).toMatchObject({
      welders: 1,
      isWeldersWithheld: false,
    });
    (config as { smallestCount: number }).smallestCount = least;
  });

  test("the selection is taken away as a file, within reach, and that is recorded", async () => {
    const csv = await firms.get("regulator", `/api/exports/map-selection?${around}&isMobile=true&format=csv`);
    expect(csv.statusCode).toBe(200);
    const rows = readCsv(new Uint8Array(csv.rawPayload), MAX_EXPORT_ROWS).slice(1);
    expect(rows.map(([first]) => first)).toEqual(["演示二号"]);
    const workbook = await firms.get("otherRegulator", `/api/exports/map-selection?${around}`);
    expect((await rowsOf(new Uint8Array(workbook.rawPayload))).slice(1).map(([first]) => first)).toEqual([
      "演示外县",
    ]);
    const records = await firms.app.ctx.db
      .selectFrom("audit_log")
      .select(["subject", "details"])
      .where("action", "=", "list.exported")
      .orderBy("seq")
      .execute();
    expect(records).toHaveLength(2);
    expect(records[0]).toMatchObject({ subject: "list:map-selection", details: { format: "csv", rows: 1 } });
  });

  test("all of it is refused to strangers and roles without a map, and what is wrong is named", async () => {
    for (const url of [
      "/api/map/choices",
      "/api/map/search?text=a",
      ...layers.map((name) => `/api/map/layers/${name}?${box}`),
      `/api/map/selection?${around}`,
      `/api/exports/map-selection?${around}`,
    ]) {
      expect([url, codeOf(await firms.get(undefined, url))]).toEqual([url, "401 sign_in.required"]);
      for (const who of ["welder", "installer"] as const)
        expect([url, codeOf(await firms.get(who, url))]).toEqual([url, "403 role.forbidden"]);
    }
    expect(codeOf(await firms.get("officer", `/api/map/layers/fireStations?${box}`))).toBe(
      "403 role.forbidden",
    );
    for (const [url, field] of [
      ["/api/map/choices?processes=none", "query.processes.0"],
      ["/api/map/search", "query.text"],
      ["/api/map/search?text=%20", "query.text"],
      [`/api/map/layers/weather?${box}`, "params.layer"],
      ["/api/map/layers/alarms?box=1,2", "query.box"],
      ["/api/map/layers/alarms", "query.box"],
      ["/api/map/selection", "query.polygon"],
      ["/api/map/selection?polygon=1,2;3,4", "query.polygon"],
      [`/api/map/selection?${around}&keyAreaId=x${nobody}`, "query.keyAreaId"],
      [`/api/exports/map-selection?${around}&format=pdf`, "query.format"],
    ] as const)
      expect([url, fieldsOf(await firms.get("operator", url))]).toEqual([url, [field]]);
  });
});
