import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import axe from "axe-core";

/** Read by a page once, not at each look. */
const AXE_ONCE = `if (!window.axe) { ${axe.source} }`;

const seen = new WeakMap<Page, string[]>();

/** Collects what a page should never do: break, or ask for something its content security policy forbids. */
export function watchForProblems(page: Page): void {
  const problems: string[] = [];
  seen.set(page, problems);
  page.on("pageerror", (error) => problems.push(`broke: ${error.message}`));
  page.on("console", (message) => {
    if (/content security policy|refused to/i.test(message.text())) problems.push(message.text());
  });
}

/** The page has not broken, and axe finds nothing that keeps anybody from using it. */
export async function expectSound(page: Page): Promise<void> {
  // A page that is still on its way has neither; axe says so where they never come. By tag, for a dialog hides both.
  await expect(page.locator("body:has(main):has(h1)"))
    .toBeAttached()
    .catch(() => {});
  // A colour on its way to another is nobody's to read.
  const changing = "document.getAnimations().filter((one) => one instanceof CSSTransition).length";
  await expect.poll(() => page.evaluate<number>(changing)).toBe(0);
  // A list that was just chosen from is on its way out, half taken apart. One that stays open is looked at as it is.
  const open = page.locator(".ant-select-dropdown:visible");
  await expect(open)
    .toHaveCount(0, { timeout: 2_000 })
    .catch(() => {});
  // Pages have no frames of others: one run within the page, which tells nothing but what it finds, instead of a second
  // page for each look to which all that is in order is carried too.
  const { violations } = await new AxeBuilder({ page, axeSource: AXE_ONCE })
    .setLegacyMode()
    .options({ resultTypes: ["violations"], preload: { assets: ["media"] } })
    .analyze();
  const faults = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
  );
  expect([...(seen.get(page) ?? []), ...faults]).toEqual([]);
}
