import type { Page } from "@playwright/test";
import { expect } from "./fixtures.ts";

/** One pixel, whole. */
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

type PermitStep = "where" | "work" | "people" | "site" | "measures" | "gas" | "submit";

export interface WantedPermit {
  /** By which the approver and the watch find it. */
  workDescription: string;
  placeDescription: string;
  /** The fire watch's telephone; its end is shown. */
  watchPhone: string;
  /** The name of the site owner; absent where a key area says it. */
  siteOwnerName?: string;
}

export const permitStep = (page: Page, name: PermitStep) =>
  page.locator(`.permit-title[data-step="${name}"]`);

/** Saves the step and goes on. */
export async function nextPermitStep(page: Page, to: PermitStep): Promise<void> {
  await page.getByRole("button", { name: "保存，下一步" }).click();
  await expect(permitStep(page, to)).toBeVisible();
}

/** What a box for a time holds, so many minutes from now, in Shanghai. */
function inMinutes(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000 + 8 * 3_600_000).toISOString().slice(0, 16);
}

/** From the list of permits to the first step of a new one. */
export async function beginPermit(page: Page): Promise<void> {
  await page.getByRole("button", { name: "开一张新票" }).click();
  await expect(permitStep(page, "where")).toBeVisible();
}

export async function fillWhere(
  page: Page,
  { siteOwnerName, placeDescription }: WantedPermit,
): Promise<void> {
  if (siteOwnerName !== undefined) {
    await page.getByLabel("按名称查找（至少 2 个字）").fill(siteOwnerName);
    await page.locator(".choice", { hasText: siteOwnerName }).click();
  }
  await page.getByRole("button", { name: "取动火点位置" }).click();
  await expect(page.getByTestId("point")).toBeVisible();
  await page.getByLabel("动火部位").fill(placeDescription);
}

export async function fillWork(page: Page, { workDescription }: WantedPermit): Promise<void> {
  await page.getByLabel("作业内容").fill(workDescription);
  await page.getByLabel("动火方式").selectOption("SMAW");
  await page.getByLabel("计划开始").fill(inMinutes(-1));
  await page.getByLabel("计划结束").fill(inMinutes(180));
}

export async function fillPeople(page: Page, { watchPhone }: WantedPermit): Promise<void> {
  await page.getByLabel("作业单位（我的单位）").selectOption({ index: 1 });
  await page.locator(".choice", { hasText: watchPhone.slice(-4) }).click();
}

/** A harmless place: no to every question, nothing near. */
export async function fillSite(page: Page): Promise<void> {
  for (const question of await page.locator(".permit-yes-no").all()) {
    await question.getByText("否", { exact: true }).click();
  }
  for (const distance of await page.locator(".permit-distance").all()) {
    await distance.getByRole("checkbox").check();
  }
  await page.getByLabel("不燃材料").check();
}

/** Every measure taken, with the pictures that are asked for. */
export async function fillMeasures(page: Page): Promise<void> {
  for (const measure of await page.locator("[data-measure]").all()) {
    const done = measure.getByText("已落实", { exact: true });
    await ((await done.count()) > 0 ? done.click() : measure.getByRole("checkbox").check());
  }
  const unproved = page.locator("[data-measure]", { hasText: "需要照片" });
  for (let left = await unproved.count(); left > 0; left--) {
    await unproved
      .first()
      .locator("input[type=file]")
      .setInputFiles({ name: "photo.png", mimeType: "image/png", buffer: PICTURE });
    await expect(unproved).toHaveCount(left - 1);
  }
  await page.getByLabel("风险辨识结果").fill("火花飞溅");
}

export async function addGasTest(page: Page): Promise<void> {
  await page.getByLabel("代表性气体").fill("甲烷");
  await page.getByLabel("爆炸下限（%）").fill("5");
  await page.getByLabel("分析结果（%）").fill("0.1");
  await page.getByRole("button", { name: "添加分析结果" }).click();
  await expect(page.getByText("甲烷 0.1 %")).toBeVisible();
}

/** @returns the permit's number */
export async function submitPermit(page: Page): Promise<string> {
  await page.getByRole("button", { name: "提交审批" }).click();
  await expect(page.locator('[data-permit-status="submitted"]')).toBeVisible();
  return (await page.locator(".permit-state strong").textContent())!;
}

/** A whole permit, from the list of permits to its submission. @returns its number */
export async function applyForPermit(page: Page, wanted: WantedPermit): Promise<string> {
  await beginPermit(page);
  await fillWhere(page, wanted);
  await nextPermitStep(page, "work");
  await fillWork(page, wanted);
  await nextPermitStep(page, "people");
  await fillPeople(page, wanted);
  await nextPermitStep(page, "site");
  await fillSite(page);
  await nextPermitStep(page, "measures");
  await fillMeasures(page);
  await nextPermitStep(page, "gas");
  await addGasTest(page);
  await nextPermitStep(page, "submit");
  return await submitPermit(page);
}

/** On the approver's phone: the permit that waits for him. */
export async function openWaitingPermit(page: Page, { workDescription }: WantedPermit): Promise<void> {
  await page.goto("/m/#/permits");
  await page
    .getByRole("region", { name: "等待审批" })
    .getByRole("link", { name: workDescription })
    .first()
    .click();
  await expect(page.getByTestId("approve")).toBeVisible();
}

/** Draws a signature and approves; whether that is taken depends on where the phone is. */
export async function signPermit(page: Page): Promise<void> {
  const pad = page.getByRole("img", { name: "签名区" });
  await pad.scrollIntoViewIfNeeded();
  const box = (await pad.boundingBox())!;
  await page.mouse.move(box.x + 30, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 160, box.y + 90, { steps: 6 });
  await page.mouse.up();
  await page.getByLabel("我已在现场查看，措施已落实").check();
  await page.getByRole("button", { name: "在现场签字批准" }).click();
}
