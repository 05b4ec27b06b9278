import { machineModelRoutes, machineRoutes } from "@hanyouxu/api";
import type { DemoWelder } from "@hanyouxu/simulator";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { expectSound } from "./problems.ts";

/** A sketch of where a relay sits, as somebody at a desk would draw it. */
async function sketch(page: Page): Promise<Buffer> {
  const address = await page.evaluate<string>(`(() => {
    const canvas = document.createElement("canvas");
    canvas.width = 800;
    canvas.height = 600;
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, 800, 600);
    pen.lineWidth = 6;
    pen.strokeStyle = "#123a6b";
    pen.strokeRect(60, 60, 680, 480);
    pen.strokeRect(140, 220, 180, 160);
    pen.strokeRect(480, 220, 180, 160);
    pen.fillStyle = "#c0392b";
    pen.fillRect(320, 290, 160, 20);
    pen.font = "40px sans-serif";
    pen.fillText("DEMO", 320, 130);
    return canvas.toDataURL("image/png");
  })()`);
  return Buffer.from(address.slice(address.indexOf(",") + 1), "base64");
}

/** The picture has come and can be drawn. */
async function expectDrawn(picture: Locator): Promise<void> {
  await expect(picture).toBeVisible();
  await expect(picture).toHaveJSProperty("naturalWidth", 800);
}

async function look(page: Page, name: string): Promise<void> {
  await expectSound(page);
  if (process.env.HY_SCREENSHOTS !== "1") return;
  await page.screenshot({ path: test.info().outputPath(`${name}.png`), animations: "disabled" });
}

test("the share of the fleet with a profile is shown, and a gap is closed by a profile that fits", async ({
  desk,
  regulator,
}) => {
  const coverage = await regulator.call(machineModelRoutes.modelCoverage, {});
  expect(coverage.coveredMachines / coverage.machines).toBeGreaterThanOrEqual(0.98);
  expect(coverage.gaps.length).toBeGreaterThan(3);
  expect(coverage.provenMachines).toBe(0);

  const { page, rows } = await desk();
  await page.goto("/console/#/machine-models");
  await expect(page.getByTestId("coverage")).toContainText("98.");
  const gap = page.getByTestId("gaps").getByRole("link", { name: "KRII-350" });
  await expect(gap).toBeVisible();
  await expect(rows.first()).toContainText("ZX7-400");
  await expectSound(page);
  await gap.click();
  await expect(page.getByText("这个型号还没有适配方案")).toBeVisible();
  await page.getByRole("button", { name: "用现有方案覆盖" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox").fill("气体保护焊机（380");
  await page.getByTitle("气体保护焊机（380 V）").click();
  await dialog.getByRole("textbox", { name: "原因" }).fill("演示：铭牌数据相同");
  await dialog.getByRole("button", { name: "用现有方案覆盖" }).click();
  const profile = page.getByTestId("profile");
  await expect(profile).toContainText("案头方案，尚未在实机上验证");
  await expect(profile).toContainText("第 2 版");
  await expect(profile.locator(".profile-steps > li").first()).toBeVisible();
  const after = await regulator.call(machineModelRoutes.modelCoverage, {});
  expect(after.gaps.map(({ designation }) => designation)).not.toContain("KRII-350");

  await page.getByRole("button", { name: "修改方案" }).click();
  await page.getByRole("textbox", { name: "继电器类型（中文）" }).fill("交流接触器 80 A，线圈 220 V");
  const steps = page.locator(".step-field");
  const picture = { name: "relay.png", mimeType: "image/png", buffer: await sketch(page) };
  for (const step of [steps.nth(0), steps.nth(1)])
    await step.locator("input[type=file]").setInputFiles(picture);
  await expectDrawn(steps.nth(0).locator(".step-picture"));
  await steps.nth(1).getByRole("button", { name: "删除图片" }).click();
  await expect(steps.nth(1).locator(".step-picture")).toHaveCount(0);
  const noPicture = { name: "relay.png", mimeType: "image/png", buffer: Buffer.from("no picture") };
  await steps.nth(2).locator("input[type=file]").setInputFiles(noPicture);
  await expect(steps.nth(2).getByRole("alert")).toContainText("完整的 JPEG、PNG 或 WebP 图片");
  await page.getByRole("textbox", { name: "原因" }).fill("演示：放大一档，配图");
  await steps.nth(0).locator(".step-picture").scrollIntoViewIfNeeded();
  await look(page, "desk-step-picture");
  await page.getByRole("button", { name: "保存" }).click();
  await expect(profile).toContainText("第 3 版");
  await expect(profile).toContainText("交流接触器 80 A");
  const shown = profile.locator(".profile-steps > li").first();
  await expectDrawn(shown.getByRole("img", { name: /^图示：/ }));
  await expect(profile.locator(".step-picture")).toHaveCount(1);
  await shown.scrollIntoViewIfNeeded();
  await look(page, "desk-profile-picture");
});

test("a machine is registered from its nameplate, inspected, and scrapped for good", async ({
  desk,
  system,
}) => {
  const { page } = await desk();
  await page.goto("/console/#/machines");
  await page.getByRole("button", { name: "登记焊机" }).click();
  const owner = system.county.enterprises[0]!;
  await page.getByRole("combobox", { name: "所属单位" }).fill(owner.name);
  await page.getByTitle(new RegExp(`^${owner.name}`)).click();
  await page.getByRole("textbox", { name: "焊机名称" }).fill("演示登记机");
  await page.getByRole("textbox", { name: "型号" }).fill("wse 315");
  await expect(page.getByText("WSE-315 · 315 A")).toBeVisible();
  await expect(page.getByTitle("钨极氩弧焊").first()).toBeVisible();
  await expectSound(page);
  await page.locator("button[type=submit]").click();
  await expect(page.getByRole("heading", { name: "演示登记机" })).toBeVisible();
  const line = (text: string) => page.locator(".timeline-row").filter({ hasText: text }).first();
  await expect(line("登记")).toBeVisible();

  await page.getByRole("button", { name: "登记检验" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("上次检验").fill("2026-01-10");
  await dialog.getByLabel("检验有效至").fill("2026-02-10");
  await dialog.getByRole("textbox", { name: "原因" }).fill("演示年度检验");
  await dialog.getByRole("button", { name: "登记检验" }).click();
  await expect(page.getByText("检验已逾期，请尽快安排检验并登记")).toBeVisible();
  await expectSound(page);
  await page.goto("/console/#/machine-inspections");
  await expect(page.locator(".ant-table-row").filter({ hasText: "演示登记机" })).toContainText("逾期");
  await expectSound(page);

  await page.goBack();
  await page.locator(".page-actions").getByRole("button", { name: "报废" }).click();
  await dialog.getByRole("textbox", { name: "原因" }).fill("演示报废");
  await dialog.getByRole("button", { name: "报废" }).click();
  await expect(line("报废")).toContainText("已登记 → 已报废");
  await expect(page.locator(".page-actions").getByRole("button", { name: "报废" })).toHaveCount(0);
});

test("a machine goes to another firm when that firm's officer takes it", async ({
  desk,
  phoneOf,
  regulator,
  system,
}) => {
  const [receiver, owner] = system.county.enterprises;
  const { items } = await regulator.call(machineRoutes.listMachines, {
    query: { enterpriseId: owner!.enterpriseId },
  });
  const machine =
    items.find(({ machineId }) => machineId !== system.county.cast.machines.foreign) ?? items[0]!;
  const office = await desk();
  await office.page.goto(`/console/#/machines/${machine.machineId}`);
  await office.page.getByRole("button", { name: "过户" }).click();
  const dialog = office.page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "接收单位的统一社会信用代码" }).fill(receiver!.uscc);
  await dialog.getByRole("textbox", { name: "原因" }).fill("演示转让");
  await dialog.getByRole("button", { name: "过户" }).click();
  await expect(office.page.getByText(`已发给 ${receiver!.name}`)).toBeVisible();

  const { officer } = receiver!;
  const signedIn = { welderId: officer.personId, phone: officer.phone } as unknown as DemoWelder;
  const { page } = await phoneOf(signedIn, null);
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.goto("/console/#/machine-transfers?status=offered");
  const row = page.locator(".ant-table-row").filter({ hasText: machine.name });
  await expectSound(page);
  await row.getByRole("button", { name: "接收" }).click();
  await page.getByRole("tooltip").getByRole("button", { name: "接收" }).click();
  await expect(row).toHaveCount(0);
  const moved = await regulator.call(machineRoutes.getMachine, { params: { machineId: machine.machineId } });
  expect(moved).toMatchObject({ enterpriseName: receiver!.name, machineCode: machine.machineCode });
});
