import { readFile } from "node:fs/promises";
import { expect, test } from "./fixtures.ts";
import { expectSound } from "./problems.ts";

test("a department's program is registered, its secret shown once, and the audit log keeps it unbroken", async ({
  desk,
}) => {
  const { page, rows } = await desk();
  const name = `演示应用${Date.now()}`;
  await page.goto("/console/#/sharing");
  await expect(page.getByRole("heading", { name: "数据共享" })).toBeVisible();
  await expectSound(page);
  await page.getByRole("button", { name: "新建接入应用" }).click();
  const dialog = page.getByRole("dialog", { name: "新建接入应用" });
  await dialog.getByLabel("应用名称").fill(name);
  await dialog.getByLabel("部门").fill("演示住建局");
  await dialog.getByLabel("行政区划代码（含下级）").fill("330723");
  await dialog.getByLabel("焊机字段").click();
  await page
    .locator(".ant-select-item-option")
    .filter({ hasText: /^name$/ })
    .click();
  await page.keyboard.press("Tab");
  await expect(page.locator(".ant-select-dropdown:visible")).toHaveCount(0);
  await expectSound(page);
  await page.screenshot({ path: "test-results/sharing-new.png" });
  await dialog.getByRole("button", { name: "新建接入应用" }).click();
  const secret = await page.getByTestId("client-secret").textContent();
  expect(secret?.length).toBeGreaterThan(20);
  await page.getByRole("dialog", { name: "接入密钥" }).locator(".ant-modal-footer button").click();
  await expect(rows.filter({ hasText: name })).toHaveCount(1);
  await page.reload();
  await expect(rows.filter({ hasText: name })).toHaveCount(1);
  await expect(page.getByText(secret!)).toHaveCount(0);

  await page.goto("/console/#/audit");
  await expect(rows.filter({ hasText: name }).first()).toBeVisible();
  await page.getByRole("button", { name: "校验审计链" }).click();
  await expect(page.getByText(/^审计链完整，共 \d+ 条$/)).toBeVisible();
  await expectSound(page);
  await page.screenshot({ path: "test-results/sharing-audit.png" });
});

test("a welder reads what he agreed to and takes his own data with him", async ({ phoneOf, scenarios }) => {
  const { welder, phonePosition } = scenarios[0]!;
  const { page } = await phoneOf(welder, phonePosition);
  await page.goto("/m/#/me");
  await page.getByRole("link", { name: /个人信息与授权/ }).click();
  await expect(page.getByRole("heading", { name: "个人信息告知书" })).toBeVisible();
  await expectSound(page);
  await page.screenshot({ path: "test-results/sharing-privacy.png", fullPage: true });
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "导出", exact: true }).click();
  const { tables } = JSON.parse(await readFile(await (await download).path(), "utf8"));
  expect(tables.persons).toMatchObject([{ name: welder.name, phone: welder.phone }]);
});
