import { readFileSync } from "node:fs";
import { deskOfColleague } from "./colleague.ts";
import { expect, test } from "./fixtures.ts";
import { look } from "./look.ts";
import { pickOption } from "./pick-option.ts";

const NAME = "演示统计月报";

test("a monthly report is set up, made at once, told, downloaded and ended", async ({
  deviceOf,
  regulator,
  system,
}) => {
  const { page } = await deskOfColleague(deviceOf, system.url, regulator, {
    role: "regulator",
    region: system.county.code,
  });
  await page.goto("/console/#/statistics");
  await page.getByRole("link", { name: "统计月报" }).click();
  await expect(page.getByText("还没有发给您的月报")).toBeVisible();
  await page.getByRole("button", { name: "新建定期月报" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /保\s?存$/ }).click();
  await expect(dialog.getByText("请填写名称")).toBeVisible();
  await dialog.getByRole("textbox", { name: "名称" }).fill(NAME);
  await dialog.getByRole("spinbutton", { name: "每月几日" }).fill("5");
  await expect(dialog.getByRole("combobox", { name: "同时发给" })).toBeVisible();
  await look(page, "report-dialog-zh-1366");
  await dialog.getByRole("button", { name: /保\s?存$/ }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("row", { name: /演示统计月报.*每月 5 日 6:00.*只发给我/ })).toBeVisible();

  await page.getByRole("button", { name: "立即生成上月" }).click();
  const pdf = page.getByRole("button", { name: new RegExp(`^PDF ${NAME}`) });
  await expect(pdf).toBeVisible({ timeout: 90_000 });
  await look(page, "reports-zh-1366");
  for (const [button, kind, magic] of [
    [pdf, "pdf", "%PDF"],
    [page.getByRole("button", { name: new RegExp(`^Excel ${NAME}`) }), "xlsx", "PK"],
  ] as const) {
    const download = page.waitForEvent("download");
    await button.click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(new RegExp(`^${NAME}-\\d{4}-\\d{2}\\.${kind}$`));
    expect(readFileSync(await file.path()).toString("latin1", 0, magic.length)).toBe(magic);
    if (process.env.HY_LOOK) await file.saveAs(`${process.env.HY_LOOK}/report.${kind}`);
  }
  await page.getByRole("button", { name: "立即生成上月" }).click();
  await expect(page.getByText("上个月的月报已经生成")).toBeVisible();

  await page.getByRole("button", { name: "修改" }).click();
  await expect(page.getByRole("dialog").getByRole("textbox", { name: "名称" })).toHaveValue(NAME);
  await expect(page.getByRole("dialog").getByRole("spinbutton", { name: "每月几日" })).toHaveValue("5");
  await pickOption(page, page.getByRole("dialog").getByRole("combobox", { name: "语言" }), "English");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /保\s?存$/ })
    .click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.getByRole("button", { name: "停止" }).click();
  await page.locator(".ant-popconfirm").getByRole("button", { name: "停止" }).click();
  await expect(page.getByText("还没有设置定期月报")).toBeVisible();
  await expect(pdf).toBeVisible();
  await page.context().close();
});
