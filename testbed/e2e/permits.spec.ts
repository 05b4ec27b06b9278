import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { asPerson, look } from "./look.ts";

/** One pixel, whole. */
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

const step = (page: Page, name: string): Locator => page.locator(`.permit-title[data-step="${name}"]`);
const next = async (page: Page, to: string) => {
  await page.getByRole("button", { name: "保存，下一步" }).click();
  await expect(step(page, to)).toBeVisible();
};
/** What a box for a time holds, so many minutes from now, in Shanghai. */
const inMinutes = (minutes: number) =>
  new Date(Date.now() + minutes * 60_000 + 8 * 3_600_000).toISOString().slice(0, 16);

test("a welder writes a permit, the approver signs at the place and nowhere else, the desk suspends it", async ({
  system,
  scenarios,
  phoneOf,
  desk,
}) => {
  test.setTimeout(240_000);
  const { welder, phonePosition } = scenarios.find(({ id }) => id === "certified")!;
  const [owner] = system.county.siteOwners;
  const [watch] = system.county.fireWatches;
  const place = phonePosition!;

  const { page } = await phoneOf(welder, place);
  await page.goto("/m/#/me");
  await page.getByRole("link", { name: /动火作业票/ }).click();
  await page.getByRole("button", { name: "开一张新票" }).click();
  await expect(step(page, "where")).toBeVisible();
  await page.getByLabel("按名称查找（至少 2 个字）").fill(owner!.name);
  await page.locator(".choice", { hasText: owner!.name }).click();
  await page.getByRole("button", { name: "取动火点位置" }).click();
  await expect(page.getByTestId("point")).toBeVisible();
  await page.getByLabel("动火部位").fill("三楼东侧管井");
  await look(page, "phone-permit-where");
  await next(page, "work");

  await page.getByLabel("作业内容").fill("更换管道支架");
  await page.getByLabel("动火方式").selectOption("SMAW");
  await page.getByLabel("计划开始").fill(inMinutes(-1));
  await page.getByLabel("计划结束").fill(inMinutes(180));
  await look(page, "phone-permit-work");
  await next(page, "people");

  await page.getByLabel("作业单位（我的单位）").selectOption({ index: 1 });
  await page.locator(".choice", { hasText: watch!.phone.slice(-4) }).click();
  await look(page, "phone-permit-people");
  await next(page, "site");

  for (const question of await page.locator(".permit-yes-no").all()) {
    await question.getByText("否", { exact: true }).click();
  }
  await page.getByLabel("没有可燃物").check();
  await page.getByLabel("不燃材料").check();
  await look(page, "phone-permit-site");
  await next(page, "measures");

  await page.getByRole("button", { name: "核对提交" }).click();
  await expect(
    page.getByTestId("missing").locator('[data-missing="measures.extinguishers-ready"]'),
  ).toBeVisible();
  await expect(page.getByRole("button", { name: "提交审批" })).toBeDisabled();
  await look(page, "phone-permit-missing");

  await page.getByRole("button", { name: "安全措施" }).click();
  await expect(step(page, "measures")).toBeVisible();
  for (const measure of await page.locator("[data-measure]").all()) {
    const done = measure.getByText("已落实", { exact: true });
    await ((await done.count()) > 0 ? done.click() : measure.getByRole("checkbox").check());
  }
  for (const id of ["combustibles-cleared", "extinguishers-ready"]) {
    const measure = page.locator(`[data-measure="${id}"]`);
    await measure.locator("input[type=file]").setInputFiles({
      name: "photo.png",
      mimeType: "image/png",
      buffer: PICTURE,
    });
    await expect(measure.getByText("照片 1 张")).toBeVisible();
  }
  await page.getByLabel("风险辨识结果").fill("火花飞溅");
  await look(page, "phone-permit-measures");
  await next(page, "gas");

  await page.getByLabel("代表性气体").fill("甲烷");
  await page.getByLabel("爆炸下限（%）").fill("5");
  await page.getByLabel("分析结果（%）").fill("0.1");
  await page.getByRole("button", { name: "添加分析结果" }).click();
  await expect(page.getByText("甲烷 0.1 %")).toBeVisible();
  await look(page, "phone-permit-gas");
  await next(page, "submit");
  await look(page, "phone-permit-submit");
  await page.getByRole("button", { name: "提交审批" }).click();
  await expect(page.locator('[data-permit-status="submitted"]')).toBeVisible();
  const number = (await page.locator(".permit-state strong").textContent())!;

  const sign = async (approver: Page) => {
    const pad = approver.getByRole("img", { name: "签名区" });
    await pad.scrollIntoViewIfNeeded();
    const box = (await pad.boundingBox())!;
    await approver.mouse.move(box.x + 30, box.y + 40);
    await approver.mouse.down();
    await approver.mouse.move(box.x + 160, box.y + 90, { steps: 6 });
    await approver.mouse.up();
    await approver.getByLabel("我已在现场查看，措施已落实").check();
    await approver.getByRole("button", { name: "在现场签字批准" }).click();
  };
  const openWaiting = async (approver: Page) => {
    await approver.goto("/m/#/permits");
    await approver
      .getByRole("region", { name: "等待审批" })
      .getByRole("link", { name: /更换管道支架/ })
      .click();
    await expect(approver.getByTestId("approve")).toBeVisible();
  };

  const officer = asPerson(welder, owner!.officer);
  const office = await phoneOf(officer, { ...place, latitudeDegrees: place.latitudeDegrees + 0.01 });
  await openWaiting(office.page);
  await sign(office.page);
  await expect(office.page.getByTestId("approve").getByRole("alert")).toContainText("您不在动火现场");
  await look(office.page, "phone-permit-not-there");

  const there = await phoneOf(officer, place);
  await openWaiting(there.page);
  await look(there.page, "phone-permit-approve");
  await sign(there.page);
  await expect(there.page.locator('[data-permit-status="approved"]')).toBeVisible();
  await look(there.page, "phone-permit-approved");
  await expect(page.locator('[data-permit-status="approved"]')).toBeVisible();

  const watcher = await phoneOf(asPerson(welder, watch!), place);
  await watcher.page.goto("/m/#/permits");
  await watcher.page
    .getByRole("link", { name: /更换管道支架/ })
    .first()
    .click();
  await expect(watcher.page.locator('[data-permit-status="approved"]')).toBeVisible();

  const regulator = await desk();
  await regulator.page.goto(`/console/#/permits?text=${number}`);
  await expect(regulator.rows).toHaveCount(1);
  await look(regulator.page, "desk-permits");
  const exported = regulator.page.waitForEvent("download");
  await regulator.page.getByRole("button", { name: "导出" }).click();
  await regulator.page.getByText("Excel（xlsx）").click();
  expect((await exported).suggestedFilename()).toMatch(/^动火作业票-.*\.xlsx$/);
  await regulator.rows.getByRole("link", { name: number }).click();
  await expect(regulator.page.getByText("距动火点 0 米")).toBeVisible();
  await look(regulator.page, "desk-permit");
  const printed = await regulator.page.request.get(
    (await regulator.page.getByRole("link", { name: "打印作业票（PDF）" }).getAttribute("href"))!,
  );
  expect(printed.headers()["content-type"]).toBe("application/pdf");
  await regulator.page.getByRole("button", { name: "暂停作业票" }).click();
  const dialog = regulator.page.getByRole("dialog");
  await dialog.getByRole("textbox").fill("演示检查：现场堆放可燃物");
  await dialog.getByRole("button", { name: "暂停作业票" }).click();
  await expect(regulator.page.locator('[data-permit-status="suspended"]')).toBeVisible();
  await expect(page.getByText("演示检查：现场堆放可燃物")).toBeVisible();
  await look(page, "phone-permit-suspended");
});

test("an officer registers fire watches and their training at the desk", async ({ desk, system }) => {
  const { page, rows } = await desk();
  const [owner] = system.county.siteOwners;
  await page.goto(`/console/#/enterprises/${owner!.enterpriseId}?tab=fire-watches`);
  await expect(rows.first()).toBeVisible();
  const registered = rows.filter({ hasText: "2026-01-05 – 2030-01-04" });
  await expect(registered).toHaveCount(0);
  await page.getByRole("button", { name: "登记监护人" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("姓名").fill("演示新监护");
  await dialog.getByLabel("手机号").fill("19900009991");
  await dialog.getByRole("button", { name: "登记监护人" }).click();
  await expect(dialog.getByText("请填写培训日期")).toBeVisible();
  await dialog.getByLabel("培训日期").fill("2026-01-05");
  await dialog.getByLabel("有效期至").fill("2030-01-04");
  await dialog.getByRole("button", { name: "登记监护人" }).click();
  // Other tests register watches of the same site: only this one has these dates.
  await expect(registered).toHaveCount(1);
  await look(page, "desk-fire-watches");
});

test("a printed code that nobody gave is told so, without signing in", async ({ browser, system }) => {
  const context = await browser.newContext({ baseURL: system.url, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.goto("/m/#/permit-check/0000000000000000");
  await expect(page.getByRole("alert")).toContainText("没有这张动火作业票");
  await context.close();
});
