import type { Page } from "@playwright/test";
import { showNewSceneToCamera } from "./camera.ts";
import { expect } from "./fixtures.ts";

/** Twelfths of a turn. */
const SECTORS = 12;
/** Sent, looked at by the platform and compared with all that were taken before. */
const JUDGED = { timeout: 60_000 };

export const pictures = (page: Page, state: string) => page.locator(`.picture[data-state="${state}"]`);

/** Takes a photo in the app of a scene that nobody has photographed, and waits until the platform has accepted it. */
export async function takePhoto(page: Page): Promise<void> {
  const before = await pictures(page, "accepted").count();
  showNewSceneToCamera();
  await page.getByRole("button", { name: "拍照", exact: true }).click();
  await page.getByRole("button", { name: "拍下" }).click();
  await expect(pictures(page, "accepted")).toHaveCount(before + 1, JUDGED);
}

/** Opens the camera for a film and turns once around, saying each twelfth; it films on. */
export async function filmAround(page: Page, atHalf: () => Promise<void> = async () => {}): Promise<void> {
  await page.getByRole("button", { name: "录像（转一圈）" }).click();
  await page.getByRole("button", { name: "开始录像" }).click();
  const turned = page.getByRole("button", { name: "已转到下一个方向" });
  for (let seen = 1; seen <= SECTORS; seen++) {
    await expect(page.locator(`.coverage[data-covered="${seen}"]`)).toBeVisible();
    if (seen === SECTORS / 2) await atHalf();
    if (seen < SECTORS) await turned.click();
  }
  await expect(page.getByText("一圈已拍全，可以结束").first()).toBeVisible();
}

export async function endFilm(page: Page): Promise<void> {
  await page.getByRole("button", { name: "结束录像" }).click();
}

/** Films a new scene once around, and waits until the platform has accepted it. */
export async function takeFilm(page: Page, atHalf?: () => Promise<void>): Promise<void> {
  const before = await pictures(page, "accepted").count();
  showNewSceneToCamera();
  await filmAround(page, atHalf);
  await endFilm(page);
  await expect(pictures(page, "accepted")).toHaveCount(before + 1, JUDGED);
}
