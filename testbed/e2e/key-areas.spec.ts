import { readFile } from "node:fs/promises";
import { keyAreaRoutes, liveRoutes, siteSignRoutes } from "@hanyouxu/api";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { pickOption } from "./pick-option.ts";
import { expectSound } from "./problems.ts";
import { roundKeyArea } from "./round-key-area.ts";

const tool = (page: Page, name: string) =>
  page.locator(".area-tools").getByText(name, { exact: true }).click();

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
  await pickOption(page, page.getByRole("combobox", { name: "类型" }), "医院");
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
  await pickOption(page, page.getByRole("combobox", { name: "Kind" }), "Heritage building");
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

const SIDE_DEGREES = 0.001;

/** Corners as a surveyor's list has them: `steps` in tenths of a thousandth of a degree from a place. */
function corners(
  [east, north]: readonly [number, number],
  steps: readonly (readonly [number, number])[],
): string {
  return steps
    .map(([right, up]) =>
      [east + (right * SIDE_DEGREES) / 10, north + (up * SIDE_DEGREES) / 10]
        .map((one) => one.toFixed(6))
        .join(","),
    )
    .join("\n");
}

const SQUARE = [
  [-10, -10],
  [10, -10],
  [10, 10],
  [-10, 10],
] as const;
const BOW_TIE = [
  [-10, -10],
  [10, 10],
  [10, -10],
  [-10, 10],
] as const;

async function typeCorners(page: Page, role: "多边形" | "孔洞", text: string): Promise<void> {
  const typed = page.locator(".area-corners");
  await typed.getByRole("radio", { name: role }).check();
  await typed.getByRole("textbox").fill(text);
  await typed.getByRole("button", { name: "加到图上" }).click();
  await expect(typed.getByRole("textbox")).toHaveValue("");
}

const idleBoard = async (page: Page) =>
  await expect(page.getByTestId("draw-map").locator('.map-canvas[data-idle="true"]')).toBeVisible({
    timeout: 40_000,
  });

test("an area is typed with a hole, refused where it is wrong, changed, signed and abolished", async ({
  desk,
  phoneOf,
  regulator,
  scenarios,
}) => {
  const { page } = await desk();
  const name = `演示绘制区 ${Date.now() % 100_000}`;
  const { centre } = await regulator.call(liveRoutes.mapConfig, {});
  const middle = [centre.longitudeDegrees + 0.013, centre.latitudeDegrees + 0.011] as const;
  await page.goto("/console/#/key-areas/new");
  await idleBoard(page);
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("请先在地图上画出区域")).toBeVisible();

  await page.getByRole("textbox", { name: "名称", exact: true }).fill(name);
  await pickOption(page, page.getByRole("combobox", { name: "类型" }), "商场");
  await expect(page.getByTestId("regime-brings")).toContainText("安委〔2024〕12号");
  await pickOption(page, page.getByRole("combobox", { name: "类型" }), "其他");
  await pickOption(page, page.getByRole("combobox", { name: "场所类别" }), "化工企业");
  await expect(page.getByTestId("regime-brings")).toContainText("GB 30871 危化企业动火");
  await chooseRegion(page, "区域");
  await page.getByRole("textbox", { name: "楼层" }).fill("B1, 1");
  await page.getByRole("textbox", { name: "原因" }).fill("演示绘制");

  await page.getByText("用坐标输入角点").click();
  await page.locator(".area-corners").getByRole("textbox").fill("28.9,119.8");
  await page.getByRole("button", { name: "加到图上" }).click();
  await expect(page.getByText(/第 1 行应为/)).toBeVisible();
  await expectSound(page);
  await typeCorners(page, "多边形", corners(middle, BOW_TIE));
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText(/边界线自相交/)).toBeVisible();
  await idleBoard(page);
  await page.screenshot({ path: "test-results/key-area-crossing.png", fullPage: true });

  await page.getByRole("button", { name: "全部清除" }).click();
  await typeCorners(page, "多边形", corners(middle, SQUARE));
  await typeCorners(
    page,
    "孔洞",
    corners(
      middle,
      SQUARE.map(([right, up]) => [right / 2, up / 2] as const),
    ),
  );
  await page.getByRole("button", { name: "添加联系人" }).click();
  await page.getByRole("textbox", { name: "姓名" }).fill("演示张三");
  await page.getByRole("textbox", { name: "电话" }).fill("12");
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText(/电话应为/)).toBeVisible();
  await page.getByRole("textbox", { name: "电话" }).fill("13800000001");
  await idleBoard(page);
  await page.screenshot({ path: "test-results/key-area-form.png", fullPage: true });
  await page.getByRole("button", { name: "保存" }).click();

  await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect(page.getByText("138****0001")).toBeVisible();
  await expect(page.getByText("化工企业").first()).toBeVisible();
  const address = page.url();
  const keyAreaId = address.split("/").at(-1)!;
  const { geometry } = await regulator.call(keyAreaRoutes.getKeyArea, { params: { keyAreaId } });
  expect(geometry.coordinates).toHaveLength(2);

  const signs = page.getByTestId("area-signs");
  await signs.getByRole("button", { name: "生成场所牌" }).click();
  await expect(signs.locator(".ant-table-row")).toHaveCount(3);
  const downloading = page.waitForEvent("download");
  await signs.getByRole("link", { name: "打印 A4" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^signs-.*\.pdf$/);
  expect((await readFile(await download.path())).subarray(0, 5).toString()).toBe("%PDF-");
  await expect(signs.getByText("（1）").first()).toBeVisible();
  await expect(page.locator('.map-canvas[data-idle="true"]')).toBeVisible({ timeout: 40_000 });
  await expectSound(page);
  await page.screenshot({ path: "test-results/key-area.png", fullPage: true });

  await page.goto("/console/#/key-areas/new");
  await idleBoard(page);
  await page.getByRole("textbox", { name: "名称", exact: true }).fill(`${name}重叠`);
  await pickOption(page, page.getByRole("combobox", { name: "类型" }), "其他");
  await chooseRegion(page, "区域");
  await page.getByRole("textbox", { name: "楼层" }).fill("1");
  await page.getByRole("textbox", { name: "原因" }).fill("演示重叠");
  await page.getByText("用坐标输入角点").click();
  await typeCorners(
    page,
    "多边形",
    corners(
      middle,
      SQUARE.map(([right, up]) => [right + 12, up + 12] as const),
    ),
  );
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText(/与同类型的重点区域重叠/)).toContainText(name);
  await idleBoard(page);
  await page.screenshot({ path: "test-results/key-area-overlap.png", fullPage: true });

  const { items } = await regulator.call(siteSignRoutes.listSiteSigns, { params: { keyAreaId } });
  const [scenario] = scenarios;
  const { page: phone } = await phoneOf(scenario!.welder, scenario!.phonePosition);
  await phone.goto(`/s/${items.find(({ floor }) => floor === "B1")!.signCode}`);
  await expect(phone.getByTestId("site")).toContainText(name);
  await expect(phone.getByTestId("site")).toContainText("B1 层");
  await expectSound(phone);
  await phone.screenshot({ path: "test-results/key-area-phone.png" });

  await page.goto(address);
  await page.getByRole("link", { name: "修改重点区域" }).click();
  await idleBoard(page);
  await page.getByRole("textbox", { name: "名称", exact: true }).fill(`${name}（东）`);
  await page.getByRole("textbox", { name: "原因" }).fill("演示更名");
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("heading", { name: `${name}（东）` })).toBeVisible();
  const versions = page.getByTestId("area-versions");
  await expect(versions.locator(".ant-table-row")).toHaveCount(2);
  await expect(versions).toContainText("演示更名");
  await expect(page.getByText("化工企业").first()).toBeVisible();

  await page.getByRole("button", { name: "撤销区域" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").fill("演示撤销");
  await dialog.getByRole("button", { name: "撤销区域" }).click();
  await expect(page.getByRole("heading", { name: "重点区域" })).toBeVisible();
  await phone.reload();
  await expect(phone.getByText(/这块场所牌已作废/)).toBeVisible();
});

test("a polygon is drawn by mouse, corner after corner", async ({ desk }) => {
  const { page } = await desk();
  await openBoard(page, "/key-areas/new");
  await page.getByRole("textbox", { name: "名称", exact: true }).fill("演示手绘区");
  await pickOption(page, page.getByRole("combobox", { name: "类型" }), "仓储物流");
  await chooseRegion(page, "区域");
  await page.getByRole("textbox", { name: "原因" }).fill("演示手绘");
  const board = page.getByTestId("draw-map");
  await board.scrollIntoViewIfNeeded();
  await tool(page, "多边形");
  const { x, y, width, height } = (await board.boundingBox())!;
  const [middleX, middleY] = [x + width / 2, y + height / 2];
  for (const [right, down] of [
    [-90, -70],
    [90, -70],
    [90, 70],
    [-90, 70],
    [-90, -70],
  ] as const) {
    await page.mouse.move(middleX + right, middleY + down, { steps: 3 });
    await page.mouse.click(middleX + right, middleY + down);
  }
  await expect(page.getByRole("radio", { name: "选择和修改" })).toBeChecked();
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("heading", { name: "演示手绘区" })).toBeVisible();
});

test("a machine at work in an area is on the area's page, and areas are a layer of the live map", async ({
  desk,
  phoneOf,
  regulator,
  scenarios,
  system,
}) => {
  const { welder, machine, phonePosition } = scenarios.find(({ id }) => id === "certified")!;
  const at = system.fleet.machine(machine.machineId)!;
  const phone = await phoneOf(welder, phonePosition);
  await phone.openMachine(at.machineCode);
  await phone.startButton.click();
  await expect(phone.progress("energised")).toBeVisible();
  const { latitudeDegrees, longitudeDegrees } = at.world.body.place;
  const { keyAreaId } = await regulator.call(keyAreaRoutes.createKeyArea, {
    body: roundKeyArea("演示作业区", machine.townshipCode, [longitudeDegrees, latitudeDegrees], 80),
  });
  const office = await desk();
  await office.page.goto(`/console/#/key-areas/${keyAreaId}`);
  const within = office.page.getByTestId("working-within");
  await expect(within.getByRole("link", { name: machine.name })).toBeVisible();
  await expect(office.page.locator('.map-canvas[data-idle="true"]')).toBeVisible({ timeout: 40_000 });
  await expectSound(office.page);
  await office.page.screenshot({ path: "test-results/key-area-working.png", fullPage: true });
  await phone.stop();
  await expect(within).toContainText("区内正在作业（0 台）");

  await office.openMap();
  const layer = office.page.getByRole("button", { name: "重点区域", exact: true });
  await layer.click();
  await expect(layer).toHaveAttribute("aria-pressed", "true");
  await expect(office.page.locator('.map-canvas[data-idle="true"]')).toBeVisible({ timeout: 40_000 });
  await expectSound(office.page);
  await office.page.screenshot({ path: "test-results/map-key-areas.png" });
  await regulator.call(keyAreaRoutes.abolishKeyArea, {
    params: { keyAreaId },
    body: { reason: "演示结束", basedOnVersion: 1 },
  });
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
  await pickOption(page, page.getByRole("combobox", { name: "坐标系" }), "GCJ-02");
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
