import { deskOfColleague } from "./colleague.ts";
import { expect, test } from "./fixtures.ts";
import { look } from "./look.ts";

test("a county's machines are locked by two people's word, obey, and are freed by two people's word", async ({
  deviceOf,
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
  await phone.positionSettled();
  await phone.startButton.click();
  await expect.poll(() => at.isPowered).toBe(true);
  const { page: first } = await desk();
  const station = { role: "station-staff", region: "330723" } as const;
  const { page: second } = await deskOfColleague(deviceOf, system.url, regulator, station);

  await first.goto("/console/#/region-orders");
  await expect(first.getByRole("heading", { name: "区域指令" })).toBeVisible();
  await first.getByRole("button", { name: "提出区域指令" }).click();
  const dialog = first.getByRole("dialog");
  await expect(dialog.getByText(/将涉及 3\d{3} 台焊机，其中 \d+ 台正在作业/)).toBeVisible();
  await look(first, "desk-region-order-ask");
  await dialog.getByRole("button", { name: "提出区域指令" }).click();
  await expect(dialog.getByText("请填写原因（至少 2 个字）")).toBeVisible();
  await dialog.getByRole("textbox", { name: "原因" }).fill("演示：罐区泄漏，全县停火");
  await dialog.getByRole("button", { name: "提出区域指令" }).click();
  await expect(first.locator('[data-status="asked"]')).toBeVisible();
  await expect(first.getByRole("button", { name: "确认执行" })).toHaveCount(0);
  expect(at.isPowered).toBe(true);
  const order = first.url();

  const act = async (page: typeof first, word: string, reason?: string) => {
    await page.locator(".page-actions").getByRole("button", { name: word }).click();
    if (reason) await page.getByRole("dialog").getByRole("textbox").fill(reason);
    await page.getByRole("dialog").getByRole("button", { name: word }).click();
  };
  await second.goto("/console/#/region-orders");
  await second.getByRole("link", { name: "武义县全部焊机" }).first().click();
  await act(second, "确认执行");
  await expect(second.locator('[data-status="in-force"]')).toBeVisible();
  await expect.poll(() => at.isPowered).toBe(false);
  await expect(phone.ended).toBeVisible();
  await expect(second.locator('[data-obeys="told"]')).toHaveCount(0);
  await expect(second.getByText(/共 3\d{3} 台：8 台已执行，3\d{3} 台离线/)).toBeVisible();
  await look(second, "desk-region-order");
  await phone.openMachine(at.machineCode);
  await phone.positionSettled();
  await phone.startButton.click();
  await expect(
    phone.page.getByText("演示：罐区泄漏，全县停火").or(phone.page.getByText(/锁定/)).first(),
  ).toBeVisible();
  expect(at.isPowered).toBe(false);

  await first.goto(`/console/#/machines/${machine.machineId}`);
  await expect(first.getByRole("link", { name: "区域指令" }).last()).toBeVisible();
  await act(first, "解锁", "演示单独放行");
  await expect(first.getByText("焊机被区域锁定指令锁定，请先解除该指令")).toBeVisible();
  await first.getByRole("dialog").getByRole("button", { name: "取消" }).click();

  await act(second, "申请解除", "演示险情已排除");
  await expect(second.locator('[data-status="in-force"]')).toContainText("待确认解除");
  await first.goto(order);
  await act(first, "确认解除");
  await expect(first.locator('[data-status="lifted"]')).toBeVisible();
  await expect(first.getByText(/共 3\d{3} 台：3\d{3} 台已执行，0 台离线/)).toBeVisible();
  await look(first, "desk-region-order-lifted");
  await phone.page.reload();
  await phone.positionSettled();
  await phone.startButton.click();
  await expect.poll(() => at.isPowered).toBe(true);
  await phone.stop();
  await expect.poll(() => at.isPowered).toBe(false);
  await second.context().close();
});
