import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, type Page } from "@playwright/test";
import type { AxeResults } from "axe-core";

/** Half as long as what the package exports, and in a form of which V8 keeps a byte a letter. */
const AXE = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8").replace(
  /[\u0100-\uffff]/g,
  (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
);

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
  // Pages have no frames of others: one run within the page, which tells nothing but what it finds. Read by a page once,
  // not at each look.
  if (!(await page.evaluate<boolean>("Boolean(window.axe)"))) await page.evaluate(AXE);
  const violations = await page.evaluate<AxeResults["violations"]>(
    `axe.run({ resultTypes: ["violations"], preload: { assets: ["media"] } }).then((found) => found.violations)`,
  );
  const faults = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
  );
  expect([...(seen.get(page) ?? []), ...faults]).toEqual([]);
}
