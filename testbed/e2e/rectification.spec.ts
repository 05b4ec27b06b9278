import { alarmRoutes, creditRoutes, rectificationRoutes } from "@hanyouxu/api";
import type { Page } from "@playwright/test";
import { deskOfColleague } from "./colleague.ts";
import { A_POSTER, expect, test } from "./fixtures.ts";
import { asPerson, look } from "./look.ts";
import { takePhoto } from "./picture-steps.ts";

/** A chip clears its tamper loop after it has looked for a while. */
const PHYSICS = { timeout: 120_000 };
/** Points are booked by a sweep. */
const BOOKED = { timeout: 40_000 };

const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", typeof name === "string" ? { name, exact: true } : { name });
const dialogButton = (page: Page, name: string) =>
  page.getByRole("dialog").getByRole("button", { name, exact: true });

test("an alarm leads to an order, answered with pictures until it passes; points are taken, appealed and back", async ({
  deviceOf,
  camera,
  desk,
  phoneOf,
  regulator,
  scenarios,
  system,
}) => {
  test.setTimeout(1_200_000);
  const at = system.fleet.machine(system.county.cast.machines.ordinary)!;
  const { machine } = at;
  await using _whole = {
    async [Symbol.asyncDispose]() {
      at.disturb({ isLoopCut: false });
      await expect.poll(() => at.chip.state().tamper.isRaised, PHYSICS).toBe(false);
    },
  };
  await camera(A_POSTER);

  // Other tests' alarms of the firm may have taken points before.
  const { credit } = await regulator.call(creditRoutes.getCredit, {
    params: { holder: "enterprise", holderId: machine.enterpriseId },
  });

  // Handled by one, verified by another: from then on it takes points.
  at.disturb({ isLoopCut: true });
  const query = { machineId: machine.machineId, kind: "tamper", isOpen: "true" } as const;
  const tampers = async () => (await regulator.call(alarmRoutes.listAlarms, { query })).items;
  await expect.poll(async () => (await tampers()).length, PHYSICS).toBeGreaterThan(0);
  const [{ alarmId } = { alarmId: "" }] = await tampers();
  const params = { alarmId };
  await regulator.call(alarmRoutes.acknowledgeAlarm, { params, body: {} });
  await regulator.call(alarmRoutes.handleAlarm, {
    params,
    body: { result: "演示：外壳被拆开", measures: "演示：断电" },
  });
  at.disturb({ isLoopCut: false });
  const colleague = await deskOfColleague(deviceOf, system.url, regulator, {
    role: "regulator",
    region: "330723",
  });
  await colleague.page.goto(`/console/#/alarms/${alarmId}`);
  await expect(colleague.page.locator('[data-condition="cleared"]').first()).toBeVisible(PHYSICS);
  for (const [act, handling] of [
    ["核实", "verified"],
    ["闭环", "closed"],
  ] as const) {
    await button(colleague.page, act).click();
    await button(colleague.page, act).last().click();
    await expect(colleague.page.locator(`[data-handling="${handling}"]`).first()).toBeVisible();
  }

  // The order, from the alarm's own page.
  const { page } = await desk();
  await page.goto(`/console/#/alarms/${alarmId}`);
  await expect(page.getByText("还没有因此下达整改通知")).toBeVisible();
  await page.getByRole("link", { name: "下达整改通知" }).or(button(page, "下达整改通知")).first().click();
  await expect(page.getByLabel("整改事由")).toHaveValue("防拆报警");
  // Its name has the sign of loading in it for a while.
  const issue = page.locator('form button[type="submit"]');
  await issue.click();
  await expect(page.getByText("请填写内容（至少 2 个字）").first()).toBeVisible();
  await page.getByLabel("第 1 项问题").fill("演示：焊机外壳被拆开，封条缺失");
  await page.getByLabel("其他法规名称").fill("演示管理规定");
  await look(page, "rectification-new");
  await issue.click();
  await expect(page.getByRole("heading", { name: /^ZG\d+-\d{8}-\d{4}$/ })).toBeVisible();
  await expect(page.locator('[data-status="issued"]')).toBeVisible();
  await expect(page.getByText("未核对原文")).toBeVisible();
  const rectificationId = page.url().split("/").at(-1)!;
  await look(page, "rectification-issued");

  // The firm on its phone.
  const { welder } = scenarios.find(({ id }) => id === "certified")!;
  const firm = system.county.enterprises.find(({ enterpriseId }) => enterpriseId === machine.enterpriseId)!;
  const { page: phone } = await phoneOf(asPerson(welder, firm.officer), {
    ...at.world.body.place,
    accuracyMetres: 8,
  });
  await phone.goto("/m/#/me");
  await phone.getByRole("link", { name: /整改通知/ }).click();
  await look(phone, "phone-rectifications");
  await phone.locator(`[data-order="${rectificationId}"]`).click();
  await expect(button(phone, "提交复查")).toBeDisabled();
  await takePhoto(phone);
  await phone.getByRole("textbox", { name: "整改情况 1" }).fill("演示：已装回外壳");
  await look(phone, "phone-rectification");
  await button(phone, "保存第 1 项（1 张照片）").click();
  await expect(phone.locator('[data-item="answered"] img')).toBeVisible();
  await button(phone, "提交复查").click();
  await expect(phone.locator('[data-status="answered"]')).toBeVisible();

  // Re-inspected: not in order yet.
  await expect(page.locator('[data-status="answered"]')).toBeVisible();
  await button(page, "影像").click();
  await expect(page.getByRole("dialog").locator("img").first()).toBeVisible();
  await page.locator(".ant-modal-close").click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await button(page, "填写复查结果").click();
  const finding = page.locator('[data-finding="1"]');
  await finding.getByText("不通过", { exact: true }).click();
  await finding.getByLabel("未通过的原因").fill("演示：封条仍缺失");
  await look(page, "rectification-reinspect");
  await dialogButton(page, "填写复查结果").click();
  await expect(page.locator('[data-status="issued"]')).toBeVisible();
  await expect(page.locator('[data-what="failed"]')).toContainText("封条仍缺失");

  await expect(phone.locator('[data-status="issued"]')).toBeVisible({ timeout: 30_000 });
  await expect(phone.locator('[data-what="failed"]')).toContainText("封条仍缺失");
  await takePhoto(phone);
  await phone.getByRole("textbox", { name: "整改情况 1" }).fill("演示：已贴新封条");
  await button(phone, "保存第 1 项（1 张照片）").click();
  await expect(phone.locator('[data-item="answered"]')).toBeVisible();
  await button(phone, "提交复查").click();
  await expect(page.locator('[data-status="answered"]')).toBeVisible();
  await button(page, "填写复查结果").click();
  await finding.getByText("通过", { exact: true }).click();
  await dialogButton(page, "填写复查结果").click();
  await expect(page.locator('[data-status="passed"]')).toBeVisible();
  await look(page, "rectification-passed");
  await expect(phone.locator('[data-status="passed"]')).toBeVisible({ timeout: 30_000 });
  await look(phone, "phone-rectification-passed");
  await page.goto("/console/#/rectifications");
  await expect(page.getByRole("link", { name: /^ZG/ }).first()).toBeVisible();
  await look(page, "rectifications");

  // Anybody with the paper looks it up, and reads the rules.
  const { verificationCode } = await regulator.call(rectificationRoutes.getRectification, {
    params: { rectificationId },
  });
  const anybody = await deviceOf({ screen: { width: 390, height: 844 }, language: "zh-CN" });
  const open = await anybody.newPage();
  await open.goto(`/m/#/rectification-check/${verificationCode}`);
  await expect(open.getByText("平台下达的整改通知")).toBeVisible();
  await look(open, "phone-rectification-check");
  await open.goto("/m/#/credit-rules");
  await expect(open.locator('[data-rules="in-force"]')).toContainText("预警属实：防拆报警");
  await look(open, "phone-credit-rules");
  await open.goto("/console/#/credit-rules?region=330723");
  await expect(open.locator('[data-rules="in-force"]')).toBeVisible();

  // Points, the appeal, and its decision by who did not verify the alarm.
  await expect(async () => {
    await phone.goto("/m/#/me");
    await phone.goto("/m/#/credit");
    await expect(phone.locator(`[data-credit="${credit - 20}"]`)).toBeVisible({ timeout: 3_000 });
  }).toPass(BOOKED);
  await look(phone, "phone-credit");
  await button(phone, "申诉").first().click();
  await phone.getByRole("textbox", { name: "申诉理由" }).fill("演示：检修时经批准拆开");
  await button(phone, "提交申诉").click();
  await expect(phone.locator('[data-appeal="open"]')).toBeVisible();
  await colleague.page.goto("/console/#/appeals");
  await expect(colleague.page.getByText("演示：检修时经批准拆开")).toBeVisible();
  await expect(button(colleague.page, "处理申诉")).toHaveCount(0);
  await page.goto("/console/#/appeals");
  await look(page, "appeals");
  await button(page, "处理申诉").click();
  await page.getByRole("dialog").getByRole("textbox").fill("演示：情况属实，有审批记录");
  await look(page, "appeal-decide");
  await dialogButton(page, "处理申诉").click();
  await expect(page.locator('[data-appeal="allowed"]')).toBeVisible();
  await phone.goto("/m/#/me");
  await phone.goto("/m/#/credit");
  await expect(phone.locator(`[data-credit="${credit}"]`)).toBeVisible();
  await expect(phone.locator('[data-booking="appeal"]')).toBeVisible();
  await look(phone, "phone-credit-back");

  await page.goto("/console/#/credit?holder=enterprise");
  await expect(page.locator("[data-credit]").first()).toBeVisible();
  await look(page, "credit");
  await page.goto(`/console/#/credit/enterprise/${machine.enterpriseId}`);
  await expect(page.locator('[data-booking="appeal"]')).toBeVisible();
  await look(page, "credit-account");
  await page.goto("/console/#/credit/rules");
  await button(page, "发布新规则").click();
  await page.getByRole("dialog").getByLabel("原因").fill("演示：试行");
  await look(page, "credit-rules-publish");
  await dialogButton(page, "发布新规则").click();
  await expect(page.locator('[data-rules="in-force"]')).toContainText("330723-1");
  await look(page, "credit-rules");
  const english = await desk("en");
  await english.page.goto(`/console/#/rectifications/${rectificationId}`);
  await expect(english.page.getByText("Re-inspection passed").first()).toBeVisible();
  await look(english.page, "rectification-en");
  await colleague.page.context().close();
});
