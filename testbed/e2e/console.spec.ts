import { expect, test } from "./fixtures.ts";

test("the map shows a start within seconds, and the card follows the machine", async ({
  system,
  scenarios,
  phoneOf,
  desk,
}) => {
  const { welder, phonePosition } = scenarios.find(({ id }) => id === "certified")!;
  const at = system.fleet.machine(system.county.cast.machines.second)!;
  const office = await desk();
  await office.openMap();
  await expect(office.kpi("machines")).toHaveText(system.county.machines.length.toLocaleString("en-US"));
  const working = Number(await office.kpi("working").textContent());

  const phone = await phoneOf(welder, phonePosition);
  await phone.openMachine(at.machineCode);
  await phone.startButton.click();
  await expect(phone.progress("energised")).toBeVisible();
  await expect(office.kpi("working")).toHaveText(String(working + 1));

  // An arc that lasts: a simulated hand rests first and pauses as it likes.
  at.disturb({ trigger: true });
  await office.page.getByRole("button", { name: new RegExp(at.machine.name) }).click();
  await expect(office.pickedMachine).toContainText(at.machine.name);
  await expect(office.pickedMachine).toContainText(at.machine.model);

  at.disturb({ trigger: false });
  await phone.stop();
  await expect(phone.ended).toBeVisible();
  await expect(office.pickedMachine.locator('[data-state="idle"]')).toBeVisible();
  await expect(office.kpi("working")).toHaveText(String(working));
});

test("machines at one place open as a list, and a state can be hidden", async ({ desk }) => {
  const office = await desk();
  await office.openMap();
  await office.clickACluster();
  await expect(office.pickedList.locator("li").first()).toBeVisible();
  await office.pickedList.getByRole("button").first().click();
  await expect(office.pickedMachine.locator(".facts")).toBeVisible();
  const legend = office.page.getByRole("button", { name: /^离线/ });
  await expect(legend).toHaveAttribute("aria-pressed", "true");
  await legend.click();
  await expect(legend).toHaveAttribute("aria-pressed", "false");
});

test("the list of machines filters, sorts and pages on the server and keeps it in the address", async ({
  system,
  desk,
}) => {
  const office = await desk();
  await office.page.goto("/console/#/machines");
  await expect(office.rows).toHaveCount(20);
  const total = system.county.machines.length.toLocaleString("en-US");
  await expect(office.page.getByText(`共 ${total} 条`)).toBeVisible();

  const { name } = system.county.machines[4]!;
  await office.page.getByRole("searchbox", { name: "名称、型号、设备码或单位" }).fill(name);
  await office.page.keyboard.press("Enter");
  await expect(office.rows.filter({ hasText: name }).first()).toBeVisible();
  await expect(office.page.getByText(`共 ${total} 条`)).toHaveCount(0);
  await office.page.reload();
  await expect(office.rows.filter({ hasText: name }).first()).toBeVisible();

  await office.page.getByRole("button", { name: "清除筛选" }).click();
  await office.page.goto("/console/#/machines?isMobile=true&sort=-name&page=2");
  const mobile = system.county.machines.filter(({ isMobile }) => isMobile).length;
  await expect(office.page.getByText(`共 ${mobile} 条`)).toBeVisible();
  await expect(office.rows).toHaveCount(20);
});

test("a remote stop opens the relay, and the timeline tells the whole chain", async ({
  system,
  scenarios,
  phoneOf,
  desk,
}) => {
  const { welder, phonePosition } = scenarios.find(({ id }) => id === "certified")!;
  const at = system.fleet.machine(system.county.cast.machines.second)!;
  const phone = await phoneOf(welder, phonePosition);
  await phone.openMachine(at.machineCode);
  await phone.startButton.click();
  await expect(phone.progress("energised")).toBeVisible();

  const office = await desk();
  await office.openMachine(at.machine.machineId);
  await office.command("stop", "巡查发现现场无监护");
  await expect.poll(() => at.isPowered).toBe(false);
  await expect(phone.ended).toBeVisible();
  for (const word of ["准许", "收到授权", "合闸通电", "断电"]) {
    await expect(office.timeline.filter({ hasText: word }).first()).toBeVisible();
  }

  await office.timeline.getByRole("link", { name: "决定详情" }).first().click();
  await expect(office.page.getByText("用当日规则重放，结果一致")).toBeVisible();
  await expect(office.page.locator(".fact-tree").first()).toContainText("welder");
});

test("a command without a reason is refused beside the field", async ({ system, desk }) => {
  const office = await desk();
  await office.openMachine(system.county.cast.machines.mobile);
  await office.page.locator(".page-actions").getByRole("button", { name: "锁定" }).click();
  const dialog = office.page.getByRole("dialog");
  await dialog.getByRole("button", { name: "锁定" }).click();
  await expect(dialog.getByText("请填写原因（至少 2 个字）")).toBeVisible();
});

test("wrong passwords are refused without saying what was wrong, and a welder has no console", async ({
  browser,
  system,
  scenarios,
  phoneOf,
}) => {
  const page = await browser.newPage({ baseURL: system.url });
  await page.goto("/console/");
  await page.getByRole("textbox", { name: "用户名" }).fill("nobody");
  await page.getByRole("textbox", { name: "密码", exact: true }).fill("wrong-password");
  await page.getByRole("textbox", { name: "动态口令" }).fill("000000");
  await page.locator("button[type=submit]").click();
  await expect(page.getByRole("alert")).toBeVisible();
  await page.close();

  const { welder, phonePosition } = scenarios.find(({ id }) => id === "certified")!;
  const phone = await phoneOf(welder, phonePosition);
  await phone.page.goto("/console/");
  await expect(phone.page.getByText("没有管理端权限")).toBeVisible();
});
