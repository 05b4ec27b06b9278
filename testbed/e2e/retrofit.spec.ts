import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ApiClient,
  createApiClient,
  demoRoutes,
  installationRoutes,
  labelRoutes,
  machineModelRoutes,
  machineRoutes,
  modelPictureRoutes,
  retrofitRoutes,
  workSessionRoutes,
} from "@hanyouxu/api";
import { createChipKeys } from "@hanyouxu/chip/hosts/node";
import type { OnlineMachine } from "@hanyouxu/simulator";
import type { BrowserContext, Page } from "@playwright/test";
import type { System } from "../src/index.ts";
import { boxedChip } from "./boxed-chip.ts";
import { labelPicture } from "./camera.ts";
import { newPage } from "./context-pool.ts";
import { A_POSTER, type DeviceOf, expect, test } from "./fixtures.ts";
import { expectSound } from "./problems.ts";

/** The demonstration's installer with a phone beside the first machine, signed in as staff are. */
async function installerPhone(
  deviceOf: DeviceOf,
  system: System,
): Promise<{ context: BrowserContext; page: Page }> {
  const { home } = system.county.machines[0]!;
  const context = await deviceOf({
    screen: "phone",
    language: "zh-CN",
    permissions: ["camera", "geolocation"],
    place: { ...home, accuracyMetres: 12 },
  });
  const api = createApiClient({ baseUrl: system.url, fetch });
  // A one-time password counts once, and the fleet's installer has used one.
  await expect
    .poll(
      async () => {
        const { accounts } = await api.call(demoRoutes.demoAccounts, {});
        const { username, password, totp } = accounts.find(({ role }) => role === "installer")!;
        const data = { username, password, totp };
        return (await context.request.post("/api/sign-in/staff", { data })).status();
      },
      { timeout: 45_000, intervals: [3_000] },
    )
    .toBe(200);
  return { context, page: await newPage(context) };
}

async function look(page: Page, name: string): Promise<void> {
  await expectSound(page);
  if (process.env.HY_SCREENSHOTS !== "1") return;
  await page.screenshot({ path: test.info().outputPath(`${name}.png`), animations: "disabled" });
}

/** Staff have put a picture beside the first step of the profile that covers a model. */
async function illustrate(api: ApiClient, model: string): Promise<void> {
  const { profile } = await api.call(machineModelRoutes.lookUpModel, { query: { model } });
  const { profileKey, version, content, proof } = profile!;
  const photo = (await labelPicture("a demonstration picture")).toString("base64");
  const { pictureKey } = await api.call(modelPictureRoutes.addModelPicture, { body: { photo } });
  const steps = content.steps.map((step, index) => (index === 0 ? { ...step, pictureKey } : step));
  await api.call(machineModelRoutes.saveProfile, {
    params: { profileKey },
    body: { basedOnVersion: version, content: { ...content, steps }, proof, reason: "演示配图" },
  });
}

/** Two labels of a batch: one to be put on a machine, one that is void. */
async function someLabels(
  api: ApiClient,
  region: string,
): Promise<{ machineCode: string; voidCode: string }> {
  const { batchId } = await api.call(labelRoutes.makeLabelBatch, {
    body: { kind: "blank", name: "演示空白标签", region, count: 21 },
  });
  const { items } = await api.call(labelRoutes.listLabels, { query: { batchId } });
  const [machineCode, voidCode] = [items[0]!.machineCode, items[1]!.machineCode];
  await api.call(labelRoutes.voidLabel, {
    params: { machineCode: voidCode },
    body: { reason: "演示：标签遗失" },
  });
  return { machineCode, voidCode };
}

test("an installer fits a chip from its box to the machine in service, and the real relay moves", async ({
  deviceOf,
  system,
  regulator,
  camera,
  desk,
}) => {
  const dir = mkdtempSync(join(tmpdir(), "hy-new-chip-"));
  const { campaignId } = await regulator.call(retrofitRoutes.makeCampaign, {
    body: { name: "演示加芯一批", region: system.county.code },
  });
  await illustrate(regulator, "ZX7-400");
  const { machineCode, voidCode } = await someLabels(regulator, system.county.code);
  const enterprise = system.county.enterprises[0]!;
  const chip = boxedChip(dir);
  const { context, page } = await installerPhone(deviceOf, system);
  const step = (name: string) => page.locator(`.fit-progress[data-step="${name}"]`);
  let fitted: OnlineMachine | undefined;
  try {
    await page.goto("/m/#/me");
    await page.getByRole("link", { name: /加芯赋码/ }).click();
    await page
      .locator("li", { hasText: "演示加芯一批" })
      .getByRole("button", { name: "安装一枚新芯片" })
      .click();
    await page.getByRole("button", { name: "手工输入" }).click();
    const chipField = page.getByLabel("焊之芯编号（16 位）");
    await chipField.fill("1234");
    await page.getByRole("button", { name: "下一步" }).click();
    await expect(page.getByRole("alert")).toContainText("16 位");
    await chipField.fill(chip.chipId.toUpperCase());
    // A label that is void is refused, and while the camera stays on it not asked about time and again.
    const askedAtMs: number[] = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/label")) askedAtMs.push(Date.now());
    });
    await camera(`${system.url}/c/${voidCode}`);
    await page.getByRole("button", { name: "下一步" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await look(page, "phone-fit-label-refused");
    await expect.poll(() => askedAtMs.length).toBe(2);
    expect(askedAtMs[1]! - askedAtMs[0]!).toBeGreaterThan(2_500);
    await camera(`${system.url}/c/${machineCode}`);

    // The label is seen by the camera.
    await expect(step("machine")).toBeVisible();
    await page.getByLabel("查找单位（名称的一部分）").fill(enterprise.name.slice(0, 6));
    await page.getByLabel("所属单位").selectOption({ value: enterprise.enterpriseId });
    await page.getByLabel("焊机名称或编号").fill("演示新装一号");
    await page.getByLabel("铭牌型号").fill("ZX7-400");
    await page.getByLabel("工艺").selectOption("SMAW");
    await look(page, "phone-fit-machine");
    await page.getByRole("button", { name: "下一步" }).click();

    await expect(step("photos")).toBeVisible();
    await page.locator("input[type=file]").setInputFiles({
      name: "nameplate.png",
      mimeType: "image/png",
      buffer: await labelPicture("a nameplate"),
    });
    await expect(step("position")).toBeVisible();
    // A reload, a dead battery: the step is where it was.
    await page.reload();
    await expect(step("position")).toBeVisible();
    await page.getByRole("button", { name: "取手机位置" }).click();

    await expect(step("profile")).toBeVisible();
    await expect(page.locator(".facts")).toContainText("ZX7-400");
    const picture = page.locator(".fit-list > li").first().getByRole("button", { name: "点图放大" });
    await expect(picture.getByRole("img")).not.toHaveJSProperty("naturalWidth", 0);
    await look(page, "phone-fit-profile");
    await picture.click();
    await look(page, "phone-fit-picture");
    await page.getByRole("dialog").getByRole("button", { name: "关闭" }).click();
    await page.getByRole("button", { name: "已看并按此装好" }).click();

    await expect(step("enrolment")).toBeVisible();
    await page.getByRole("button", { name: "领取凭证" }).click();
    const token = (await page.getByTestId("enrolment-token").textContent())!;
    await look(page, "phone-fit-token");
    const installationId = page.url().split("/").at(-1)!;
    const { machineId } = await regulator.call(installationRoutes.getInstallation, {
      params: { installationId },
    });
    fitted = await chip.fit(system, machineId!, token);
    expect(fitted.machineCode).toBe(machineCode);

    await expect(step("relay-test")).toBeVisible({ timeout: 30_000 });
    expect(fitted.isPowered).toBe(false);
    await page.getByRole("button", { name: "开始测试" }).click();
    await expect.poll(() => fitted!.isPowered, { intervals: [20] }).toBe(true);
    await expect(page.locator('[data-mark="closed"]')).toBeVisible();
    await look(page, "phone-fit-test");
    await expect.poll(() => fitted!.isPowered, { intervals: [50], timeout: 10_000 }).toBe(false);
    await expect(page.getByTestId("test-passed")).toContainText("断开");
    const { total } = await regulator.call(workSessionRoutes.listWorkSessions, {
      query: { machineId: machineId! },
    });
    expect(total).toBe(0);

    const box = (await page.locator(".signature-pad").boundingBox())!;
    await page.mouse.move(box.x + 40, box.y + 60);
    await page.mouse.down();
    for (let x = 40; x < 260; x += 20) await page.mouse.move(box.x + x, box.y + 60 + (x % 40));
    await page.mouse.up();
    await look(page, "phone-fit-signature");
    await page.getByRole("button", { name: "签名并启用焊机" }).click();
    await expect(page.locator('[data-step="done"]')).toBeVisible();
    await look(page, "phone-fit-done");
    const machine = await regulator.call(machineRoutes.getMachine, { params: { machineId: machineId! } });
    expect(machine).toMatchObject({ status: "in-service", state: "idle", machineCode, chipId: chip.chipId });

    const office = await desk();
    await office.page.goto(`/console/#/retrofit/installations/${installationId}`);
    const photo = office.page.locator(".retrofit-photos img");
    await expect
      .poll(() => photo.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth))
      .toBeGreaterThan(0);
    await expect(office.page.locator(".retrofit-signature")).toBeVisible();
    await expect(office.page.locator(".ant-table-row")).toContainText("通过");
    await look(office.page, "desk-installation");
    await office.page.goto(`/console/#/retrofit/${campaignId}`);
    await expect(office.page.locator('[data-figure="fitted"] dd')).toHaveText("1");
  } finally {
    await fitted?.chip.stop();
    await context.close();
    rmSync(dir, { recursive: true, force: true });
  }
});

/** Invented progress: in each township some machines in service, one whose test has failed, one under way. */
async function fitSome(system: System, campaignId: string): Promise<{ begun: number; fitted: number }> {
  const { ctx } = system.app!;
  const at = new Date(ctx.clock.nowMs());
  const { person_id: installer_id } = await ctx.db
    .selectFrom("role_grants")
    .select("person_id")
    .where("role", "=", "installer")
    .executeTakeFirstOrThrow();
  const { chipId: chip_id, machine } = system.fleet.machines[0]!;
  let begun = 0;
  let fitted = 0;
  for (const [index, { code }] of system.county.townships.entries()) {
    const inService = 6 + ((index * 7) % 19);
    for (let number = 0; number < inService + 2; number++) {
      const installation_id = ctx.newId();
      const isDone = number < inService;
      await ctx.db
        .insertInto("retrofit_installations")
        .values({
          installation_id,
          campaign_id: campaignId,
          installer_id,
          chip_id: createChipKeys().chipId,
          status: isDone ? "in-service" : "open",
          region_code: code,
          started_at: at,
        })
        .execute();
      begun++;
      if (isDone) fitted++;
      if (number > inService) continue;
      await ctx.db
        .insertInto("relay_tests")
        .values({
          relay_test_id: ctx.newId(),
          installation_id,
          machine_id: machine.machineId,
          chip_id,
          command_id: ctx.newId(),
          asked_by: installer_id,
          hold_seconds: 4,
          status: isDone ? "passed" : "failed",
          sent_at: at,
          due_at: at,
        })
        .execute();
    }
  }
  return { begun, fitted };
}

test("500 chips over the county's townships: stock and progress on the desk", async ({
  system,
  regulator,
  desk,
}) => {
  const { townships } = system.county;
  expect(townships).toHaveLength(18);
  const { campaignId } = await regulator.call(retrofitRoutes.makeCampaign, {
    body: {
      name: "演示首批 500 枚",
      region: system.county.code,
      targets: townships.map(({ code }, index) => ({ region: code, machineCount: 30 + index })),
    },
  });
  const params = { campaignId };
  const move = async (body: Parameters<typeof regulator.call<typeof retrofitRoutes.moveStock>>[1]["body"]) =>
    await regulator.call(retrofitRoutes.moveStock, { params, body });
  await move({ kind: "receive", quantity: 500, box: "演示箱 1-10" });
  for (const [index, { code }] of townships.entries()) {
    await move({ kind: "allocate", region: code, quantity: index < 14 ? 28 : 27 });
  }
  await move({ kind: "return", region: townships[17]!.code, quantity: 3, note: "装不完" });

  const { begun, fitted } = await fitSome(system, campaignId);

  const office = await desk();
  const { page } = office;
  await page.goto("/console/#/retrofit");
  await page.getByRole("link", { name: "演示首批 500 枚" }).click();
  await expect(page.locator('[data-figure="allocated"] dd')).toHaveText("500");
  await expect(page.locator('[data-figure="returned"] dd')).toHaveText("3");
  await expect(page.locator('[data-figure="started"] dd')).toHaveText(String(begun));
  await expect(page.locator('[data-figure="fitted"] dd')).toHaveText(String(fitted));
  await expect(page.getByTestId("townships").locator(".ant-table-row")).toHaveCount(18);
  await look(page, "desk-campaign");

  await page.getByRole("button", { name: "芯片出入库" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("数量（枚）").fill("7");
  await dialog.getByRole("button", { name: "芯片出入库" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByTestId("movements").locator(".ant-table-row").first()).toContainText("入库");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "导出 Excel" }).click();
  expect((await download).suggestedFilename()).toContain(".xlsx");
});

test("labels are made and printed on the desk, and void and forged codes are shown", async ({
  system,
  regulator,
  desk,
  phoneOf,
  scenarios,
  camera,
}) => {
  await camera(A_POSTER);
  const office = await desk();
  const { page } = office;
  await page.goto("/console/#/labels");
  await page.getByRole("button", { name: "制作空白标签" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "制作空白标签" }).click();
  await expect(dialog.getByText("请填写批次名称")).toBeVisible();
  await dialog.getByLabel("批次名称").fill("演示壶山 105 张");
  await dialog.getByRole("button", { name: "制作空白标签" }).click();
  await expect(dialog).toBeHidden();
  const row = page.getByTestId("label-batches").locator(".ant-table-row", { hasText: "演示壶山 105 张" });
  await expect(row).toContainText("105 张 / 5 页");
  const download = page.waitForEvent("download");
  await row.getByRole("link", { name: /下载 PDF/ }).click();
  expect((await download).suggestedFilename()).toMatch(/\.pdf$/);

  await row.getByRole("button", { name: "演示壶山 105 张" }).click();
  const labels = page.getByTestId("labels");
  await expect(labels.getByText("共 105 条")).toBeVisible();
  await labels
    .getByRole("button", { name: "作 废" })
    .or(labels.getByRole("button", { name: "作废" }))
    .first()
    .click();
  await page.getByRole("dialog").getByRole("textbox").fill("标签遗失");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /作\s?废/ })
    .click();
  await expect(labels.getByText("标签遗失")).toBeVisible();
  const { items } = await regulator.call(labelRoutes.listLabels, { query: { state: "void" } });
  const { welder, phonePosition } = scenarios.find(({ id }) => id === "certified")!;
  const phone = await phoneOf(welder, phonePosition);
  await phone.page.goto(`/m/#/machine/${items[0]!.machineCode}`);
  await expect(phone.page.getByRole("alert")).toContainText("作废");
  await page.reload();
  await expect(page.locator('[data-reason="void"] dd')).not.toHaveText("0");
  await expect(page.getByText(system.county.name).first()).toBeVisible();
  await look(page, "desk-labels");
});
