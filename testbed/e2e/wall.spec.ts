import { machineRoutes, wallRoutes } from "@hanyouxu/api";
import type { Page } from "@playwright/test";
import { busyProvince } from "./busy-province.ts";
import { expect, test } from "./fixtures.ts";
import { look } from "./look.ts";

const SIZES = [
  { width: 1920, height: 1080 },
  { width: 3840, height: 1080 },
  { width: 3840, height: 2160 },
  { width: 1366, height: 768 },
];
const SHOWN = { timeout: 30_000 };

const value = (page: Page, kpi: string) =>
  page.locator(`[data-kpi="${kpi}"] .wall-kpi-value .visually-hidden`);
const banner = (page: Page) => page.locator(".wall-old");
const isDrawn = (page: Page) =>
  expect(page.locator(".map-canvas[data-drawn]")).toBeVisible({ timeout: 60_000 });

test("a wall shows what goes on now; every number leads to its rows, every region down and back", async ({
  system,
  scenarios,
  phoneOf,
  desk,
  regulator,
}) => {
  const certified = scenarios.find(({ id }) => id === "certified")!;
  const at = system.fleet.machine(system.county.cast.machines.ordinary)!;
  const { page } = await desk("zh-CN", { width: 1920, height: 1080 });
  await page.goto("/console/#/wall");
  const before = await regulator.call(wallRoutes.wall, { query: {} });
  await expect(value(page, "machines")).toHaveText(String(before.machines.atWork));
  const phone = await phoneOf(certified.welder, certified.phonePosition);
  await phone.openMachine(at.machineCode);
  await phone.startButton.click();
  await expect(value(page, "machines")).toHaveText(String(before.machines.atWork + 1), SHOWN);
  await isDrawn(page);
  await look(page, "wall-county");

  await page.locator('[data-kpi="machines"] .wall-kpi-value').click();
  await expect(page.locator(".ant-table-row")).toHaveCount(before.machines.atWork + 1);
  const { region } = await regulator.call(machineRoutes.getMachine, {
    params: { machineId: at.machine.machineId },
  });
  await page.goBack();
  // Down by the keyboard, and back up.
  const name = before.children.find(({ code }) => region.startsWith(code))!.name;
  const down = page.locator(".wall-bar-name", { hasText: name });
  await down.focus();
  await page.keyboard.press("Enter");
  await expect(page.locator('.wall-head [aria-current="page"]')).toHaveText(name);
  await expect(value(page, "machines")).toHaveText(/^[1-9]/, SHOWN);
  await page.locator(".wall-head nav a").last().click();
  await expect(page.locator('.wall-head [aria-current="page"]')).toHaveText(before.region!.name);
  await phone.page.goBack().catch(() => {});
});

for (const language of ["zh-CN", "en"] as const) {
  test(`a wall fills screens of every shape without a letter too many in ${language}`, async ({
    desk,
    regulator,
  }) => {
    const busy = busyProvince(await regulator.call(wallRoutes.wall, { query: {} }));
    for (const size of SIZES) {
      const { page } = await desk(language, size);
      await page.route("**/api/wall*", (route) => route.fulfill({ json: { ...busy, atMs: Date.now() } }));
      await page.goto("/console/#/wall");
      await expect(value(page, "machines")).toHaveText("28,291");
      await isDrawn(page);
      expect(await overflowing(page)).toEqual([]);
      await look(page, `wall-${size.width}x${size.height}-${language}`);
      await page.context().close();
    }
    // On a phone all of it stands one below the other.
    const { page } = await desk(language, { width: 390, height: 844 });
    await page.route("**/api/wall*", (route) => route.fulfill({ json: { ...busy, atMs: Date.now() } }));
    await page.goto("/console/#/wall");
    await expect(value(page, "machines")).toHaveText("28,291");
    await isDrawn(page);
    await look(page, `wall-phone-${language}`);
    const last = page.locator(".wall-panel").last();
    await last.scrollIntoViewIfNeeded();
    await expect(last).toBeInViewport({ ratio: 0.9 });
    const beyond = await page
      .locator(".wall")
      .evaluate(
        (box) =>
          (box as unknown as Record<string, number>).scrollWidth! -
          (box as unknown as Record<string, number>).clientWidth!,
      );
    expect(beyond).toBeLessThanOrEqual(0);
    await look(page, `wall-phone-below-${language}`);
  });
}

test("townships that lie close together each have their name, with a line to where they are", async ({
  desk,
  regulator,
}) => {
  const real = await regulator.call(wallRoutes.wall, { query: {} });
  const names = "柳城壶山武阳熟溪白洋桐琴泉溪新宅王宅桃溪".match(/../g)!;
  const near = busyProvince(real);
  const county = {
    ...near,
    region: real.region,
    newestAlarms: [],
    children: near.children.slice(0, names.length).map((child, n) => ({
      ...child,
      code: `330723${100 + n}`,
      name: `演示${names[n]}街道`,
      centre: { latitudeDegrees: 28.9 + (n % 3) * 0.012, longitudeDegrees: 119.8 + (n % 4) * 0.015 },
    })),
  };
  const { page } = await desk("zh-CN", { width: 1920, height: 1080 });
  await page.route("**/api/wall*", (route) => route.fulfill({ json: { ...county, atMs: Date.now() } }));
  await page.goto("/console/#/wall");
  await isDrawn(page);
  await look(page, "wall-near-townships");
  await expect(page.locator(".is-children .wall-bar-name")).toHaveCount(names.length);
});

test("without a network a wall keeps its figures, says of when they are, and goes on by itself", async ({
  desk,
}) => {
  const { page } = await desk("zh-CN", { width: 1920, height: 1080 });
  await page.goto("/console/#/wall");
  await expect(value(page, "machines")).toHaveText(/^\d/);
  const all = await page.locator('[data-kpi="machines"] .wall-kpi-all').textContent();
  await page.context().setOffline(true);
  await expect(banner(page)).toContainText(/\d\d:\d\d:\d\d/, SHOWN);
  await expect(page.locator('[data-kpi="machines"] .wall-kpi-all')).toHaveText(all!);
  const shownTime = await page.getByTestId("wall-data-time").textContent();
  await look(page, "wall-offline");
  await page.context().setOffline(false);
  await expect(banner(page)).toHaveCount(0, SHOWN);
  await expect(page.getByTestId("wall-data-time")).not.toHaveText(shownTime!, SHOWN);
});

test("nothing rolls by itself for people who asked for less motion, and for others it can be stopped", async ({
  desk,
  regulator,
}) => {
  const busy = busyProvince(await regulator.call(wallRoutes.wall, { query: {} }));
  const { page } = await desk("zh-CN", { width: 1920, height: 1080 });
  const rolledBy = async () =>
    await page
      .locator(".wall-rolling")
      .evaluate((box) => (box as unknown as { scrollTop: number }).scrollTop);
  await page.route("**/api/wall*", (route) => route.fulfill({ json: busy }));
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await page.goto("/console/#/wall");
  await expect.poll(rolledBy, SHOWN).toBeGreaterThan(0);
  const stop = page.getByRole("button", { name: "暂停滚动" });
  await stop.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "继续滚动" })).toHaveAttribute("aria-pressed", "true");

  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.clock.install();
  await page.reload();
  await expect(value(page, "machines")).toHaveText("28,291");
  await expect(page.getByRole("button", { name: /滚动/ })).toHaveCount(0);
  await page.clock.fastForward("00:30");
  expect(await rolledBy()).toBe(0);
});

test("a wall is loaded anew at night, and never without a network", async ({ desk }) => {
  const { page } = await desk("zh-CN", { width: 1366, height: 768 });
  await page.clock.install({ time: new Date("2026-11-24T02:30:00+08:00") });
  await page.goto("/console/#/wall");
  await expect(value(page, "machines")).toHaveText(/^\d/);
  await page.evaluate("document.body.setAttribute('data-kept', 'yes')");
  await page.context().setOffline(true);
  await page.clock.fastForward("30");
  await expect(banner(page)).toBeVisible(SHOWN);
  await page.clock.fastForward("45:00");
  await expect(page.locator("body")).toHaveAttribute("data-kept", "yes");
  await page.context().setOffline(false);
  // By less than makes figures old; the clock also runs by itself: the page may be gone in the middle of a step.
  const kept = async () => {
    await page.clock.fastForward("10").catch(() => {});
    return await page
      .locator("body")
      .getAttribute("data-kept")
      .catch(() => "yes");
  };
  await expect.poll(kept, { timeout: 60_000 }).toBeNull();
  await expect(value(page, "machines")).toHaveText(/^\d/, SHOWN);
});

const BOXES =
  ".wall-kpi, .wall-kpi-value, .wall-panel, .wall-panel > header, .wall-head, .wall-figures div, .wall-severities a, .wall-head h1";

/** What does not fit: beyond the screen, or cut off within its own box where that does not scroll. */
async function overflowing(page: Page): Promise<string[]> {
  return await page.evaluate<string[]>(`[...document.querySelectorAll("${BOXES}")].flatMap((box) => {
    const { left, right, top, bottom } = box.getBoundingClientRect();
    const isBeyond = left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1;
    const isCut = box.clientWidth > 0
      && (box.scrollWidth > box.clientWidth + 2 || box.scrollHeight > box.clientHeight + 2);
    return isBeyond || isCut ? [box.className + " " + box.tagName + " " + box.textContent.slice(0, 30)] : [];
  })`);
}
