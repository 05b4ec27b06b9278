import { readFile } from "node:fs/promises";
import { statisticsRoutes } from "@hanyouxu/api";
import { publishConsentText } from "@hanyouxu/server";
import { expect, test } from "./fixtures.ts";
import { expectSound } from "./problems.ts";

const TODAY = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

test("a department's program is registered, its secret shown once, and the audit log keeps it unbroken", async ({
  desk,
  regulator,
  system,
}) => {
  const { page, rows } = await desk();
  const name = `演示应用${Date.now()}`;
  await page.goto("/console/#/sharing");
  await expect(page.getByRole("heading", { name: "数据共享" })).toBeVisible();
  await expectSound(page);
  await page.getByRole("button", { name: "新建接入应用" }).click();
  const dialog = page.getByRole("dialog", { name: "新建接入应用" });
  await dialog.getByLabel("应用名称").fill(name);
  await dialog.getByRole("combobox", { name: "部门" }).click();
  await page.locator(".ant-select-item-option").filter({ hasText: "公安" }).click();
  await dialog.getByLabel("行政区划代码（含下级）").fill("330723");
  const certificates = dialog.getByRole("group", { name: /^证书字段/ });
  // Public security sees people's rows, not their numbers.
  await expect(certificates.getByLabel("证书编号")).toBeDisabled();
  await certificates.getByLabel("有效期止").check();
  await dialog.getByRole("group", { name: "焊机字段" }).getByLabel("名称").check();
  await dialog.getByRole("group", { name: "地图图层（OGC API）" }).getByLabel("焊机").check();
  await dialog.getByLabel("可查询统计（部门可见的数量，不含明细）").check();
  await expectSound(page);
  await page.screenshot({ path: "test-results/sharing-new.png" });
  await dialog.getByRole("button", { name: "新建接入应用" }).click();
  const shown = page.getByRole("dialog", { name: "接入密钥" });
  const secret = await shown.getByTestId("client-secret").textContent();
  expect(secret?.length).toBeGreaterThan(20);
  const clientId = await shown.locator(".facts .code").first().textContent();
  await expectSound(page);
  await page.screenshot({ path: "test-results/sharing-secret.png" });
  await shown.locator(".ant-modal-footer button").click();
  await page.reload();
  await expect(rows.filter({ hasText: name })).toContainText("公安");
  await expect(rows.filter({ hasText: name })).toContainText("地图图层（OGC API） 焊机");
  await expect(rows.filter({ hasText: name }).getByText("统计", { exact: true })).toBeVisible();
  await expect(page.getByText(secret!)).toHaveCount(0);
  await expectSound(page);
  await page.screenshot({ path: "test-results/sharing-clients.png" });

  // The program counts what the department sees, and nothing beyond it.
  const token = await tokenOf(system.url, { client_id: clientId!, client_secret: secret! });
  const ask = async (path: string) =>
    await fetch(`${system.url}/api/shared/statistics${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
  const counted = (await (await ask(`?measures=machines&from=${TODAY}&to=${TODAY}`)).json()) as {
    totals: unknown;
  };
  const { totals } = await regulator.call(statisticsRoutes.queryStatistics, {
    body: { measures: ["machines"], region: "330723", from: TODAY, to: TODAY },
  });
  expect(counted.totals).toEqual(totals);
  expect((await ask(`?measures=machines&from=${TODAY}&to=${TODAY}&region=33`)).status).toBe(403);

  await page.goto("/console/#/sharing?view=webhooks");
  await page.getByRole("button", { name: "新建订阅" }).click();
  const hook = page.getByRole("dialog", { name: "新建订阅" });
  await hook.getByRole("combobox", { name: "应用名称" }).click();
  await page.locator(".ant-select-item-option").filter({ hasText: name }).click();
  await hook.getByLabel("回调地址").fill("https://10.0.0.1/hook");
  await hook.getByLabel("预警发生").check();
  await hook.getByRole("button", { name: "新建订阅" }).click();
  await expect(hook.getByText(/回调地址须为公网 https 地址/)).toBeVisible();
  await expectSound(page);
  await page.screenshot({ path: "test-results/sharing-webhook.png" });
  await hook.getByLabel("回调地址").fill("https://example.com/hook");
  await hook.getByRole("button", { name: "新建订阅" }).click();
  await expect(rows.filter({ hasText: name })).toContainText("预警发生");

  await page.goto("/console/#/audit");
  await expect(rows.filter({ hasText: name }).first()).toBeVisible();
  await page.getByRole("button", { name: "校验审计链" }).click();
  await expect(page.getByText(/^审计链完整，共 \d+ 条$/)).toBeVisible();
  await expectSound(page);
  await page.screenshot({ path: "test-results/sharing-audit.png" });
});

test("requests, texts and counts of people's data are looked at on the desk", async ({ desk }) => {
  const { page, rows } = await desk();
  await page.goto("/console/#/personal?view=texts");
  await expect(rows.filter({ hasText: "个人信息告知书" })).toHaveCount(2);
  await expectSound(page);
  await page.screenshot({ path: "test-results/sharing-texts.png" });
  await page.goto("/console/#/personal?view=statistic");
  await expect(page.getByText(/小于 5 的数/)).toBeVisible();
  await expect(rows.last()).toContainText("合计");
  await expectSound(page);
  await page.screenshot({ path: "test-results/sharing-statistic.png" });
  await page.goto("/console/#/personal");
  await expect(page.getByRole("combobox", { name: "状态" })).toBeVisible();
  await expectSound(page);
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

test("a welder who agreed to an older notice is asked again, and told what has changed", async ({
  phoneOf,
  scenarios,
  system,
}) => {
  const { welder, phonePosition } = scenarios[0]!;
  const { page } = await phoneOf(welder, phonePosition);
  await page.goto("/m/#/privacy");
  await page.getByRole("button", { name: "已阅读并同意" }).click();
  await expect(page.getByText(/^已于 .* 同意$/)).toBeVisible();
  const changes = { zh: "演示：照片保存期改为一年。", en: "Demo: photos are kept for one year." };
  const text = {
    kind: "privacy",
    title: { zh: "个人信息告知书", en: "Privacy notice" },
    body: { zh: "演示正文", en: "Demo text" },
    changes,
    effectiveFrom: "2026-01-02T00:00:00Z",
  };
  await publishConsentText(system.app!.ctx, text, "system");
  await page.goto("/m/#/");
  await page.reload();
  await page.getByRole("link", { name: "个人信息告知书已更新，请重新阅读" }).click();
  await expect(page.getByText(changes.zh)).toBeVisible();
  await expectSound(page);
  await page.screenshot({ path: "test-results/sharing-asked-again.png", fullPage: true });
  await page.getByRole("button", { name: "已阅读并同意" }).click();
  await expect(page.getByText(/^已于 .* 同意$/)).toBeVisible();
  await page.goto("/m/#/");
  await expect(page.getByRole("heading", { name: "扫码开机" })).toBeVisible();
  await expect(page.getByRole("link", { name: "个人信息告知书已更新，请重新阅读" })).toHaveCount(0);
});

/** What a program signs its questions with, taken as programs take it. */
async function tokenOf(
  url: string,
  credentials: { client_id: string; client_secret: string },
): Promise<string> {
  const body = new URLSearchParams({ grant_type: "client_credentials", ...credentials });
  const answer = await fetch(`${url}/api/oauth/token`, { method: "POST", body });
  return ((await answer.json()) as { access_token: string }).access_token;
}
