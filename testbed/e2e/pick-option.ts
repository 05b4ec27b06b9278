import { expect, type Locator, type Page } from "@playwright/test";

/**
 * Picks an option from a field's own list: that of another field may still be closing. A list that closes again, as when
 * the page below it has moved, is opened once more, as a hand does.
 * @param typed narrows a list that is too long to show the option
 */
export async function pickOption(
  page: Page,
  box: Locator,
  option: string | RegExp,
  typed?: string,
): Promise<void> {
  await expect(async () => {
    if ((await box.getAttribute("aria-expanded")) !== "true") await box.click({ timeout: 3_000 });
    if (typed) await box.fill(typed, { timeout: 3_000 });
    // The field names its list once that has been open.
    await expect(box).toHaveAttribute("aria-controls", /./, { timeout: 3_000 });
    await page
      .locator(".ant-select-dropdown", {
        has: page.locator(`[id="${await box.getAttribute("aria-controls")}"]`),
      })
      .locator(".ant-select-item-option")
      .filter({ hasText: option })
      .first()
      .click({ timeout: 3_000 });
  }).toPass({ timeout: 45_000 });
}
