import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import type { Language } from "./context-pool.ts";
import { A_POSTER, expect, test } from "./fixtures.ts";
import { expectSound } from "./problems.ts";

/** Of a desk, in the order they are looked at: a page ends as it began. */
const SIZES = [
  ["-wide", { width: 1920, height: 1080 }],
  ["", { width: 1366, height: 768 }],
] as const;
const [, FIRST_SIZE] = SIZES[1];

const folder = join(dirname(fileURLToPath(import.meta.url)), "../../docs/guides/screens");

/** Looks at a screen as everybody uses it; with HY_SCREENSHOTS=1 (`npm run screens`) it also becomes a picture. */
async function look(page: Page, name: string, language: Language): Promise<void> {
  await expectSound(page);
  // Wide screens are looked at, but only the map's picture is kept: the repository stays light.
  const isKept = !name.endsWith("-wide") || name === "desk-map-wide";
  if (process.env.HY_SCREENSHOTS !== "1" || !isKept) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({
    path: join(folder, `${name}-${language === "en" ? "en" : "zh"}.png`),
    animations: "disabled",
  });
}

/** Looks at a screen of the desk in every size. */
async function lookInAllSizes(page: Page, name: string, language: Language): Promise<void> {
  for (const [size, viewport] of SIZES) {
    await page.setViewportSize(viewport);
    await look(page, `${name}${size}`, language);
  }
}

for (const language of ["zh-CN", "en"] as const) {
  test(`every screen of the phone is sound in ${language}`, async ({
    system,
    scenarios,
    camera,
    phoneOf,
    deviceOf,
  }) => {
    await camera(A_POSTER);
    const certified = scenarios.find(({ id }) => id === "certified")!;
    const uncertified = scenarios.find(({ id }) => id === "uncertified")!;
    const at = system.fleet.machine(system.county.cast.machines.ordinary)!;

    const refused = await phoneOf(uncertified.welder, uncertified.phonePosition, language);
    await refused.openMachine(at.machineCode);
    await refused.startButton.click();
    await expect(refused.refusal).toBeVisible();
    await look(refused.page, "phone-refused", language);

    const phone = await phoneOf(certified.welder, certified.phonePosition, language);
    const { page } = phone;
    await page.goto("/m/#/");
    await expect(page.locator('[data-state="foreign-code"]')).toBeVisible();
    await look(page, "phone-scan", language);
    await phone.typeButton.click();
    await look(page, "phone-typed-code", language);
    await phone.openMachine(at.machineCode);
    await look(page, "phone-machine", language);
    await phone.startButton.click();
    await expect(phone.progress("energised")).toBeVisible();
    at.disturb({ trigger: true });
    await expect(phone.gauge("燃弧时间", "Arc time")).not.toHaveText("≈ 0:00", { timeout: 60_000 });
    await look(page, "phone-work", language);
    at.disturb({ trigger: false });
    await phone.stopButton.click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await look(page, "phone-stop", language);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await phone.stop();
    await expect(phone.ended).toBeVisible();
    await look(page, "phone-ended", language);
    await page.goto("/m/#/history");
    await expect(page.locator(".item-link").first()).toBeVisible();
    await look(page, "phone-history", language);
    await page.locator(".item-link").first().click();
    await expect(page.locator(".facts")).toBeVisible();
    await look(page, "phone-history-detail", language);
    await page.goto("/m/#/me");
    await expect(page.locator(".sign-in-device").first()).toBeVisible();
    await look(page, "phone-me", language);
    await page.goto("/m/#/demo-inbox");
    await expect(page.locator(".facts").first()).toBeVisible();
    await look(page, "phone-demo", language);

    const stranger = await deviceOf({ screen: { width: 390, height: 844 }, language });
    const entry = await stranger.newPage();
    await entry.goto("/m/");
    await expect(entry.locator("form")).toBeVisible();
    await look(entry, "phone-sign-in", language);
    await entry.goto("/");
    await look(entry, "landing", language);
    await entry.close();
  });

  test(`every screen of the desk is sound in ${language} at ${SIZES.map(([, { width, height }]) => `${width} × ${height}`).join(" and ")}`, async ({
    system,
    scenarios,
    phoneOf,
    desk,
    deviceOf,
  }) => {
    const certified = scenarios.find(({ id }) => id === "certified")!;
    const uncertified = scenarios.find(({ id }) => id === "uncertified")!;
    const at = system.fleet.machine(system.county.cast.machines.ordinary)!;
    const refused = await phoneOf(uncertified.welder, uncertified.phonePosition, language);
    await refused.openMachine(at.machineCode);
    await refused.startButton.click();
    await expect(refused.refusal).toBeVisible();
    const phone = await phoneOf(certified.welder, certified.phonePosition, language);
    await phone.openMachine(at.machineCode);
    await phone.startButton.click();
    await expect(phone.progress("energised")).toBeVisible();
    at.disturb({ trigger: true });

    const office = await desk(language, FIRST_SIZE);
    const { page } = office;
    await office.openMap();
    await page.getByRole("button", { name: new RegExp(at.machine.name) }).click({ timeout: 60_000 });
    await expect(office.pickedMachine).toContainText(at.machine.model);
    await lookInAllSizes(page, "desk-map", language);
    for (const list of ["machines", "sessions", "decisions"]) {
      await page.goto(`/console/#/${list}`);
      await expect(office.rows.first()).toBeVisible();
      await expect(page.locator(".ant-spin-spinning")).toHaveCount(0);
      await lookInAllSizes(page, `desk-${list}`, language);
    }
    await page.goto("/console/#/decisions?outcome=refuse");
    await expect(page.locator(".outcome.is-grant")).toHaveCount(0);
    await page.locator('.ant-table-row a[href*="decisions"]').first().click();
    await expect(page.locator(".fact-tree").first()).toBeVisible();
    await lookInAllSizes(page, "desk-decision", language);
    await office.openMachine(at.machine.machineId);
    await lookInAllSizes(page, "desk-machine", language);
    await page.locator(".page-actions button").last().click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await lookInAllSizes(page, "desk-command", language);

    const stranger = await deviceOf({ screen: FIRST_SIZE, language });
    const entry = await stranger.newPage();
    await entry.goto("/console/");
    await expect(entry.locator("form")).toBeVisible();
    await lookInAllSizes(entry, "desk-sign-in", language);
    await entry.close();

    at.disturb({ trigger: false });
    await phone.stop();
    await expect(phone.ended).toBeVisible();
  });
}
