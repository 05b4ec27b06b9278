import { decisionRoutes, machineRoutes } from "@hanyouxu/api";
import type { Page } from "@playwright/test";
import { deskOfColleague } from "./colleague.ts";
import { expect, test } from "./fixtures.ts";
import { look } from "./look.ts";
import { pickOption } from "./pick-option.ts";

const VIEW = "演示：各乡镇拒绝开机";
const TODAY = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

const box = (page: Page, name: string) => page.getByRole("combobox", { name, exact: true });
const total = (page: Page, measure: string) => page.locator(`[data-total="${measure}"] dd`);
const counted = (page: Page) => expect(page.locator('.answer[data-counted="done"]')).toBeVisible();

test("counts are asked for, compared, ranked, followed to their rows, kept, shared and taken away", async ({
  deviceOf,
  desk,
  phoneOf,
  regulator,
  scenarios,
  system,
}) => {
  const { welder, machine, phonePosition } = scenarios.find(({ id }) => id === "uncertified")!;
  const { machineCode } = await regulator.call(machineRoutes.getMachine, {
    params: { machineId: machine.machineId },
  });
  const phone = await phoneOf(welder, phonePosition);
  await phone.openMachine(machineCode);
  await phone.startButton.click();
  await expect(phone.reason("certificate-present")).toBeVisible();

  // What stands on the first page is what the list of decisions holds.
  const { page } = await desk();
  await page.goto("/console/#/machines");
  await page.getByRole("link", { name: "统计", exact: true }).click();
  await counted(page);
  const refusedNow = async () =>
    (await regulator.call(decisionRoutes.listDecisions, { query: { outcome: "refuse", pageSize: 1 } })).total;
  await expect(total(page, "refusals")).toHaveText((await refusedNow()).toLocaleString("en-US"));
  await expect(page.getByRole("img", { name: /统计图/ })).toBeVisible();
  await look(page, "statistics-zh-1366");

  // Other measures and dimensions, by hand.
  await pickOption(page, box(page, "指标"), "拦截无证作业", "拦截");
  await page.keyboard.press("Escape");
  await expect(total(page, "uncertifiedStopped")).not.toHaveText("0");
  await page.goto(
    `/console/#/statistics?measures=refusals,startAttempts&dimensions=&from=${TODAY}&to=${TODAY}`,
  );
  await pickOption(page, box(page, "细分维度"), "乡镇（街道）");
  await page.keyboard.press("Escape");
  await pickOption(page, box(page, "排名依据"), "拒绝开机");
  await page.getByRole("switch", { name: "与上期比较" }).click();
  await expect(page.getByText(/上期为/)).toBeVisible();
  await counted(page);
  await expect(page.locator(".figure-before").first()).toBeVisible();
  await look(page, "statistics-ranked-zh-1366");

  // Narrowed to one reason, which the address keeps.
  const compared = page.url();
  await page.goto(
    `/console/#/statistics?measures=refusals&dimensions=reason&rank=-refusals&from=${TODAY}&to=${TODAY}`,
  );
  const rows = page.locator(".ant-table-row");
  await expect(rows.first()).toBeVisible();
  await counted(page);
  const reasons = await rows.count();
  const name = await rows.first().locator("th").textContent();
  const refused = await rows.first().locator(".figure").textContent();
  await pickOption(page, box(page, "筛选"), "拒绝原因");
  await pickOption(page, box(page, "仅拒绝原因"), name!);
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/only\.reason=/);
  await expect(rows).toHaveCount(1);
  await expect(total(page, "refusals")).toHaveText(refused!);
  await look(page, "statistics-filtered-zh-1366");
  await page.reload();
  await expect(total(page, "refusals")).toHaveText(refused!);
  await page.getByRole("button", { name: "取消筛选：拒绝原因" }).click();
  await expect(page).not.toHaveURL(/only\./);
  await expect(rows).toHaveCount(reasons);
  await page.goto(compared);
  await expect(page.getByText(/上期为/)).toBeVisible();
  await counted(page);

  // Kept for oneself and shared; whoever is below opens it with his own figures.
  await page.getByRole("button", { name: "保存视图" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "名称" }).fill(VIEW);
  await dialog.getByRole("checkbox").check();
  await look(page, "statistics-keep");
  await dialog.getByRole("button", { name: /^保\s?存$/ }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "删除视图" })).toBeVisible();
  const colleague = await deskOfColleague(deviceOf, system.url, regulator, {
    role: "station-staff",
    region: "330723101",
  });
  await colleague.page.goto("/console/#/statistics");
  await counted(colleague.page);
  await pickOption(colleague.page, box(colleague.page, "已保存的视图"), VIEW);
  await expect(box(colleague.page, "排名依据").locator("..")).toBeVisible();
  await expect(colleague.page.getByRole("button", { name: "删除视图" })).toHaveCount(0);
  await colleague.page.context().close();

  // Taken away.
  for (const format of ["xlsx", "csv"]) {
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "导出" }).click();
    await page
      .getByRole("menuitem", { name: new RegExp(format === "csv" ? "CSV" : "Excel|xlsx", "i") })
      .click();
    expect((await download).suggestedFilename()).toMatch(new RegExp(`^统计-.*\\.${format}$`));
  }

  // From a figure to its rows, and back to the same question.
  const row = page.locator(".ant-table-row").first();
  const figure = row.getByRole("link").first();
  const told = await figure.textContent();
  await figure.click();
  await expect(page).toHaveURL(/#\/decisions\?.*outcome=refuse/);
  await expect(page).toHaveURL(/region=330723\d{3}/);
  await expect(page.getByText(`共 ${told} 条`)).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("button", { name: "删除视图" })).toBeVisible();
  await page.getByRole("button", { name: "删除视图" }).click();
  await page.locator(".ant-popconfirm").getByRole("button", { name: "删除视图" }).click();
  await expect(page.getByRole("button", { name: "删除视图" })).toHaveCount(0);
});

test("the same in English on a large screen, telling that few people are withheld; a reload keeps the question", async ({
  desk,
}) => {
  const { page } = await desk("en", { width: 1920, height: 1080 });
  await page.goto("/console/#/statistics");
  await counted(page);
  await look(page, "statistics-en-1920");
  await page.goto(
    `/console/#/statistics?measures=workingWelders,workingMachines,retrofitCoverage,mobileShare&dimensions=township&from=${TODAY}&to=${TODAY}`,
  );
  await expect(page.getByText("Fewer than 5 people are withheld.")).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "retrofit coverage" })).toBeVisible();
  await look(page, "statistics-people-en-1920");
  await page.reload();
  await expect(page.getByRole("columnheader", { name: "working welders" })).toBeVisible();
  const narrow = await desk("en");
  await narrow.page.goto("/console/#/statistics?measures=alarmsRaised,refusals&dimensions=hour");
  await counted(narrow.page);
  await expect(narrow.page.getByText("The whole period")).toHaveCount(0);
  await look(narrow.page, "statistics-en-1366");
  const wide = await desk("zh-CN", { width: 1920, height: 1080 });
  await wide.page.goto("/console/#/statistics?measures=refusals&dimensions=day,reason&compare=1");
  await counted(wide.page);
  await look(wide.page, "statistics-zh-1920");
});

test("menu, head and actions of a page are whole in English, from a phone to a large screen", async ({
  desk,
}) => {
  const { page } = await desk("en");
  await page.goto("/console/#/statistics");
  await counted(page);
  for (const width of [390, 1366, 1441, 1561, 1920]) {
    await page.setViewportSize({ width, height: 844 });
    for (const name of ["Sign out", "Export", "Keep view"])
      await expect(page.getByRole("button", { name, exact: true })).toBeInViewport({ ratio: 1 });
    // A phone's menu is scrolled sideways.
    const last = page.getByRole("navigation").first().getByRole("link", { name: "Governance" });
    if (width > 390) await expect(last).toBeInViewport({ ratio: 1 });
    await look(page, `statistics-head-en-${width}`);
  }
});
