import { deflateRawSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { forgetImportFiles, runDueImports } from "../src/features/imports/imports.ts";
import { zipOfParts, zipPartsOf } from "../src/sheets/zip-parts.ts";
import { buildStaff, county, township } from "./county.ts";
import { engines } from "./database.ts";
import { welder, withImports } from "./import-platform.ts";
import type { TestPlatform } from "./platform.ts";
import { identityNumber, importNow, issuesOf, upload, uploadAndCheck, workbookOf } from "./sheets.ts";

describe.each(engines)("files and lives of imports on %s", (engine) => {
  let app: TestPlatform;
  let regulator: { personId: string; cookie: string };
  beforeAll(async () => {
    ({ app, regulator } = await withImports(engine));
  });
  afterAll(() => app?.close());

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
