import { deflateRawSync } from "node:zlib";
import type { EnterpriseId } from "@hanyouxu/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { forgetImportFiles, runDueImports } from "../src/features/imports/imports.ts";
import { zipOfParts, zipPartsOf } from "../src/sheets/zip-parts.ts";
import { buildEnterprise, buildRegion, buildStaff, county, otherCounty, township } from "./county.ts";
import { engines } from "./database.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import {
  applyAs,
  identityNumber,
  importNow,
  issuesOf,
  type RowOf,
  rowsOf,
  sha256Of,
  upload,
  uploadAndCheck,
  workbookOf,
} from "./sheets.ts";

const uscc = "91350100M000100Y43";

describe.each(engines)("bulk imports on %s", (engine) => {
  let app: TestPlatform;
  let regulator: { personId: string; cookie: string };
  let officer: string;
  let ownId: EnterpriseId;
  beforeAll(async () => {
    app = await withPlatform(engine);
    await buildRegion(app.ctx, county);
    await buildRegion(app.ctx, otherCounty);
    ownId = await buildEnterprise(app.ctx, { name: "演示甲厂" });
    await app.ctx.db.updateTable("enterprises").set({ uscc }).where("enterprise_id", "=", ownId).execute();
    regulator = await buildStaff(app, "regulator", { region: county });
    officer = (await buildStaff(app, "enterprise-officer", { enterpriseId: ownId })).cookie;
  });
  afterAll(() => app?.close());

  const welder = (n: number, more: RowOf = {}): RowOf => ({
    name: `演示焊工${n}`,
    identityNumber: identityNumber(n),
    phone: `139${String(n).padStart(8, "0")}`,
    region: township,
    enterpriseUscc: uscc,
    family: "应急管理",
    item: "熔化焊接与热切割作业",
    certificateNumber: `T${identityNumber(n)}`,
    validFrom: "2025-01-01",
    validTo: "2030-12-31",
    ...more,
  });
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
      factoryNumber: "0001",
      isMobile: "是",
      longitude: 119.8,
      latitude: "28.9",
    };
    const machines = async (rows: RowOf[]) =>
      await uploadAndCheck(app, regulator.cookie, "machines", await workbookOf("machines", rows));
    const first = await machines([
      machine,
      { ...machine, factoryNumber: "0002", latitude: null, model: "电焊机" },
    ]);
    expect(await issuesOf(app, regulator.cookie, first.importId)).toEqual([
      "3 型号 model_unusual",
      "3 纬度 place_incomplete",
    ]);
    await applyAs(app, regulator.cookie, first.importId, "skip-bad-rows");
    const stored = await app.ctx.db
      .selectFrom("machines")
      .selectAll()
      .where("factory_number", "=", "0001")
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

  test("a cell that begins as a formula stays text, and a text file in GBK or UTF-8 is read", async () => {
    const head = "姓名,证书编号,身份证号,手机号,区划代码";
    const line = (n: number) => `演示=${n},,${identityNumber(n)},,${township}`;
    // GBK bytes of the head and the name: what Excel writes on a Chinese system.
    const gbk = Buffer.concat([
      Buffer.from([0xd0, 0xd5, 0xc3, 0xfb]),
      Buffer.from(","),
      Buffer.from([0xc9, 0xed, 0xb7, 0xdd, 0xd6, 0xa4, 0xba, 0xc5]),
      Buffer.from(",region\r\n"),
      Buffer.from([0xd1, 0xdd, 0xca, 0xbe]),
      Buffer.from(`,${identityNumber(41)},${township}\r\n`),
    ]);
    for (const file of [
      gbk,
      Buffer.from(`\uFEFF${head}\n${line(42)}\n`),
      Buffer.from(`${head}\r\n${line(43)}`),
    ]) {
      expect(await uploadAndCheck(app, regulator.cookie, "welders", file)).toMatchObject({
        toInsert: 1,
        rowsBad: 0,
      });
    }
  });

  test("what is no sheet is refused: missing columns, pictures, old xls, bombs, too large", async () => {
    const cookie = regulator.cookie;
    const csv = await uploadAndCheck(app, cookie, "welders", Buffer.from("姓名,手机号\n演示,1\n"));
    expect(csv).toMatchObject({ status: "refused", problem: { code: "columns_missing" } });
    expect(csv.problem!.message).toContain("身份证号");
    for (const bytes of [
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]),
      Buffer.from("d0cf11e0a1b11ae100", "hex"),
    ]) {
      expect((await upload(app, cookie, "welders", bytes)).json().error.code).toBe("import.file_type");
    }
    expect((await upload(app, cookie, "welders", Buffer.alloc(0))).json().error.code).toBe(
      "import.file_empty",
    );
    expect((await upload(app, cookie, "welders", Buffer.alloc(17 * 2 ** 20))).statusCode).toBe(413);
    const truncated = (await workbookOf("welders", [welder(1)])).subarray(0, -40);
    expect(await uploadAndCheck(app, cookie, "welders", truncated)).toMatchObject({
      status: "refused",
      problem: { code: "damaged" },
    });
    // A workbook whose one sheet unpacks to more than a server should hold, whatever its directory says.
    const parts = await zipPartsOf(await workbookOf("welders", [welder(1)]));
    const packed = deflateRawSync(Buffer.alloc(200 * 2 ** 20));
    const bomb = zipOfParts([
      ...[...parts].filter(([name]) => name !== "xl/worksheets/sheet1.xml"),
      ["xl/worksheets/sheet1.xml", { method: 8, crc: 0, packed, unpackedBytes: 1_000 }],
    ]);
    expect(bomb.length).toBeLessThan(2 ** 20);
    expect(await uploadAndCheck(app, cookie, "welders", bomb)).toMatchObject({
      status: "refused",
      problem: { code: "unpacked_too_large" },
    });
  }, 120_000);

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

  test("cancelled, nothing is left of it; after a week the file is gone and the record stays", async () => {
    const file = await workbookOf("welders", [welder(81), welder(82, { phone: "1" })]);
    const cancelled = await uploadAndCheck(app, regulator.cookie, "welders", file);
    const answer = await app.call("POST", `/api/imports/${cancelled.importId}/cancel`, {
      cookie: regulator.cookie,
    });
    expect(answer.json().status).toBe("cancelled");
    expect(await issuesOf(app, regulator.cookie, cancelled.importId)).toEqual([]);
    const twice = await app.call("POST", `/api/imports/${cancelled.importId}/cancel`, {
      cookie: regulator.cookie,
    });
    expect(twice.json().error.code).toBe("import.over");
    const old = await uploadAndCheck(app, regulator.cookie, "welders", file);
    app.clock.advance(8 * 24 * 3_600_000);
    await forgetImportFiles(app.ctx);
    const { personId, cookie } = await buildStaff(app, "operator");
    expect(personId).toBeTruthy();
    expect(await importNow(app, cookie, old.importId)).toMatchObject({ status: "cancelled", rowsBad: 1 });
    const row = await app.ctx.db
      .selectFrom("imports")
      .select("file_ciphertext")
      .where("import_id", "=", old.importId)
      .executeTakeFirstOrThrow();
    expect(row.file_ciphertext).toBeNull();
  });

  test("a worker that died is followed by another after its lease, and one that always dies is given up", async () => {
    const cookie = (await buildStaff(app, "regulator", { region: county })).cookie;
    const { importId } = (
      await upload(app, cookie, "welders", await workbookOf("welders", [welder(91)]))
    ).json();
    const dead = { claimed_by: app.ctx.newId(), claimed_until: new Date(app.clock.nowMs() + 20_000) };
    await app.ctx.db
      .updateTable("imports")
      .set({ ...dead, tries: 1 })
      .where("import_id", "=", importId)
      .execute();
    await runDueImports(app.ctx);
    expect((await importNow(app, cookie, importId)).status).toBe("checking");
    app.clock.advance(21_000);
    await runDueImports(app.ctx);
    expect((await importNow(app, cookie, importId)).status).toBe("checked");
    await app.ctx.db
      .updateTable("imports")
      .set({ status: "applying", mode: "all-or-nothing", tries: 5 })
      .where("import_id", "=", importId)
      .execute();
    await runDueImports(app.ctx);
    expect(await importNow(app, cookie, importId)).toMatchObject({
      status: "failed",
      problem: { code: "gave_up" },
    });
  });
});
