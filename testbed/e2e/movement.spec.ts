import { movementRoutes } from "@hanyouxu/api";
import { expect, test } from "./fixtures.ts";
import { expectSound } from "./problems.ts";

const PAGE_SIZE = 200;

test("the county's mobile machines are found, explained on the map, and set by hand with a reason", async ({
  desk,
  regulator,
  system,
}) => {
  // Signing in takes half a minute, in which the past is written and looked at.
  const { page, rows } = await desk();
  await system.history?.done;
  const countOf = async (kind: "mobile" | "undecided" | "overridden") =>
    (await regulator.call(movementRoutes.listMachineMovements, { query: { kind, pageSize: 1 } })).total;
  // Machines that other tests registered have no past.
  await expect.poll(() => countOf("undecided"), { timeout: 60_000 }).toBeLessThan(60);

  const found = new Set<string>();
  for (let page = 1, total = 1; (page - 1) * PAGE_SIZE < total; page++) {
    const query = { kind: "mobile", page, pageSize: PAGE_SIZE } as const;
    const answer = await regulator.call(movementRoutes.listMachineMovements, { query });
    total = answer.total;
    for (const { machineId } of answer.items) found.add(machineId);
  }
  const truth = system.county.machines.filter(({ isMobile }) => isMobile);
  const right = truth.filter(({ machineId }) => found.has(machineId)).length;
  const [precision, recall] = [right / found.size, right / truth.length];
  process.stdout.write(
    `mobile machines: ${truth.length} in the county, ${found.size} found, precision ${precision.toFixed(3)}, ` +
      `recall ${recall.toFixed(3)}\n`,
  );
  expect(truth).toHaveLength(612);
  expect(precision).toBeGreaterThanOrEqual(0.95);
  expect(recall).toBeGreaterThanOrEqual(0.95);

  await page.goto("/console/#/movement?kind=fixed&sort=-placeCount");
  await expect(rows.first()).toContainText("固定");
  await page.goto("/console/#/movement?kind=mobile");
  const first = rows.first();
  await expect(first).toContainText("流动");
  await expect(first).toContainText(/近 28 天有 \d+ 天焊接，在 \d+ 处，换地 \d+ 次，最远 [\d.]+ km/);
  await expectSound(page);
  await page.screenshot({ path: "test-results/movement-list.png" });

  const name = (await first.getByRole("link").textContent())!.trim();
  await first.getByRole("link").click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect(page.getByTestId("movement-reason")).toContainText("换地");
  await expect(page.getByText("是模拟的历史数据，不是芯片上报")).toBeVisible();
  const machineId = page.url().split("/").at(-1)!;
  const detail = await regulator.call(movementRoutes.getMachineMovement, { params: { machineId } });
  expect(found).toContain(machineId);
  expect(detail.placeCount).toBeGreaterThan(1);
  await expect(page.locator(".movement-places tbody tr")).toHaveCount(detail.placeCount);
  await expect(page.locator('.map-canvas[data-idle="true"]')).toBeVisible({ timeout: 40_000 });
  await expectSound(page);
  await page.screenshot({ path: "test-results/movement-machine.png", fullPage: true });

  await page.getByRole("button", { name: "人工认定" }).click();
  const dialog = page.getByRole("dialog");
  const send = dialog.getByRole("button", { name: "人工认定" });
  await send.click();
  await expect(dialog.getByText("请填写原因（至少 2 个字）")).toBeVisible();
  expect(await countOf("overridden")).toBe(0);
  await expect(send).not.toHaveClass(/(^| )ant-btn-loading( |$)/);
  await dialog.getByRole("textbox", { name: "原因" }).fill("演示：已改为厂内固定使用");
  await expectSound(page);
  await page.screenshot({ path: "test-results/movement-override.png" });
  await send.click();
  const override = page.getByTestId("override");
  await expect(override).toContainText("演示：已改为厂内固定使用");
  await expect(override).toContainText("固定");
  await page.goto("/console/#/movement?kind=overridden");
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText(name);
  await expect(rows.first()).toContainText("人工认定");
  await rows.first().getByRole("link").click();
  await page.getByRole("link", { name, exact: true }).click();
  const tag = page.locator(".page-head").getByRole("link", { name: "固定人工认定" });
  await expect(tag).toBeVisible();
  await expectSound(page);
  await tag.click();
  await page.getByRole("button", { name: "撤销认定" }).click();
  await dialog.getByRole("textbox", { name: "原因" }).fill("演示：复核后恢复");
  await dialog.getByRole("button", { name: "撤销认定" }).click();
  await expect(override).toHaveCount(0);
  await expect(page.locator(".page-head .movement-kind")).toHaveText("流动");
});

test("welders have a list of their own, and say so when too little is known", async ({ desk }) => {
  const { page, rows } = await desk("en");
  await page.goto("/console/#/movement");
  await page.getByRole("link", { name: "Welders" }).last().click();
  await expect(rows.first()).toContainText("Undecided");
  await expectSound(page);
  await page.screenshot({ path: "test-results/movement-welders.png" });
  await rows.first().getByRole("link").click();
  await expect(page.getByRole("heading", { name: "What it rests on" })).toBeVisible();
  await expect(page.getByText(/No welding in 28 days|Welded on/).first()).toBeVisible();
  await expectSound(page);
});
