import { alarmRoutes, deskRoutes } from "@hanyouxu/api";
import { deskOfColleague } from "./colleague.ts";
import { expect, test } from "./fixtures.ts";
import { look } from "./look.ts";
import { bringOnline } from "./own-fleet.ts";
import { pickOption } from "./pick-option.ts";

test("the desk says what waits, and each card and figure leads to its list", async ({ desk, regulator }) => {
  const { page } = await desk();
  await page.goto("/console/");
  await page.getByRole("link", { name: "今日待办" }).click();
  await expect(page.getByRole("heading", { name: "今日待办" })).toBeVisible();
  const cards = page.locator(".desk-card");
  await expect(cards).toHaveCount(11);
  const regions = page.getByTestId("desk-regions").locator("tbody tr[data-row-key]");
  const { regions: compared } = await regulator.call(deskRoutes.getDesk, { query: {} });
  await expect(regions).toHaveCount(compared.length);
  const sentences = page.getByTestId("desk-brief").locator("li[data-measure]");
  const { sentences: told } = await regulator.call(deskRoutes.getDailyBrief, { query: {} });
  await expect(sentences).toHaveText(told.map(({ text }) => text.zh));
  await look(page, "desk-1366");

  // The county of the test begins today: yesterday has no record, and the page says so.
  await expect(
    page.getByTestId("desk-brief").getByText(/没有作业、开机、预警与动火许可的记录/),
  ).toBeVisible();
  await sentences.last().getByRole("link").click();
  await expect(page).toHaveURL(/#\/statistics\?measures=certificatesExpiring/);
  await page.goBack();
  await page.locator('[data-todo="rectifications-answered"]').click();
  await expect(page).toHaveURL(/#\/rectifications\?status=answered$/);
  await page.goBack();
  await page.locator('[data-todo="alarms-unacknowledged"]').click();
  await expect(page).toHaveURL(/#\/alarms\?handling=unacknowledged$/);
  await page.goBack();
  const { code } = compared[0]!;
  await page.locator(`tr[data-row-key="${code}"] a[href*="severity=danger"]`).click();
  await expect(page).toHaveURL(new RegExp(`#/alarms\\?region=${code}&severity=danger$`));
  await page.goBack();
  const row = page.locator(`tr[data-row-key="${code}"]`);
  await row.locator('a[href*="/sessions"]').click();
  await expect(page).toHaveURL(new RegExp(`#/sessions\\?isOpen=true&region=${code}$`));
  await expect(page.getByText(/区域/).first()).toBeVisible();
  await look(page, "desk-sessions-1366");
  await page.goBack();
  await row.locator('a[href*="/rectifications"]').click();
  await expect(page).toHaveURL(new RegExp(`#/rectifications\\?status=issued&isOverdue=true&region=${code}$`));
});

test("a figure is followed, looked at, and followed no more", async ({ deviceOf, regulator, system }) => {
  const { page } = await deskOfColleague(deviceOf, system.url, regulator, {
    role: "regulator",
    region: system.county.code,
  });
  await page.goto("/console/#/desk");
  const panel = page.getByTestId("desk-follow");
  await expect(panel.getByText("还没有关注的数字")).toBeVisible();
  await panel.getByRole("button", { name: "关注一个数字" }).click();
  const dialog = page.getByRole("dialog");
  await pickOption(page, dialog.getByRole("combobox", { name: "指标" }), "开机申请", "开机申请");
  await dialog.getByRole("spinbutton", { name: "界限" }).fill("0");
  await dialog.getByRole("button", { name: /关\s?注$/ }).click();
  await expect(dialog.getByText("请填写大于 0 的数")).toBeVisible();
  await dialog.getByRole("spinbutton", { name: "界限" }).fill("100000");
  await look(page, "desk-follow-dialog");
  await dialog.getByRole("button", { name: /关\s?注$/ }).click();
  await expect(dialog).toBeHidden();
  const row = panel.locator("tbody tr[data-row-key]");
  await expect(row).toContainText("今天累计超过 100,000");
  // The platform looks within a minute, the page once a minute.
  await expect(row).not.toContainText("尚未查看", { timeout: 150_000 });
  await look(page, "desk-follow");
  await row.getByRole("button", { name: "停止关注" }).click();
  await page.locator(".ant-popconfirm").getByRole("button", { name: "停止关注" }).click();
  await expect(panel.getByText("还没有关注的数字")).toBeVisible();
  await page.context().close();
});

test("what is given to a department and to nobody in it waits on the desks of its people alone", async ({
  deviceOf,
  desk,
  regulator,
  system,
}) => {
  const department = "fire-rescue";
  const taken = new Set<string>(Object.values(system.county.cast.machines));
  const machine = system.county.machines.findLast(({ machineId }) => !taken.has(machineId))!;
  await using own = await bringOnline(system, regulator, [machine]);
  const at = own.fleet.machine(machine.machineId)!;
  at.disturb({ isLoopCut: true });
  const raised = async () => {
    const query = { kind: "tamper", isOpen: "true", machineId: machine.machineId } as const;
    return (await regulator.call(alarmRoutes.listAlarms, { query })).items[0];
  };
  await expect.poll(raised, { timeout: 60_000 }).toBeDefined();
  const { alarmId } = (await raised())!;
  const params = { alarmId };
  const grant = { role: "regulator", region: machine.townshipCode, department } as const;
  const { page } = await deskOfColleague(deviceOf, system.url, regulator, grant);
  await page.goto("/console/#/desk");
  const card = page.locator('[data-todo="alarms-my-departments"]');
  await expect(card.locator(".desk-count")).toHaveText("0");

  await regulator.call(alarmRoutes.acknowledgeAlarm, { params, body: {} });
  await regulator.call(alarmRoutes.dispatchAlarm, { params, body: { department, personId: null } });
  await page.reload();
  await expect(card.locator(".desk-count")).toHaveText("1");
  await expect(card).toHaveAttribute("data-tone", "urgent");
  await look(page, "desk-of-department");
  await card.click();
  await expect(page).toHaveURL(/#\/alarms\?isMyDepartments=true$/);
  await expect(page.locator(".alarm-row")).toHaveCount(1);
  await expect(page.locator(`.alarm-row[data-alarm="${alarmId}"]`)).toBeVisible();
  // Whoever is of no department has no such card.
  const { page: others } = await desk();
  await others.goto("/console/#/desk");
  await expect(others.locator(".desk-card").first()).toBeVisible();
  await expect(others.locator('[data-todo="alarms-my-departments"]')).toHaveCount(0);

  await regulator.call(alarmRoutes.markFalseAlarm, { params, body: { reason: "演示：误报" } });
  await page.goto("/console/#/desk");
  await expect(card.locator(".desk-count")).toHaveText("0");
  at.disturb({ isLoopCut: false });
  await page.context().close();
});

test("the desk on a wide screen and in English", async ({ desk }) => {
  const { page } = await desk("zh-CN", { width: 1920, height: 1080 });
  await page.goto("/console/#/desk");
  await expect(page.locator(".desk-card")).toHaveCount(11);
  await look(page, "desk-1920");
  for (const [name, size] of [
    ["desk-en-1366", { width: 1366, height: 768 }],
    ["desk-en-1920", { width: 1920, height: 1080 }],
  ] as const) {
    const { page: english } = await desk("en", size);
    await english.goto("/console/#/desk");
    await expect(english.getByRole("heading", { name: "To do today" })).toBeVisible();
    await expect(english.locator(".desk-card")).toHaveCount(11);
    await look(english, name);
  }
});
