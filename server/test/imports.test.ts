import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runDueImports } from "../src/features/imports/imports.ts";
import { buildStaff, county, otherCounty, township } from "./county.ts";
import { engines } from "./database.ts";
import { welder, withImports } from "./import-platform.ts";
import type { TestPlatform } from "./platform.ts";
import {
  applyAs,
  identityNumber,
  issuesOf,
  type RowOf,
  rowsOf,
  sha256Of,
  upload,
  uploadAndCheck,
  workbookOf,
} from "./sheets.ts";

describe.each(engines)("bulk imports on %s", (engine) => {
  let app: TestPlatform;
  let regulator: { personId: string; cookie: string };
  let officer: string;
  beforeAll(async () => {
    ({ app, regulator, officer } = await withImports(engine));
  });
  afterAll(() => app?.close());

  const count = async (table: "welders" | "persons" | "certificates" | "machines") =>
    (
      await app.ctx.db
        .selectFrom(table)
        .select((expression) => expression.fn.countAll<number>().as("count"))
        .executeTakeFirstOrThrow()
    ).count;

  test("the template has Chinese heads, an example that is never taken in and a choice where there is one", async () => {
    for (const kind of ["enterprises", "machines", "welders"] as const) {
      const answer = await app.call("GET", `/api/imports/templates/${kind}`, { cookie: regulator.cookie });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers["content-disposition"]).toContain("filename*=UTF-8''");
      const [head, example] = await rowsOf(answer.rawPayload);
      expect(head!.every((cell) => /\p{Script=Han}/u.test(String(cell)))).toBe(true);
      expect(example!.some((cell) => String(cell).startsWith("【演示】"))).toBe(true);
      const checked = await uploadAndCheck(app, regulator.cookie, kind, answer.rawPayload);
      expect(checked).toMatchObject({ status: "refused", problem: { code: "no_rows" } });
    }
  });

  test("a dry run names each bad cell by row and column and takes nothing in", async () => {
    const before = await count("persons");
    const file = await workbookOf("welders", [
      welder(1),
      welder(2, { identityNumber: "330723180001010000" }),
      welder(3, { name: null, phone: "12345" }),
      welder(4, { region: otherCounty, enterpriseUscc: null }),
      welder(5, { validTo: "2024-12-31" }),
      welder(1, { phone: null }),
      welder(6, { region: null, township: "没有的乡" }),
      welder(7, { item: "杂耍" }),
      welder(8, { identityNumber: 330723180001010000 }),
      welder(9, { enterpriseUscc: "91350100M000100Y44" }),
      welder(10, { phone: "13900000001" }),
    ]);
    const checked = await uploadAndCheck(app, regulator.cookie, "welders", file);
    expect(checked).toMatchObject({
      status: "checked",
      rowsTotal: 11,
      rowsDone: 11,
      rowsBad: 10,
      toInsert: 1,
      toUpdate: 0,
      fileSha256: sha256Of(file),
    });
    expect(await issuesOf(app, regulator.cookie, checked.importId)).toEqual([
      "3 身份证号 identity_invalid",
      "4 姓名 required",
      "4 手机号 phone_invalid",
      "5 区划代码 out_of_scope",
      "6 有效期止 day_order",
      "7 证书编号 duplicate_in_file",
      "8 乡镇（街道） township_unknown",
      "9 作业项目 item_invalid",
      "10 身份证号 digits_lost",
      "11 所属单位统一社会信用代码 enterprise_unknown",
      "12 手机号 duplicate_in_file",
    ]);
    expect(await count("persons")).toBe(before);

    const english = await app.call("GET", `/api/imports/${checked.importId}/issues?pageSize=1`, {
      cookie: regulator.cookie,
      headers: { "accept-language": "en" },
    });
    expect(english.json().items[0]).toMatchObject({ column: "identity number", row: 3 });
    expect(english.json().items[0].message).not.toMatch(/\p{Script=Han}/u);

    const report = await app.call("GET", `/api/imports/${checked.importId}/report`, {
      cookie: regulator.cookie,
    });
    const rows = await rowsOf(report.rawPayload);
    expect(rows).toHaveLength(11);
    expect(rows[0]!.at(-1)).toBe("错误与提示");
    expect(rows[1]![0]).toBe(3);
    expect(rows[1]!.at(-1)).toContain("身份证号：");
    // The report corrected is a file like any other.
    const again = await uploadAndCheck(app, regulator.cookie, "welders", report.rawPayload);
    expect(again).toMatchObject({ status: "checked", rowsTotal: 10 });
  });

  test("all or nothing is refused while a row is bad; skipping takes the good rows in, sealed, once", async () => {
    const file = await workbookOf("welders", [welder(21), welder(22), welder(23, { phone: "1" })]);
    const checked = await uploadAndCheck(app, regulator.cookie, "welders", file);
    const refused = await app.call("POST", `/api/imports/${checked.importId}/apply`, {
      cookie: regulator.cookie,
      body: { mode: "all-or-nothing" },
    });
    expect(refused.json().error.code).toBe("import.has_bad_rows");
    const welders = await count("welders");
    const applied = await applyAs(app, regulator.cookie, checked.importId, "skip-bad-rows");
    expect(applied).toMatchObject({ status: "applied", mode: "skip-bad-rows", toInsert: 2, rowsBad: 1 });
    expect(await count("welders")).toBe(welders + 2);
    const staged = await app.ctx.db
      .selectFrom("import_rows")
      .select("row_number")
      .where("import_id", "=", checked.importId)
      .execute();
    expect(staged).toEqual([]);
    const index = app.ctx.personalData.blindIndex("identity-number", identityNumber(21));
    const stored = await app.ctx.db
      .selectFrom("welders as w")
      .innerJoin("persons as p", "p.person_id", "w.person_id")
      .innerJoin("certificates as c", "c.welder_id", "w.welder_id")
      .innerJoin("enterprise_welders as e", "e.welder_id", "w.welder_id")
      .innerJoin("role_grants as g", "g.person_id", "p.person_id")
      .selectAll()
      .where("w.identity_index", "=", index)
      .executeTakeFirstOrThrow();
    expect(app.ctx.personalData.open("name", stored.name_ciphertext)).toBe("演示焊工21");
    expect(stored).toMatchObject({ role: "welder", valid_to: "2030-12-31", family: "emergency" });
    const again = await app.call("POST", `/api/imports/${checked.importId}/apply`, {
      cookie: regulator.cookie,
      body: { mode: "skip-bad-rows" },
    });
    expect(again.json().error.code).toBe("import.not_checked");
    const log = await app.ctx.db
      .selectFrom("audit_log")
      .select(["action", "details"])
      .where("subject", "=", `import:${checked.importId}`)
      .orderBy("seq")
      .execute();
    expect(log.map(({ action }) => action)).toEqual(["import.uploaded", "import.applied"]);
    expect(log[1]!.details).toMatchObject({ fileSha256: sha256Of(file), inserted: 2, skipped: 1 });
    expect(JSON.stringify(log)).not.toContain("演示焊工");
  });

  test("the same file again changes nothing; changed rows are updated, never a name or a phone", async () => {
    const rows = [welder(31), welder(32, { phone: null })];
    const first = await uploadAndCheck(app, regulator.cookie, "welders", await workbookOf("welders", rows));
    await applyAs(app, regulator.cookie, first.importId, "all-or-nothing");
    const totals = async () => [await count("persons"), await count("welders"), await count("certificates")];
    const before = await totals();
    const same = await uploadAndCheck(app, regulator.cookie, "welders", await workbookOf("welders", rows));
    expect(same).toMatchObject({ toInsert: 0, toUpdate: 0, unchanged: 2, rowsBad: 0 });
    expect(await applyAs(app, regulator.cookie, same.importId, "all-or-nothing")).toMatchObject({
      status: "applied",
    });
    expect(await totals()).toEqual(before);
    const changed = await uploadAndCheck(
      app,
      regulator.cookie,
      "welders",
      await workbookOf("welders", [
        welder(31, { validTo: "2031-12-31" }),
        welder(32, { phone: "13700000032", certificateNumber: "T-NEW-32" }),
        welder(31, { name: "演示改名", certificateNumber: "T-OTHER" }),
        welder(31, { phone: "13700000031", certificateNumber: "T-THIRD" }),
      ]),
    );
    expect(await issuesOf(app, regulator.cookie, changed.importId)).toEqual([
      "4 姓名 name_differs",
      "5 手机号 phone_differs",
    ]);
    expect(await applyAs(app, regulator.cookie, changed.importId, "skip-bad-rows")).toMatchObject({
      toUpdate: 2,
    });
    expect(await totals()).toEqual([before[0], before[1], before[2]! + 1]);
    const phone = app.ctx.personalData.blindIndex("phone", "13700000032");
    expect(
      await app.ctx.db.selectFrom("persons").where("phone_index", "=", phone).selectAll().execute(),
    ).toHaveLength(1);
  });

  test("enterprises and machines are recognised by their codes, and a wrong check character only warns", async () => {
    const enterprise = { name: "演示新厂", uscc: "91330723MA2DEM0AX5", industry: "C33", region: township };
    const enterprises = await uploadAndCheck(
      app,
      regulator.cookie,
      "enterprises",
      await workbookOf("enterprises", [
        enterprise,
        { ...enterprise, uscc: "9133" },
        { ...enterprise, name: "另一" },
      ]),
    );
    expect(await issuesOf(app, regulator.cookie, enterprises.importId)).toEqual([
      "2 统一社会信用代码 uscc_check",
      "3 统一社会信用代码 uscc_invalid",
      "4 统一社会信用代码 duplicate_in_file",
    ]);
    expect(enterprises).toMatchObject({ toInsert: 1, rowsBad: 2 });
    await applyAs(app, regulator.cookie, enterprises.importId, "skip-bad-rows");
    const machine = {
      name: '=HYPERLINK("http://evil.example")',
      model: "ZX7-400",
      process: "焊条电弧焊",
      enterpriseUscc: enterprise.uscc,
      serialNumber: "0001",
      isMobile: "是",
      longitude: 119.8,
      latitude: "28.9",
    };
    const machines = async (rows: RowOf[]) =>
      await uploadAndCheck(app, regulator.cookie, "machines", await workbookOf("machines", rows));
    const first = await machines([
      machine,
      { ...machine, serialNumber: "0002", latitude: null, model: "电焊机" },
    ]);
    expect(await issuesOf(app, regulator.cookie, first.importId)).toEqual([
      "3 型号 model_unusual",
      "3 纬度 place_incomplete",
    ]);
    await applyAs(app, regulator.cookie, first.importId, "skip-bad-rows");
    const stored = await app.ctx.db
      .selectFrom("machines")
      .selectAll()
      .where("serial_number", "=", "0001")
      .executeTakeFirstOrThrow();
    expect(stored).toMatchObject({
      name: machine.name,
      status: "registered",
      region_code: township,
      is_mobile: true,
      home_latitude_degrees: 28.9,
    });
    expect(await machines([machine])).toMatchObject({ unchanged: 1, toInsert: 0 });
    expect(await machines([{ ...machine, machineCode: stored.machine_code, name: "改名" }])).toMatchObject({
      toUpdate: 1,
    });
    expect(
      await issuesOf(
        app,
        regulator.cookie,
        (await machines([{ ...machine, machineCode: "0000-0000-0000-0000" }])).importId,
      ),
    ).toEqual(["2 设备码 machine_code_invalid"]);
  });

  test("officers bring in their own enterprise's people only; others see nothing of an import", async () => {
    const file = await workbookOf("welders", [
      welder(51),
      welder(52, { enterpriseUscc: null }),
      welder(21, { certificateNumber: "T-X" }),
    ]);
    const checked = await uploadAndCheck(app, officer, "welders", file);
    expect(await issuesOf(app, officer, checked.importId)).toEqual(["3 区划代码 out_of_scope"]);
    const stranger = await buildStaff(app, "regulator", { region: otherCounty });
    expect((await upload(app, stranger.cookie, "welders", file)).statusCode).toBe(200);
    await runDueImports(app.ctx);
    for (const [method, path] of [
      ["GET", ""],
      ["GET", "/issues"],
      ["GET", "/report"],
      ["POST", "/cancel"],
      ["POST", "/apply"],
    ] as const) {
      const body = path === "/apply" ? { body: { mode: "skip-bad-rows" } } : {};
      const answer = await app.call(method, `/api/imports/${checked.importId}${path}`, {
        cookie: stranger.cookie,
        ...body,
      });
      expect(answer.json().error.code).toBe("import.not_found");
    }
    const station = await buildStaff(app, "station-staff", { region: county });
    for (const url of [
      "/api/imports",
      "/api/imports/templates/welders",
      `/api/imports/${checked.importId}`,
    ]) {
      expect((await app.call("GET", url, { cookie: station.cookie })).json().error.code).toBe(
        "role.forbidden",
      );
      expect((await app.call("GET", url)).json().error.code).toBe("sign_in.required");
    }
    expect((await upload(app, station.cookie, "welders", file)).json().error.code).toBe("role.forbidden");
    expect((await upload(app, undefined, "welders", file)).statusCode).toBe(401);
    expect((await upload(app, officer, "ghosts", file)).json().error.fields[0].path).toBe("query.kind");
  });

  test("a role lost between the check and the decision counts: rows are looked at again", async () => {
    const person = await buildStaff(app, "regulator", { region: county });
    const file = await workbookOf("welders", [welder(61)]);
    const checked = await uploadAndCheck(app, person.cookie, "welders", file);
    expect(checked).toMatchObject({ toInsert: 1 });
    await app.ctx.db
      .updateTable("role_grants")
      .set({ region_code: otherCounty })
      .where("person_id", "=", person.personId)
      .execute();
    expect(await applyAs(app, person.cookie, checked.importId, "all-or-nothing")).toMatchObject({
      status: "checked",
      rowsBad: 1,
      toInsert: 0,
    });
  });

  test("what somebody else registered since the check is found, and nothing is there twice", async () => {
    const file = await workbookOf("welders", [welder(71), welder(72)]);
    const mine = await uploadAndCheck(app, regulator.cookie, "welders", file);
    const yours = await uploadAndCheck(app, officer, "welders", file);
    expect(await applyAs(app, officer, yours.importId, "all-or-nothing")).toMatchObject({ toInsert: 2 });
    expect(await applyAs(app, regulator.cookie, mine.importId, "all-or-nothing")).toMatchObject({
      status: "applied",
      toInsert: 0,
      unchanged: 2,
    });
  });
});
