import type { DemoWelder } from "@hanyouxu/simulator";
import type { Page } from "@playwright/test";
import { expect } from "./fixtures.ts";
import type { HotWorkPlace } from "./hot-work-place.ts";
import { asPerson, look } from "./look.ts";
import { applyForPermit, openWaitingPermit, signPermit } from "./permit-steps.ts";
import type { PhonePages } from "./phone-pages.ts";
import { takeFilm, takePhoto } from "./picture-steps.ts";

export const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
export const step = (page: Page, name: string) => page.locator(`[data-step="${name}"]`);

/** The machine stands in the hospital: its start is not granted, and the card leads to the clearance. */
export async function openClearance(
  phone: PhonePages,
  place: HotWorkPlace,
  machineCode: string,
): Promise<string> {
  await phone.openMachine(machineCode);
  await phone.startButton.click();
  await expect(phone.reason("key-area-clearance")).toBeVisible();
  await expect(phone.page.locator(".needed-clearance")).toContainText(`本机在重点区域：${place.name}`);
  await look(phone.page, "phone-needed");
  await button(phone.page, "办理动火许可").click();
  await expect(phone.page).toHaveURL(/#\/clearances\/[0-9a-f-]{36}$/);
  return phone.page.url().split("/").at(-1)!;
}

export type PhoneOf = (welder: DemoWelder, at: HotWorkPlace["point"]) => Promise<PhonePages>;

/**
 * From the clearance to a permit that is approved at the place by the site owner's officer, on his own phone.
 * @returns its number
 */
export async function obtainPermit(
  { page }: PhonePages,
  place: HotWorkPlace,
  clearanceId: string,
  phoneOf: PhoneOf,
): Promise<string> {
  const wanted = {
    workDescription: `${place.name}焊接支架`,
    placeDescription: "机房东墙",
    watchPhone: place.watches[0]!.phone,
  };
  await page.getByRole("link", { name: "新开动火作业票" }).click();
  const number = await applyForPermit(page, wanted);
  await page.goto(`/m/#/clearances/${clearanceId}`);
  await button(page, "用这张作业票").click();
  await expect(step(page, "permit")).toHaveAttribute("data-status", "waiting");
  await look(page, "phone-permit-waiting");
  const approver = await phoneOf(asPerson(place.welder, place.siteOwner.officer), place.point);
  await openWaitingPermit(approver.page, wanted);
  await signPermit(approver.page);
  await expect(approver.page.locator('[data-permit-status="approved"]')).toBeVisible();
  await look(approver.page, "approver-approved");
  await approver.page.close();
  await expect(step(page, "permit")).toHaveAttribute("data-status", "done");
  return number;
}

/** Shows the scene to the staff: a film once around and photos, taken in the app. */
export async function showScene(page: Page): Promise<void> {
  await takeFilm(page, () => look(page, "phone-scene-film"));
  for (const _ of ["extinguisher", "combustibles"]) await takePhoto(page);
  await look(page, "phone-scene-taken");
  await button(page, "提交核查（3 个）").click();
  await expect(step(page, "check")).toHaveAttribute("data-status", "waiting");
}

/** One look at the place after the work. */
export async function glance(page: Page): Promise<void> {
  await takePhoto(page);
  await page.getByText("没有火星、烟、异味和发热").click();
  await button(page, "提交检查").click();
}

/** The fire watch comes with a phone and scans the site code on the welder's. */
export async function watchAtPlace(
  welderPage: Page,
  place: HotWorkPlace,
  clearanceId: string,
  { phoneOf, camera }: { phoneOf: PhoneOf; camera: (text: string) => Promise<void> },
): Promise<PhonePages> {
  const watch = await phoneOf(asPerson(place.welder, place.watches[0]!), place.point);
  // A camera that is still open goes on with what it saw, and a code counts for half a minute: who was too slow scans again.
  await expect(async () => {
    await watch.page.goto("/m/#/me");
    await camera((await welderPage.locator(".qr-picture").getAttribute("data-text"))!);
    await watch.page.goto("/m/#/");
    await expect(watch.page).toHaveURL(new RegExp(`#/clearances/${clearanceId}$`), { timeout: 10_000 });
  }).toPass({ timeout: 90_000 });
  return watch;
}

/**
 * The fire watch is where it belongs again and says so: after a report of its own, taken or refused, the phone is silent
 * for 15 s, in which it does not tell first.
 */
export async function watchReturns(watchPage: Page, walkBack: () => Promise<void>): Promise<void> {
  await watchPage.waitForResponse((answer) => answer.url().endsWith("/watch-presence"));
  await walkBack();
  await button(watchPage, "我在现场").click();
  await expect(watchPage.locator(".watch-state")).toHaveAttribute("data-watch", "present", {
    timeout: 45_000,
  });
}
