import { readFileSync } from "node:fs";
import {
  type FireStationBody,
  fireStationRoutes,
  keyAreaRoutes,
  mapPageRoutes,
  mapRoutes,
} from "@hanyouxu/api";
import { chromium, type Page } from "@playwright/test";
import type { ConsolePages } from "./console-pages.ts";
import { expect, test } from "./fixtures.ts";
import { look } from "./look.ts";
import { pickOption } from "./pick-option.ts";
import { watchForProblems } from "./problems.ts";
import { roundKeyArea } from "./round-key-area.ts";

const PHONE = { width: 390, height: 844 };
const WIDE = { width: 1_920, height: 1_080 };
/** The whole county and more, west to north. */
const AROUND = "119.3,28.4;120.3,28.4;120.3,29.3;119.3,29.3";

async function mapAtRest(page: Page): Promise<void> {
  await expect(page.locator('.map-canvas[data-idle="true"]')).toBeVisible({ timeout: 40_000 });
}
/** The map moves when something else was chosen, and has come to rest again. */
async function moved(office: ConsolePages, move: () => Promise<void>): Promise<void> {
  const canvas = office.page.locator(".map-canvas");
  await canvas.evaluate((element) => element.setAttribute("data-idle", "before"));
  await move();
  await mapAtRest(office.page);
}

test("what is searched on the map is flown to, by name, by code and by place", async ({
  desk,
  regulator,
  system,
}) => {
  const office = await desk();
  const { page } = office;
  await office.openMap();
  const { ordinary } = system.county.cast.machines;
  const { machineCode } = system.fleet.machine(ordinary)!;
  const machine = system.county.machines.find(({ machineId }) => machineId === ordinary)!;
  const box = page.getByRole("combobox", { name: "查找焊机" });
  const hits = page.locator(".ant-select-dropdown:visible .map-hit");
  await box.fill(machineCode);
  await expect(hits).toHaveCount(1);
  await expect(hits).toContainText(machine.name);
  // The keyboard alone is enough.
  await moved(office, async () => {
    await box.press("ArrowDown");
    await box.press("Enter");
  });
  await expect(office.pickedMachine).toContainText(machine.name);
  await expect(page.locator(".maplibregl-marker")).toBeVisible();
  await look(page, "map-search-machine");
  const { items } = await regulator.call(mapPageRoutes.searchMap, { query: { text: "桐琴" } });
  expect(items.map(({ kind }) => kind)).toContain("region");
  await box.fill("桐琴");
  await moved(office, () =>
    hits
      .filter({ hasText: /^桐琴镇/ })
      .first()
      .click(),
  );
  await expect(office.pickedMachine).toBeHidden();
  await expect(page.getByTestId("picked-hit")).toContainText("桐琴镇");
  await box.fill("没有这样的焊机");
  await expect(page.locator(".ant-select-dropdown:visible")).toContainText("没有找到");
});

test("layers are switched on with their legend and count, and a dot leads to what it stands for", async ({
  desk,
  regulator,
  system,
}) => {
  const place = { latitudeDegrees: 28.86, longitudeDegrees: 119.79 };
  const body: FireStationBody = {
    name: "演示图层消防站",
    region: system.county.code,
    phone: "0579-000009",
    place,
    areaRegions: [system.county.code],
    areaGeometry: null,
    kinds: ["fire"],
    isActive: true,
  };
  const station = await regulator.call(fireStationRoutes.createFireStation, { body });
  const office = await desk("zh-CN", WIDE);
  const { page } = office;
  await office.openMap();
  const panel = page.getByTestId("map-layers");
  for (const name of ["涉焊单位", "消防站", "未结预警", "在岗作业", "动火作业票", "热力"]) {
    await panel.getByRole("button", { name }).click();
    await expect(panel.getByRole("button", { name })).toHaveAttribute("aria-pressed", "true");
  }
  const counted = panel.getByRole("button", { name: "涉焊单位" }).locator(".legend-count");
  await expect(counted).toHaveText(/^[1-9]/);
  await mapAtRest(page);
  await look(page, "map-layers-wide");
  await page.reload();
  await office.openMap();
  await page.goto("/console/#/?layers=fireStations");
  await page.reload();
  await expect(panel.getByRole("button", { name: "焊机" })).toHaveAttribute("aria-pressed", "false");
  const canvas = page.locator(".map-canvas canvas");
  const dot = page.getByTestId("picked-square");
  await expect(async () => {
    for (let top = 0.3; top < 0.85; top += 0.02) {
      for (let left = 0.3; left < 0.75; left += 0.008) {
        await page.mouse.move(WIDE.width * left, WIDE.height * top);
        if (!(await canvas.evaluate((element) => element.style.cursor === "pointer"))) continue;
        await page.mouse.click(WIDE.width * left, WIDE.height * top);
        await expect(dot).toBeVisible({ timeout: 3_000 });
        return;
      }
    }
    throw new Error("no station is on the map yet");
  }).toPass({ timeout: 60_000 });
  await look(page, "map-layer-picked");
  await dot.getByRole("link", { name: station.name }).click();
  await expect(page).toHaveURL(new RegExp(`#/fire-stations/${station.fireStationId}$`));
  await regulator.call(fireStationRoutes.changeFireStation, {
    params: { fireStationId: station.fireStationId },
    body: { ...body, isActive: false },
  });
});

test("a drawn polygon is counted as the platform counts it, under the filter, and taken along as a file", async ({
  desk,
  regulator,
}) => {
  const office = await desk();
  const { page } = office;
  await office.openMap();
  const tools = page.getByTestId("map-tools");
  const selection = page.getByTestId("map-selection");
  const counted = selection.getByTestId("selected-machines");
  await tools.getByRole("button", { name: "框选" }).click();
  await expect(tools).toContainText("点出各个角点");
  const corners = [
    [480, 200],
    [960, 200],
    [960, 640],
    [480, 640],
    [480, 200],
  ] as const;
  await expect(async () => {
    await tools.getByRole("button", { name: "清除" }).click();
    for (const [x, y] of corners) {
      await page.mouse.move(x, y, { steps: 4 });
      await page.mouse.click(x, y);
    }
    await expect(selection).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
  await expect(counted).toHaveText(/[1-9]/);
  await expect(selection).toContainText("按工艺");
  await look(page, "map-selection");
  // What is in view, without a mouse.
  await page.keyboard.press("Escape");
  const frame = tools.getByRole("button", { name: "选当前视野" });
  await frame.focus();
  await page.keyboard.press("Enter");
  await expect(counted).toHaveText(/[1-9]/);
  await page.getByRole("button", { name: /^离线/ }).click();
  const online = { polygon: AROUND, states: "tampered,faulted,locked,arcing,energised,granted,idle" };
  const { machines } = await regulator.call(mapPageRoutes.selectOnMap, { query: online });
  await expect(async () => {
    const shown = Number((await counted.textContent())!.replaceAll(",", ""));
    expect(shown).toBeGreaterThan(0);
    expect(shown).toBeLessThanOrEqual(machines);
  }).toPass();
  const saved = page.waitForEvent("download");
  await selection.getByRole("button", { name: "导出选区" }).click();
  await page.getByRole("menuitem", { name: /csv/ }).click();
  const file = readFileSync(await (await saved).path(), "utf8");
  const rows = file.trim().split("\r\n").length - 1;
  await expect(counted).toHaveText(rows.toLocaleString("en-US"));
  await page.getByRole("button", { name: /^离线/ }).click();
  await tools.getByRole("button", { name: "结束" }).click();
  await expect(selection).toBeHidden();
});

test("a distance is measured with the mouse and with the keyboard", async ({ desk }) => {
  const office = await desk("en");
  const { page } = office;
  await office.openMap();
  const tools = page.getByTestId("map-tools");
  const length = tools.getByTestId("map-length");
  await tools.getByRole("button", { name: "Measure" }).click();
  await expect(length).toHaveText("0 m");
  await page.mouse.click(600, 300);
  await page.mouse.click(760, 420);
  await expect(length).toHaveText(/^\d+\.\d\d km$/);
  await look(page, "map-measure-en");
  await tools.getByRole("button", { name: "Clear" }).click();
  await expect(length).toHaveText("0 m");
  const add = tools.getByRole("button", { name: "Add the middle" });
  await add.press("Enter");
  await moved(office, async () => {
    await page.locator(".map-canvas canvas").focus();
    await page.keyboard.press("ArrowRight");
  });
  await add.press("Enter");
  await expect(length).toHaveText(/km$/);
  await tools.getByRole("button", { name: "Take one back" }).press("Enter");
  await expect(length).toHaveText("0 m");
  await tools.getByRole("button", { name: "Done" }).press("Enter");
  await expect(length).toBeHidden();
});

test("each choice of the filter says how many machines it leaves, and a key area can be chosen", async ({
  desk,
  regulator,
  system,
}) => {
  const { keyAreaId } = await regulator.call(keyAreaRoutes.createKeyArea, {
    body: roundKeyArea("演示图上区", system.county.townships[0]!.code, [119.93, 28.71], 60),
  });
  const office = await desk();
  const { page } = office;
  await office.openMap();
  const filters = page.getByTestId("map-filters");
  await filters.getByRole("button", { name: "筛选" }).click();
  const { machines } = await regulator.call(mapRoutes.countMapMachines, { query: { processes: "GMAW" } });
  const process = filters.getByRole("combobox", { name: "工艺" });
  await process.click();
  const option = page.locator(".ant-select-item-option:visible", { hasText: "熔化极气体保护焊" }).first();
  await expect(option.locator(".map-option-count")).toHaveText(machines.toLocaleString("en-US"));
  await page.screenshot({ path: "test-results/map-choices.png" });
  await option.click();
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("map-count")).toHaveText(machines.toLocaleString("en-US"));
  await expect(office.page.locator(".ant-select-dropdown:visible")).toHaveCount(0);
  await pickOption(page, filters.getByRole("combobox", { name: "某个重点区域" }), "演示图上区", "演示图上区");
  await expect(page).toHaveURL(new RegExp(`keyAreaId=${keyAreaId}`));
  const left = await regulator.call(mapRoutes.countMapMachines, { query: { processes: "GMAW", keyAreaId } });
  await expect(page.getByTestId("map-count")).toHaveText(left.machines.toLocaleString("en-US"));
  await look(page, "map-choices");
  await regulator.call(keyAreaRoutes.abolishKeyArea, {
    params: { keyAreaId },
    body: { reason: "演示结束", basedOnVersion: 1 },
  });
});

test("on a phone everything of the map is below it, and reachable", async ({ desk }) => {
  const office = await desk("zh-CN", PHONE);
  const { page } = office;
  await office.openMap();
  await page.getByRole("combobox", { name: "查找焊机" }).scrollIntoViewIfNeeded();
  await expect(page.getByTestId("map-layers")).toBeVisible();
  const width = await page.evaluate<number>("document.documentElement.scrollWidth");
  await look(page, "map-phone");
  expect(width).toBeLessThanOrEqual(PHONE.width);
});

test("without WebGL the map is drawn on a plain canvas: machines, counts, cards, keys", async ({
  desk,
  system,
}) => {
  const office = await desk();
  await office.openMap();
  const storageState = await office.page.context().storageState();
  const browser = await chromium.launch({
    executablePath: process.env.HY_CHROMIUM!,
    args: ["--no-sandbox", "--disable-gpu", "--disable-3d-apis", "--disable-software-rasterizer"],
  });
  try {
    for (const [name, viewport] of [
      ["map-canvas", { width: 1_366, height: 768 }],
      ["map-canvas-phone", PHONE],
    ] as const) {
      const context = await browser.newContext({ viewport, baseURL: system.url, storageState });
      await context.addInitScript(() => localStorage.setItem("hanyouxu.language", "zh-CN"));
      const page = await context.newPage();
      watchForProblems(page);
      await page.goto("/console/#/");
      const map = page.getByRole("application");
      const canvas = map.locator("canvas");
      await expect(page.getByText("没有 WebGL 2")).toBeVisible();
      await expect(canvas).toHaveAttribute("data-spots", /[1-9]/);
      await look(page, name);
      const spotsBefore = await canvas.getAttribute("data-spots");
      await map.focus();
      for (let n = 0; n < 4; n++) await page.keyboard.press("-");
      await expect(canvas).not.toHaveAttribute("data-spots", spotsBefore!);
      for (let n = 0; n < 4; n++) await page.keyboard.press("+");
      if (name === "map-canvas") await openSpot(page);
      await context.close();
    }
  } finally {
    await browser.close();
  }
});

/** A count is found as a hand finds it, lists its machines and comes nearer; one of them shows its card. */
async function openSpot(page: Page): Promise<void> {
  const map = page.getByRole("application");
  const list = page.getByTestId("picked-list");
  await expect(async () => {
    for (let top = 0.3; top < 0.85; top += 0.03) {
      for (let left = 0.35; left < 0.7; left += 0.015) {
        await page.mouse.move(1_366 * left, 768 * top);
        if (!(await map.evaluate((element) => element.style.cursor === "pointer"))) continue;
        await page.mouse.click(1_366 * left, 768 * top);
        await expect(list).toBeVisible({ timeout: 3_000 });
        return;
      }
    }
    throw new Error("no count is on the map yet");
  }).toPass({ timeout: 60_000 });
  await look(page, "map-canvas-near");
  await list.locator("li button").first().click();
  await expect(page.getByTestId("picked-machine").locator(".facts")).toBeVisible();
}
