import { formatSiteSignCode, parseSiteSignCode, type SiteSignCode } from "@hanyouxu/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines } from "./database.ts";
import { areaBody } from "./key-area-cases.ts";
import type { TestPlatform } from "./platform.ts";
import { readSheets, textOfPdf } from "./read-sheets.ts";
import { codeOf, fieldsOf, nobody, type TwoFirms, twoFirms, type Who } from "./two-firms.ts";

interface Sign {
  signCode: SiteSignCode;
  floor: string | null;
  state: string;
  printCount: number;
}

describe.each(engines)("signs of key areas on %s", (engine) => {
  let firms: TwoFirms;
  let app: TestPlatform;
  let keyAreaId: string;
  let url: string;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    ({ app } = firms);
    const openingHours = [{ weekdays: [1, 2, 3, 4, 5, 6, 7], opensAt: "08:00", closesAt: "17:30" }];
    const specialPeriods = [
      { name: "演示会期", fromDay: "2026-03-02", untilDay: "2026-03-02", rule: "forbidden" },
    ];
    const body = areaBody({
      floors: ["B1", "1", "2"],
      validity: { from: null, until: null, openingHours, specialPeriods },
    });
    const made = await firms.post("regulator", "/api/key-areas", body);
    ({ keyAreaId } = made.json());
    url = `/api/key-areas/${keyAreaId}/signs`;
  });
  afterAll(() => app?.close());

  const make = async (body: object, who: Who = "regulator"): Promise<Sign[]> => {
    const response = await firms.post(who, url, body);
    expect(response.statusCode, response.body).toBe(200);
    return response.json().items;
  };
  const valid = (signs: Sign[]) => signs.filter(({ state }) => state === "valid");
  const scan = (code: string, who: Who = "welder") =>
    firms.get(who, `/api/site-signs/${encodeURIComponent(code)}`);

  test("the area and each of its floors get a sign once, however often it is asked for", async () => {
    const first = await make({ floors: [null, "B1"] });
    expect(first.map(({ floor }) => floor)).toEqual([null, "B1"]);
    const second = await make({ floors: ["2", "b1", null] });
    expect(second.map(({ floor }) => floor)).toEqual([null, "2", "B1"]);
    expect(second).toEqual(expect.arrayContaining(first));
    expect((await firms.get("station", url)).json().items).toEqual(second);
    expect(codeOf(await firms.post("regulator", url, { floors: ["9"] }))).toBe("409 key_area.no_such_floor");
  });

  test.each(["A4", "A5"])(
    "signs are printed on %s, one a page, and every code is read from the paper again",
    async (paper) => {
      const signs = valid(await make({ floors: [null, "B1", "2"] }));
      const printed = await firms.get("regulator", `${url}.pdf?paper=${paper}`);
      expect(printed.statusCode).toBe(200);
      expect(printed.headers["content-type"]).toBe("application/pdf");
      const pdf = new Uint8Array(printed.rawPayload);
      const pages = await readSheets(pdf);
      expect(pages.map((page) => page.length)).toEqual([1, 1, 1]);
      const codes = pages.flat();
      expect(codes.every(({ level }) => level === "Q")).toBe(true);
      expect(Math.min(...codes.map(({ sideMm }) => sideMm))).toBeGreaterThan(paper === "A4" ? 90 : 63);
      const read = codes.map(({ text }) => {
        const parsed = parseSiteSignCode(text);
        return parsed.ok ? parsed.value : text;
      });
      expect(read).toEqual(signs.map(({ signCode }) => signCode));
      const text = textOfPdf(pdf);
      for (const words of [
        "演示人民医院",
        "医院",
        "地下 1 层",
        "2 层",
        "动火作业票",
        "营业（开放）期间禁止动火",
      ])
        expect(text).toContain(words);
      for (const { signCode } of signs) expect(text).toContain(formatSiteSignCode(signCode));
      expect((await firms.get("regulator", url)).json().items[0].printCount).toBe(signs[0]!.printCount + 1);
    },
    60_000,
  );

  test("a sign printed anew voids the old one", async () => {
    const old = valid(await make({ floors: [null] }))[0]!;
    const renewed = await make({ floors: [null], voidOld: true, reason: "演示破损" });
    expect(valid(renewed).filter(({ floor }) => floor === null)).toHaveLength(1);
    expect(renewed).toContainEqual(
      expect.objectContaining({ signCode: old.signCode, voidReason: "演示破损" }),
    );
    expect(codeOf(await scan(old.signCode))).toBe("404 site_sign.void");
    expect((await scan(valid(renewed)[0]!.signCode)).statusCode).toBe(200);
    expect(fieldsOf(await firms.post("regulator", url, { floors: [null], voidOld: true }))).toEqual([
      "body.reason",
    ]);
  });

  test("a made-up code is refused and counted; what is no sign's code is said to be none", async () => {
    const counted = async () => (await app.ctx.metrics.forgedCodes.get()).values[0]?.value ?? 0;
    const before = await counted();
    expect(codeOf(await scan("S041061050TASJRYE"))).toBe("404 site_sign.forged");
    expect(await counted()).toBe(before + 1);
    expect(fieldsOf(await scan("演示"))).toEqual(["params.signCode"]);
    expect(fieldsOf(await scan(firms.own.machine.machineCode))).toEqual(["params.signCode"]);
    expect(codeOf(await firms.get(undefined, "/api/site-signs/S041061050TASJRYE"))).toBe(
      "401 sign_in.required",
    );
  });

  test("a floor that the area no longer covers, and an abolished area, have no valid sign", async () => {
    const other = await firms.post(
      "regulator",
      "/api/key-areas",
      areaBody({ kind: "mall", floors: ["1", "2"] }),
    );
    const { keyAreaId: mallId } = other.json();
    const mall = `/api/key-areas/${mallId}`;
    const signs: Sign[] = (
      await firms.post("regulator", `${mall}/signs`, { floors: [null, "1", "2"] })
    ).json().items;
    const body = { ...areaBody({ kind: "mall", floors: ["1"] }), basedOnVersion: 1 };
    await app.call("PUT", mall, { cookie: firms.cookieOf("regulator"), body });
    const states = async () => {
      const items: Sign[] = (await firms.get("regulator", `${mall}/signs`)).json().items;
      return signs.map(({ signCode }) => items.find((item) => item.signCode === signCode)?.state);
    };
    expect(await states()).toEqual(["valid", "valid", "void"]);
    await firms.post("regulator", `${mall}/abolition`, { reason: "演示撤销", basedOnVersion: 2 });
    expect(await states()).toEqual(["void", "void", "void"]);
    expect(codeOf(await firms.post("regulator", `${mall}/signs`, { floors: [null] }))).toBe(
      "409 key_area.abolished",
    );
    expect(codeOf(await firms.get("regulator", `${mall}/signs.pdf`))).toBe("409 key_area.no_signs");
  });

  test("signs are made by who governs the region, and read and printed by who sees the area", async () => {
    const body = { floors: [null] };
    for (const who of ["officer", "station", "welder", "installer"] as const)
      expect(codeOf(await firms.post(who, url, body))).toBe("403 role.forbidden");
    for (const who of ["otherRegulator", "unbound"] as const) {
      expect(codeOf(await firms.post(who, url, body))).toBe("403 region.out_of_scope");
      expect(codeOf(await firms.get(who, url))).toBe("403 region.out_of_scope");
      expect(codeOf(await firms.get(who, `${url}.pdf`))).toBe("403 region.out_of_scope");
    }
    expect(codeOf(await firms.get("welder", url))).toBe("403 role.forbidden");
    expect(codeOf(await firms.get("otherOfficer", url))).toBe("403 region.out_of_scope");
    expect(codeOf(await firms.post("regulator", `/api/key-areas/${nobody}/signs`, body))).toBe(
      "404 key_area.not_found",
    );
    expect(codeOf(await firms.get("regulator", `/api/key-areas/${nobody}/signs`))).toBe(
      "404 key_area.not_found",
    );
    expect(codeOf(await firms.get("regulator", `/api/key-areas/${nobody}/signs.pdf`))).toBe(
      "404 key_area.not_found",
    );
    expect(fieldsOf(await firms.post("regulator", url, { floors: [] }))).toEqual(["body.floors"]);
  });

  test("a scanned sign tells area, floor and what holds there just now", async () => {
    const sign = valid(await make({ floors: ["B1"] })).find(({ floor }) => floor === "B1")!;
    for (const spelling of [sign.signCode, formatSiteSignCode(sign.signCode), sign.signCode.toLowerCase()]) {
      expect((await scan(spelling)).json()).toMatchObject({
        keyAreaId,
        name: "演示人民医院",
        kind: "hospital",
        floor: "B1",
        policy: { demands: { permit: true } },
        isInForce: true,
        // 08:00 in Shanghai.
        isOpenToPublic: true,
        forbiddenPeriod: null,
      });
    }
    app.clock.advance(9.6 * 3_600_000);
    expect((await scan(sign.signCode)).json()).toMatchObject({ isOpenToPublic: false });
    app.clock.advance(7 * 3_600_000);
    expect((await scan(sign.signCode)).json()).toMatchObject({ forbiddenPeriod: "演示会期" });
  });
});
