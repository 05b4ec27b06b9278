import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { expectSound } from "./problems.ts";

const tool = (page: Page, name: string) =>
  page.locator(".area-tools").getByText(name, { exact: true }).click();

async function choose(page: Page, select: Locator, option: string | RegExp): Promise<void> {
  await select.click();
  await page.locator(".ant-select-item-option").filter({ hasText: option }).first().click();
}

/** Of the many: typed, as a hand that knows the name does. */
async function chooseRegion(page: Page, label: string): Promise<void> {
  const region = page.getByRole("combobox", { name: label });
  await region.click();
  await region.fill("壶山街道");
  await expect(page.locator(".ant-select-item-option-active", { hasText: "壶山街道" })).toBeVisible();
  await page.keyboard.press("Enter");
}

/** The board with its ground drawn, near enough for an area of some hundred metres. */
async function openBoard(page: Page, hash: string): Promise<void> {
  await page.goto(`/console/#${hash}`);
  const map = page.getByTestId("draw-map");
  await map.scrollIntoViewIfNeeded();
  const idle = map.locator('.map-canvas[data-idle="true"]');
  await expect(idle).toBeVisible({ timeout: 40_000 });
  for (let step = 0; step < 4; step++) {
    await map.getByRole("button", { name: "Zoom in" }).click();
    await expect(idle).toBeVisible({ timeout: 40_000 });
  }
}

test("the county's key areas are on the map and in the list, which is narrowed by kind and name", async ({
  desk,
  system,
}) => {
  const { page, rows } = await desk();
  await page.goto("/console/#/key-areas");
  const { keyAreas } = system.county;
  // Other tests draw and abolish areas of their own.
  await expect(rows.first()).toBeVisible();
  await expect(page.getByTestId("areas-map").locator('.map-canvas[data-idle="true"]')).toBeVisible({
    timeout: 40_000,
  });
  await expectSound(page);
  await page.screenshot({ path: "test-results/key-areas.png", fullPage: true });
  await choose(page, page.getByRole("combobox", { name: "类型" }), "医院");
  expect(keyAreas.length).toBeGreaterThan(100);
  await page.getByRole("searchbox", { name: "名称、地址或用焊单位" }).fill("演示医院001");
  await page.keyboard.press("Enter");
  await rows.getByRole("link", { name: "演示医院001重点区域" }).click();
  await expect(page.getByRole("heading", { name: "演示医院001重点区域" })).toBeVisible();
  await expect(page.getByText("人员密集场所")).toBeVisible();
  await expectSound(page);
});

test("a circle is drawn, in English", async ({ desk }) => {
  const { page } = await desk("en");
  await openBoard(page, "/key-areas/new");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("演示圆形区");
  await choose(page, page.getByRole("combobox", { name: "Kind" }), "Heritage building");
  await chooseRegion(page, "Region");
  await page.getByRole("textbox", { name: "Reason" }).fill("Demonstration");
  await tool(page, "Circle");
  const { x, y, width, height } = (await page.getByTestId("draw-map").boundingBox())!;
  await page.mouse.click(x + width / 2, y + height / 2);
  await page.mouse.move(x + width / 2 + 60, y + height / 2 + 40);
  await page.mouse.click(x + width / 2 + 70, y + height / 2 + 50);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "演示圆形区" })).toBeVisible();
  await expect(page.getByText(/Radius [\d.]+ m/)).toBeVisible();
  await expectSound(page);
  await page.screenshot({ path: "test-results/key-area-circle-en.png", fullPage: true });
});

test("a file is checked, its bad feature marked, and the good one taken in", async ({ desk }) => {
  const { page } = await desk();
  await page.goto("/console/#/key-areas/import");
  const feature = (name: string, places: number[][]) => ({
    type: "Feature",
    properties: { 名称: name, 类型: "其他" },
    geometry: { type: "Polygon", coordinates: [places] },
  });
  const east = 119.95;
  const good = [
    [east, 28.7],
    [east + 0.001, 28.7],
    [east + 0.001, 28.701],
    [east, 28.7],
  ];
  const bad = [
    [east, 28.71],
    [east + 0.001, 28.711],
    [east + 0.001, 28.71],
    [east, 28.711],
    [east, 28.71],
  ];
  const text = JSON.stringify({
    type: "FeatureCollection",
    features: [feature("演示好", good), feature("演示坏", bad)],
  });
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "areas.geojson", mimeType: "application/json", buffer: Buffer.from(text) });
  await choose(page, page.getByRole("combobox", { name: "坐标系" }), "GCJ-02");
  await chooseRegion(page, "默认行政区划");
  await page.getByRole("button", { name: "检查文件" }).click();
  await expect(page.getByText("合格 1 个，不合格 1 个")).toBeVisible();
  await page.getByRole("button", { name: "在图上标出" }).click();
  await expect(page.locator('.map-canvas[data-idle="true"]')).toBeVisible({ timeout: 40_000 });
  await expectSound(page);
  await page.screenshot({ path: "test-results/key-areas-import.png", fullPage: true });
  await page.getByRole("textbox", { name: "原因" }).fill("演示导入");
  await page.getByRole("button", { name: "只导入合格的（1 个）" }).click();
  await expect(page.getByText("已导入 1 个重点区域")).toBeVisible();
});
