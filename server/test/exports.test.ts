import { MAX_EXPORT_ROWS } from "@hanyouxu/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCsv } from "../src/sheets/read-csv.ts";
import { otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import { rowsOf } from "./sheets.ts";
import { codeOf, fieldsOf, type TwoFirms, twoFirms, type Who } from "./two-firms.ts";

const lists = ["machines", "work-sessions", "enterprises", "welders"];

describe.each(engines)("exports on %s", (engine) => {
  let firms: TwoFirms;
  beforeAll(async () => {
    firms = await twoFirms(engine);
  });
  afterAll(() => firms?.app.close());
  const exported = async (who: Who, url: string) => {
    const answer = await firms.get(who, `/api/exports/${url}${url.includes("?") ? "&" : "?"}format=csv`);
    expect(answer.statusCode).toBe(200);
    return readCsv(new Uint8Array(answer.rawPayload), MAX_EXPORT_ROWS).slice(1);
  };

  test("ask who it is, and are closed to installers and welders", async () => {
    for (const list of lists) {
      expect(codeOf(await firms.get(undefined, `/api/exports/${list}`))).toBe("401 sign_in.required");
      for (const who of ["installer", "welder"] as const)
        expect(codeOf(await firms.get(who, `/api/exports/${list}`))).toBe("403 role.forbidden");
      expect(fieldsOf(await firms.get("operator", `/api/exports/${list}?region=x`))).toEqual([
        "query.region",
      ]);
      expect(fieldsOf(await firms.get("operator", `/api/exports/${list}?format=pdf`))).toEqual([
        "query.format",
      ]);
    }
  });

  test("hold what is within reach and fits the filters, no more", async () => {
    const names = async (who: Who, url: string) => (await exported(who, url)).map(([first]) => first);
    expect(await names("operator", "machines")).toEqual(["演示一号", "演示二号", "演示外县"]);
    expect(await names("regulator", "machines")).toEqual(["演示一号", "演示二号"]);
    expect(await names("officer", "machines?sort=-name&isMobile=true")).toEqual(["演示二号"]);
    expect(await names("otherOfficer", `machines?region=${otherCounty}`)).toEqual(["演示外县"]);
    expect(await names("officer", `machines?region=${otherCounty}`)).toEqual([]);
    expect(await names("unbound", "machines")).toEqual([]);
    expect(await names("regulator", "enterprises")).toEqual(["演示甲厂"]);
    expect(await names("otherOfficer", "enterprises?text=乙")).toEqual(["演示乙厂"]);
    expect(await exported("officer", "welders")).toHaveLength(1);
    expect(await exported("otherRegulator", "welders")).toHaveLength(1);
    expect(await exported("operator", "welders")).toHaveLength(2);
    expect(await exported("unbound", "welders")).toHaveLength(0);
    expect(await exported("officer", "work-sessions?status=energised")).toHaveLength(1);
    expect(await exported("otherOfficer", "work-sessions")).toHaveLength(0);
  });

  test("mask personal data and leave a record with the number of rows", async () => {
    const text = (await firms.get("regulator", "/api/exports/welders?format=csv")).rawPayload.toString(
      "utf8",
    );
    expect(text.startsWith("\uFEFF")).toBe(true);
    expect(text).toContain("演***");
    expect(text).toContain("330723********1234");
    expect(text).not.toContain("演示张三");
    const sheet = await firms.get("operator", "/api/exports/work-sessions");
    const [head, row] = await rowsOf(sheet.rawPayload);
    expect(head![5]).toBe("焊工");
    expect(row![5]).toBe("演***");
    const log = await firms.app.ctx.db
      .selectFrom("audit_log")
      .select(["subject", "details"])
      .where("action", "=", "list.exported")
      .orderBy("seq", "desc")
      .limit(2)
      .execute();
    expect(log).toEqual([
      { subject: "list:work-sessions", details: { format: "xlsx", rows: 1, filters: {} } },
      { subject: "list:welders", details: { format: "csv", rows: 1, filters: {} } },
    ]);
  });

  test("never hold a formula", async () => {
    const name = '=HYPERLINK("http://evil.example","点我")';
    await firms.app.ctx.db
      .updateTable("machines")
      .set({ name })
      .where("machine_id", "=", firms.own.idle.machineId)
      .execute();
    const csv = (await firms.get("officer", "/api/exports/machines?format=csv")).rawPayload.toString("utf8");
    expect(csv).toContain(`"'=HYPERLINK(`);
    const sheet = await rowsOf((await firms.get("officer", "/api/exports/machines")).rawPayload);
    expect(sheet.map(([first]) => first)).toContain(name);
  });
});
