import type { RegionCode } from "@hanyouxu/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { bundledDivisions, importRegions, parseDivisions } from "../src/features/regions/regions.ts";
import { buildEnterprise, buildMachine, buildStaff, buildWelder } from "./county.ts";
import { engines } from "./database.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import { codeOf, fieldsOf } from "./two-firms.ts";

const day = 24 * 3_600_000;
const country = bundledDivisions();

describe("the bundled region tree", () => {
  test("holds all of China down to townships, each below its parent", () => {
    const count = (length: number) => country.filter(({ code }) => code.length === length).length;
    expect([count(2), count(4), count(6), count(9)]).toEqual([31, 342, 2_978, 41_352]);
    const codes = new Set<string>(country.map(({ code }) => code));
    expect(codes.size).toBe(country.length);
    expect(country.filter(({ parentCode }) => parentCode !== null && !codes.has(parentCode))).toEqual([]);
    expect(country.filter(({ code }) => /^330723\d{3}$/.test(code))).toHaveLength(18);
  });

  test.each(["3307230 演示", "330723", "330723 演示 01镇", "330723 演示 001", "县 330723"])(
    "a line like %s is named and refused",
    (line) => {
      expect(() => parseDivisions(`33 浙江省\n${line}\n`)).toThrow(/^line 2: /);
    },
  );
});

describe.each(engines)("regions on %s", (engine) => {
  let app: TestPlatform;
  let cookie: string;
  beforeAll(async () => {
    app = await withPlatform(engine);
    // As a register brings its own regions before the whole tree is imported.
    const enterpriseId = await buildEnterprise(app.ctx, { region: "330723102" as RegionCode });
    await buildMachine(app.ctx, { enterpriseId, region: "330723102" as RegionCode });
    await buildMachine(app.ctx, { enterpriseId, region: "330723100" as RegionCode });
    await buildWelder(app, { region: "330702001" as RegionCode });
    await importRegions(app.ctx, country, "system");
  });
  afterAll(() => app?.close());
  // Days pass in these tests, and sign-ins with them.
  beforeEach(async () => {
    ({ cookie } = await buildStaff(app, "regulator", { region: "330723" as RegionCode }));
  });
  const get = async (url: string, by = cookie) => await app.call("GET", url, { cookie: by });
  const items = async (url: string) => (await get(url)).json().items;
  const names = async (url: string) => (await items(url)).map(({ name }: { name: string }) => name);
  const entries = async () =>
    await app.ctx.db
      .selectFrom("audit_log")
      .select(["action", "details"])
      .where("action", "like", "region%")
      .orderBy("seq")
      .execute();

  test("imported once they are all there; again nothing changes and nothing is said", async () => {
    const { count } = await app.ctx.db
      .selectFrom("regions")
      .select((expression) => expression.fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow();
    expect(count).toBe(country.length);
    const before = await entries();
    expect(before).toMatchObject([{ action: "regions.imported", details: { abolished: 0 } }]);
    const again = await importRegions(app.ctx, country, "system");
    expect(again).toEqual({ added: 0, renamed: 0, adopted: 0, abolished: 0 });
    expect(await entries()).toEqual(before);
  }, 60_000);

  test("are walked from the provinces down to the townships", async () => {
    const provinces = (await get("/api/regions")).json();
    expect(provinces).toMatchObject({ total: 31, page: 1 });
    expect(await names("/api/regions?parent=33")).toHaveLength(11);
    expect(await names("/api/regions?parent=3307")).toContain("武义县");
    const townships = await items("/api/regions?parent=330723&pageSize=200");
    expect(townships).toHaveLength(18);
    expect(townships[3]).toMatchObject({
      code: "330723100",
      name: "柳城畲族镇",
      level: "township",
      hasChildren: false,
      path: [
        { code: "33", name: "浙江省" },
        { code: "3307", name: "金华市" },
        { code: "330723", name: "武义县" },
      ],
    });
    expect((await get("/api/regions/330723")).json()).toMatchObject({ name: "武义县", hasChildren: true });
  });

  test("are found by part of the name, of a former name, or of the code", async () => {
    expect(await names(`/api/regions?text=${encodeURIComponent("柳城畲")}`)).toEqual(["柳城畲族镇"]);
    expect(await names("/api/regions?text=330723&level=county")).toEqual(["武义县"]);
    // What the register had called it.
    const renamed = await items(`/api/regions?text=${encodeURIComponent("演示330723102")}`);
    expect(renamed).toMatchObject([
      { name: "桐琴镇", formerNames: [{ name: "演示330723102", endedOn: "2026-03-01" }] },
    ]);
    expect(await names(`/api/regions?text=${encodeURIComponent("100%")}`)).toEqual([]);
  });

  test("count what lies in them within the reader's reach, and no further", async () => {
    const counts = async (parent: string, by = cookie) =>
      (await get(`/api/region-counts${parent && `?parent=${parent}`}`, by)).json();
    expect(await counts("330723")).toEqual({
      whole: { machines: 2, enterprises: 1, welders: 0 },
      children: [
        { code: "330723100", machines: 1, enterprises: 0, welders: 0 },
        { code: "330723102", machines: 1, enterprises: 1, welders: 0 },
      ],
    });
    const operator = (await buildStaff(app, "operator")).cookie;
    expect(await counts("", operator)).toEqual({
      whole: { machines: 2, enterprises: 1, welders: 1 },
      children: [{ code: "33", machines: 2, enterprises: 1, welders: 1 }],
    });
    expect((await counts("3307")).whole.welders).toBe(0);
    expect((await counts("330702")).children).toEqual([]);
    const clerk = (await buildStaff(app, "regulator", { region: "330723100" as RegionCode })).cookie;
    expect((await counts("330723", clerk)).children).toEqual([
      { code: "330723100", machines: 1, enterprises: 0, welders: 0 },
    ]);
    const teacher = await buildStaff(app, "regulator", {
      region: "330723" as RegionCode,
      department: "education",
    });
    expect((await counts("330723", teacher.cookie)).whole).toEqual({
      machines: 2,
      enterprises: 1,
      welders: null,
    });
  });

  test("a code that vanishes is abolished with its day and may get a successor; one that returns is in use again", async () => {
    const operator = (await buildStaff(app, "operator")).cookie;
    const succeed = async (code: string, successor: string | null, by: string) =>
      await app.call("PUT", `/api/regions/${code}/successor`, { cookie: by, body: { successor } });
    expect(codeOf(await succeed("330723102", "330723103", operator))).toBe("409 region.not_abolished");

    app.clock.advance(day);
    ({ cookie } = await buildStaff(app, "regulator", { region: "330723" as RegionCode }));
    const tomorrow = (await buildStaff(app, "operator")).cookie;
    const without = country.filter(({ code }) => code !== "330723102");
    const renamed = without.map((division) =>
      division.code === "330723103" ? { ...division, name: "演示新泉溪镇" } : division,
    );
    expect(await importRegions(app.ctx, renamed, "system")).toEqual({
      added: 0,
      renamed: 1,
      adopted: 0,
      abolished: 1,
    });
    expect((await entries()).at(-1)!.details).toMatchObject({
      renamedCodes: ["330723103"],
      abolishedCodes: ["330723102"],
    });
    expect((await get("/api/regions/330723102")).json().abolishedOn).toBe("2026-03-02");
    expect(await names("/api/regions?parent=330723&state=current&pageSize=200")).toHaveLength(17);
    expect(await names("/api/regions?state=abolished")).toEqual(["桐琴镇"]);
    // Its records are still there, in reach of whoever reached them.
    expect((await get("/api/machines?region=330723102")).json().total).toBe(1);

    expect(codeOf(await succeed("330723102", "330723103", cookie))).toBe("403 role.forbidden");
    const local = (await buildStaff(app, "operator", { region: "33" as RegionCode })).cookie;
    expect(codeOf(await succeed("330723102", "330723103", local))).toBe("403 region.out_of_scope");
    expect(codeOf(await succeed("330723102", "330723102", tomorrow))).toBe("409 region.own_successor");
    expect(codeOf(await succeed("330723102", "990000", tomorrow))).toBe("404 region.not_found");
    expect(fieldsOf(await succeed("330723102", "33x", tomorrow))).toEqual(["body.successor"]);
    expect((await succeed("330723102", "330723103", tomorrow)).json().successor).toEqual({
      code: "330723103",
      name: "演示新泉溪镇",
    });

    expect(await importRegions(app.ctx, country, "system")).toMatchObject({ renamed: 1, adopted: 1 });
    expect((await get("/api/regions/330723102")).json()).toMatchObject({
      abolishedOn: null,
      successor: null,
    });
    expect((await get("/api/regions/330723103")).json()).toMatchObject({
      name: "泉溪镇",
      formerNames: [{ name: "演示新泉溪镇" }],
    });
  }, 60_000);

  test("a region of one's own making is left alone by an import", async () => {
    await app.ctx.db
      .insertInto("regions")
      .values({
        region_code: "330723900" as RegionCode,
        parent_code: "330723" as RegionCode,
        name: "演示开发区",
        latitude_degrees: null,
        longitude_degrees: null,
      })
      .execute();
    await importRegions(app.ctx, country, "system");
    expect((await get("/api/regions/330723900")).json()).toMatchObject({
      name: "演示开发区",
      abolishedOn: null,
    });
  }, 60_000);

  test("an import that fails changes nothing", async () => {
    const orphan = { code: "990000" as RegionCode, parentCode: "9900" as RegionCode, name: "演示" };
    const before = await entries();
    await expect(importRegions(app.ctx, [...country.slice(1), orphan], "system")).rejects.toThrow();
    expect((await get("/api/regions/11")).json().abolishedOn).toBeNull();
    expect(await entries()).toEqual(before);
  }, 60_000);

  test.each([
    ["/api/regions?parent=3", "query.parent"],
    ["/api/regions?level=village", "query.level"],
    ["/api/regions?state=gone", "query.state"],
    ["/api/regions?text=", "query.text"],
    ["/api/regions/33072", "params.code"],
    ["/api/region-counts?parent=x", "query.parent"],
  ])("%s is told that %s is wrong", async (url, path) => {
    expect(fieldsOf(await get(url))).toEqual([path]);
  });

  test("say when there is none", async () => {
    expect(codeOf(await get("/api/regions/99"))).toBe("404 region.not_found");
    const welder = (await buildWelder(app)).cookie;
    expect((await get("/api/regions/33", welder)).statusCode).toBe(200);
    expect(codeOf(await get("/api/region-counts", welder))).toBe("403 role.forbidden");
  });
});
