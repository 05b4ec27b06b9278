import { mapRoutes } from "@hanyouxu/api";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { look } from "./look.ts";
import { pickOption } from "./pick-option.ts";

const countOn = (page: Page) => page.getByTestId("map-count");

test("the map is narrowed by a sentence of choices, with its count, and keeps them in the address", async ({
  desk,
  regulator,
  system,
}) => {
  const office = await desk();
  const { page } = office;
  await office.openMap();
  const whole = await regulator.call(mapRoutes.countMapMachines, { query: {} });
  // Those of the county, and what other tests have registered in it.
  expect(whole.machines).toBeGreaterThanOrEqual(system.county.machines.length);
  const all = whole.machines.toLocaleString("en-US");
  await expect(countOn(page)).toHaveText(all);
  const filters = page.getByTestId("map-filters");
  await filters.getByRole("button", { name: "筛选" }).click();
  await pickOption(page, filters.getByRole("combobox", { name: "工艺" }), "熔化极气体保护焊");
  await pickOption(page, filters.getByRole("combobox", { name: "流动或固定" }), "流动焊机");
  const query = { processes: "GMAW", isMobile: "true" };
  const { machines } = await regulator.call(mapRoutes.countMapMachines, { query });
  expect(machines).toBeGreaterThan(0);
  await expect(countOn(page)).toHaveText(machines.toLocaleString("en-US"));
  await expect(filters).toContainText("熔化极气体保护焊 · 流动焊机");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^离线/ }).click();
  const online = await regulator.call(mapRoutes.countMapMachines, {
    query: { ...query, states: "tampered,faulted,locked,arcing,energised,granted,idle" },
  });
  await expect(countOn(page)).toHaveText(online.machines.toLocaleString("en-US"));
  await page.getByRole("button", { name: /^离线/ }).click();
  await expect(page.locator('.map-canvas[data-idle="true"]')).toBeVisible({ timeout: 40_000 });
  await look(page, "live-map-filtered");

  await page.reload();
  await expect(countOn(page)).toHaveText(machines.toLocaleString("en-US"));
  await filters.getByRole("button", { name: "清除筛选" }).click();
  await expect(countOn(page)).toHaveText(all);
});

test("a count on the map lists its machines and comes nearer, until machines are drawn one by one", async ({
  desk,
}) => {
  const office = await desk();
  const { page } = office;
  const frames: number[] = [];
  page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => {
      if (typeof payload !== "string") frames.push(payload.length);
    });
  });
  await office.openMap();
  await page.reload();
  await office.openMap();
  await office.clickACluster();
  await expect(office.pickedList.locator("li").first()).toBeVisible();
  await expect.poll(() => frames.some((length) => length > 16), { timeout: 20_000 }).toBe(true);
  await expect(page.locator('.map-canvas[data-idle="true"]')).toBeVisible({ timeout: 40_000 });
  await look(page, "live-map-near");
  await office.pickedList.getByRole("button").first().click();
  await expect(office.pickedMachine.locator(".facts")).toBeVisible();
});

test("where software draws, the map follows the hand with fewer points, and has all of them once it rests", async ({
  desk,
}) => {
  const office = await desk();
  const { page } = office;
  const boxes: number[][] = [];
  page.on("request", (request) => {
    const box = new URL(request.url()).searchParams.get("box");
    if (box !== null) boxes.push(box.split(",").map(Number));
  });
  await office.openMap();
  // A layer tells by what it asks for where the map is.
  await page.getByRole("button", { name: /^消防站/ }).click();
  const canvas = page.locator(".map-canvas canvas");
  const pointShare = () => canvas.evaluate(({ width, clientWidth }) => width / clientWidth);
  expect(await pointShare()).toBe(1);
  await expect.poll(() => boxes.length).toBeGreaterThan(0);
  const [westDegrees = 0, , eastDegrees = 0] = boxes.at(-1)!;
  const asked = boxes.length;

  const { x, y, width, height } = (await canvas.boundingBox())!;
  const [startX, startY] = [x + width / 2, y + height / 2];
  await page.mouse.move(startX, startY);
  await page.mouse.down();
  await page.mouse.move(startX + 60, startY, { steps: 6 });
  await expect.poll(pointShare).toBe(0.5);
  await page.mouse.move(startX + 200, startY, { steps: 6 });
  await page.mouse.up();
  await expect(page.locator('.map-canvas[data-idle="true"]')).toBeVisible({ timeout: 40_000 });
  expect(await pointShare()).toBe(1);
  // The change of points has not taken the map out of the hand: what was dragged after it counts too.
  await expect.poll(() => boxes.length).toBeGreaterThan(asked);
  const movedShare = (westDegrees - boxes.at(-1)![0]!) / (eastDegrees - westDegrees);
  expect(movedShare * width).toBeGreaterThan(190);

  // Zoomed in by the browser: fewer of the page's pixels, each of more points.
  const session = await page.context().newCDPSession(page);
  const zoomed = { width: 1093, height: 614, deviceScaleFactor: 1.25, mobile: false };
  await session.send("Emulation.setDeviceMetricsOverride", zoomed);
  await expect.poll(pointShare).toBeCloseTo(1.25, 2);
});

test("where the socket is blocked, server-sent events tell the same", async ({ desk, regulator }) => {
  const office = await desk();
  const { page } = office;
  await page.addInitScript(() => {
    // As behind a proxy that does not know upgrades.
    globalThis.WebSocket = class {
      onclose: (() => void) | null = null;
      constructor() {
        setTimeout(() => this.onclose?.(), 10);
      }
      send() {}
      close() {}
    } as never;
  });
  await page.goto("/console/#/machines");
  await page.reload();
  await page.goto("/console/#/");
  await expect(page.locator('[data-link="open"]')).toBeVisible({ timeout: 60_000 });
  const { machines } = await regulator.call(mapRoutes.countMapMachines, { query: {} });
  await expect(office.kpi("machines")).toHaveText(machines.toLocaleString("en-US"));
});
