import { readFileSync } from "node:fs";
import { openSheet } from "@hanyouxu/server";
import type { Download, Page } from "@playwright/test";
import { type SheetCell, workbookOf } from "../src/index.ts";
import { expect, test } from "./fixtures.ts";
import { expectSound } from "./problems.ts";

const HEADS = ["焊机名称", "型号", "工艺", "所属单位统一社会信用代码", "出厂编号"];

async function saved(
  page: Page,
  click: () => Promise<void>,
): Promise<{ name: string; rows: readonly (readonly unknown[])[] }> {
  const download: Promise<Download> = page.waitForEvent("download");
  await click();
  const file = await download;
  const sheet = await openSheet(new Uint8Array(readFileSync(await file.path())), "xlsx", 50_000);
  const rows = sheet.rows(0, sheet.rowCount);
  return { name: file.suggestedFilename(), rows };
}

async function choose(page: Page, rows: readonly SheetCell[][]): Promise<void> {
  await page.goto("/console/#/imports");
  await page.locator('[data-kind="machines"] input[type=file]').setInputFiles({
    name: "演示焊机名单.xlsx",
    mimeType: "",
    buffer: Buffer.from(await workbookOf(HEADS, rows)),
  });
  await expect(page.getByTestId("import-status")).toHaveText("待确认", { timeout: 30_000 });
}

test("a sheet with errors is told by row and column, corrected, imported, listed and taken out again", async ({
  system,
  desk,
}) => {
  const { page, rows } = await desk();
  await page.goto("/console/#/imports");
  const panel = page.locator('[data-kind="machines"]');
  const template = await saved(page, () => panel.getByRole("button", { name: "下载模板" }).click());
  expect(template.name).toBe("焊机导入模板.xlsx");
  expect(template.rows[0]).toContain("焊机名称*");
  await expect(page.getByText("没有符合条件的记录").or(rows.first())).toBeVisible();
  await expectSound(page);

  const { uscc } = system.county.enterprises[0]!;
  const good = (n: number): SheetCell[] => [
    `演示导入焊机${n}`,
    "NBC-350",
    "熔化极气体保护焊",
    uscc,
    `E2E-${n}`,
  ];
  const bad = (n: number, at: number, value: SheetCell) =>
    good(n).map((cell, index) => (index === at ? value : cell));
  await choose(page, [good(1), bad(2, 2, "杂耍"), bad(3, 3, "91350100M000100Y43"), good(4)]);
  const count = (name: string) => page.locator(`[data-count="${name}"] dd`);
  await expect(count("bad")).toHaveText("2");
  await expect(count("insert")).toHaveText("2");
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(0)).toContainText("3工艺不在可选范围内");
  await expect(rows.nth(1)).toContainText("4所属单位统一社会信用代码没有登记这个单位");
  await expectSound(page);
  const report = await saved(page, () => page.getByRole("button", { name: "下载错误行" }).click());
  expect(report.rows.map((row) => row[0])).toEqual(["原行号", 3, 4]);
  await page.getByRole("button", { name: "取消导入" }).click();
  await expect(page.getByTestId("import-status")).toHaveText("已取消");

  await choose(page, [1, 2, 3, 4].map(good));
  await expect(count("bad")).toHaveText("0");
  await page.getByRole("button", { name: "全部导入" }).click();
  await expect(page.getByTestId("import-status")).toHaveText("已导入", { timeout: 30_000 });
  await expect(page.getByText("新增 4 条")).toBeVisible();
  await choose(page, [1, 2, 3, 4].map(good));
  await expect(count("unchanged")).toHaveText("4");

  await page.goto(`/console/#/machines?text=${encodeURIComponent("演示导入焊机")}`);
  await expect(rows).toHaveCount(4);
  await page.getByRole("button", { name: "导出", exact: true }).click();
  const list = await saved(page, () => page.getByRole("menuitem", { name: /xlsx/ }).click());
  expect(list.rows.slice(1).map(([name]) => name)).toEqual([1, 2, 3, 4].map((n) => `演示导入焊机${n}`));
});
