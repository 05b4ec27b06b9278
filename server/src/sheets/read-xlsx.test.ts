import ExcelJS from "exceljs";
import { describe, expect, test } from "vitest";
import { readXlsx } from "./read-xlsx.ts";
import { writeXlsx } from "./write-xlsx.ts";
import { zipOfParts, zipPartsOf } from "./zip-parts.ts";

/** As a spreadsheet program saves it: strings shared, after the sheets; the wanted sheet first in the workbook. */
async function saved(fill: (sheet: ExcelJS.Worksheet) => void): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  fill(workbook.addWorksheet("名单"));
  workbook.addWorksheet("其他").addRow(["不要读这里"]);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

describe("a workbook", () => {
  test("is read as it was stored: texts, numbers, days, results of formulas; of its first sheet only", async () => {
    const bytes = await saved((sheet) => {
      sheet.addRow(["姓名", "日期"]);
      sheet.addRow([]);
      sheet.addRow([
        "=1+1",
        new Date(Date.UTC(2025, 0, 31)),
        12.5,
        true,
        { formula: "A1&A2", result: "旧结果" },
        { richText: [{ text: "富" }, { text: "文本" }] },
      ]);
    });
    const rows = await readXlsx(bytes, 10);
    expect(rows[0]).toEqual(["姓名", "日期"]);
    expect(rows[2]).toEqual(["=1+1", "2025-01-31", 12.5, true, "旧结果", "富文本"]);
    expect(JSON.stringify(rows)).not.toContain("不要读这里");
  });

  test("of our own making reads back the same, and more rows than allowed are refused", async () => {
    const rows = [
      ["甲", "乙"],
      ["=HYPERLINK(1)", "-3"],
      ["330723180001010011", 7],
    ];
    const bytes = await writeXlsx([
      { name: "表", widths: [10, 10], rows, choices: [{ column: 1, values: ["是", "否"] }] },
    ]);
    expect(await readXlsx(bytes, 2)).toEqual(rows);
    await expect(readXlsx(bytes, 1)).rejects.toMatchObject({ code: "too_many_rows" });
    const text = new TextDecoder().decode(bytes);
    expect(text).not.toContain("<f>");
  });

  test("of much Chinese text keeps every character, wherever the file is cut into pieces", async () => {
    const texts = Array.from({ length: 4_000 }, (_, n) => [
      `${"x".repeat(n % 3)}熔化焊接与热切割作业𠮷${n}`,
      "应急管理部门",
    ]);
    expect(await readXlsx(await writeXlsx([{ name: "表", widths: [], rows: texts }]), 4_000)).toEqual(texts);
    // The library that makes this one breaks characters beyond the basic plane itself: it gets none.
    const plain = texts.map(([first, second]) => [first!.replace("𠮷", "吉"), second!]);
    const shared = await saved((sheet) => sheet.addRows(plain));
    expect(await readXlsx(shared, 4_000)).toEqual(plain);
  });

  test("that lacks a part, is cut off or is no XML is damaged", async () => {
    const bytes = await saved((sheet) => sheet.addRow(["甲"]));
    const parts = [...(await zipPartsOf(bytes))];
    const without = (name: string) => zipOfParts(parts.filter(([part]) => part !== name));
    const junk = Buffer.from("<worksheet><sheetData><row");
    const spoilt = zipOfParts(
      parts.map(([name, part]) =>
        name === "xl/worksheets/sheet1.xml"
          ? [name, { method: 0, crc: 0, packed: junk, unpackedBytes: junk.length }]
          : [name, part],
      ),
    );
    const bad = [
      without("xl/workbook.xml"),
      without("xl/worksheets/sheet1.xml"),
      spoilt,
      bytes.subarray(0, 300),
    ];
    for (const file of bad) await expect(readXlsx(file, 10)).rejects.toMatchObject({ code: "damaged" });
  });
});
