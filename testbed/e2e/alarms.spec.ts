import { alarmRoutes } from "@hanyouxu/api";
import type { Locator, Page } from "@playwright/test";
import { showNewSceneToCamera } from "./camera.ts";
import { A_POSTER, expect, test } from "./fixtures.ts";
import { asPerson, look } from "./look.ts";
import { pickOption } from "./pick-option.ts";
import { pictures } from "./picture-steps.ts";
import { stationStaff } from "./station-staff.ts";

/** A chip says at once what it feels; the platform shows it as soon as it is stored. */
const SHOWN = { timeout: 30_000 };
/** Gas mixes slowly, a chip clears its tamper loop after it has looked for a while. */
const PHYSICS = { timeout: 120_000 };
const LONG_MS = 1_200_000;

const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", typeof name === "string" ? { name, exact: true } : { name });
const rowOf = (page: Page, kind: string, machine: string): Locator =>
  page.locator(`.alarm-row[data-kind="${kind}"]`, { hasText: machine });

/** Counts the tones that the page plays, from now on. */
async function listen(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(`
    const { start } = OscillatorNode.prototype;
    document.documentElement.dataset.tones = "0";
    OscillatorNode.prototype.start = function (...when) {
      const { dataset } = document.documentElement;
      dataset.tones = String(Number(dataset.tones) + 1);
      start.apply(this, when);
    };
  `);
  return async () => Number(await page.locator("html").getAttribute("data-tones"));
}

async function openDesk(page: Page): Promise<void> {
  await page.goto("/console/#/alarms");
  await expect(page.getByRole("heading", { name: "预警台" })).toBeVisible();
  // What is open by now is there before the desk; what comes after it calls.
  await expect(page.locator('[data-watching="true"]')).toBeAttached();
  // Who has touched the page hears it.
  await page.getByRole("heading", { name: "预警台" }).click();
}

test("tampering comes to the desk, is handled on a phone whose signal is lost, is verified and closed", async ({
  system,
  deviceOf,
  desk,
  regulator,
  camera,
}) => {
  test.setTimeout(LONG_MS);
  const at = system.fleet.machine(system.county.cast.machines.second)!;
  const { machine } = at;
  await camera(A_POSTER);
  const { page } = await desk();
  await openDesk(page);
  const tones = await listen(page);
  await using _whole = {
    async [Symbol.asyncDispose]() {
      at.disturb({ isLoopCut: false });
      await expect.poll(() => at.chip.state().tamper.isRaised, PHYSICS).toBe(false);
    },
  };
  at.disturb({ isLoopCut: true });
  const row = rowOf(page, "tamper", machine.name);
  await expect(row).toBeVisible(SHOWN);
  await expect(page.locator(".danger-strip")).toContainText("新的危险预警：防拆报警");
  await expect.poll(tones).toBeGreaterThan(0);
  await expect(page.getByTestId("alarm-badge")).toBeVisible();
  await row.locator(".alarm-pick").click();
  await expect(page.locator('.map-canvas[data-idle="true"]')).toBeVisible({ timeout: 40_000 });
  await look(page, "alarm-desk");

  await page.keyboard.press("a");
  await expect(row.locator('[data-handling="acknowledged"]')).toBeVisible();
  await expect(page.locator(".danger-strip")).toHaveCount(0);
  await row.locator(".alarm-pick").press("Enter");
  await expect(page).toHaveURL(/#\/alarms\/[0-9a-f-]{36}$/);
  const alarmId = page.url().split("/").at(-1)!;

  const staff = await stationStaff(
    deviceOf,
    system.url,
    regulator,
    machine.townshipCode,
    at.world.body.place,
  );
  await button(page, "派单").click();
  const dialog = page.getByRole("dialog");
  await pickOption(page, dialog.getByLabel("人员"), staff.personId.slice(-4));
  await look(page, "alarm-dispatch");
  await button(page, "派单").last().click();
  await expect(page.locator('[data-handling="dispatched"]').first()).toBeVisible();

  const phone = await staff.newPage();
  await phone.goto("/m/#/alarms");
  await look(phone, "phone-alarms");
  await phone.locator(`[data-alarm="${alarmId}"]`).click();
  await expect(phone.getByRole("link", { name: "高德地图导航" })).toHaveAttribute("href", /coordinate=wgs84/);
  await look(phone, "phone-alarm");
  await button(phone, "接单，前往现场").click();
  await expect(phone.locator('[data-handling="accepted"]')).toBeVisible();
  await button(phone, "已到场").click();
  await expect(phone.locator('[data-handling="on-site"]')).toBeVisible();
  await phone.getByLabel("焊机已断电，电源已拉开").check();
  await phone.getByLabel("芯片外壳和封条完好").check();

  // The signal is gone between the camera and the answer.
  showNewSceneToCamera();
  await button(phone, "拍照").click();
  await expect(button(phone, "拍下")).toBeEnabled();
  await staff.context.setOffline(true);
  await button(phone, "拍下").click();
  await expect(phone.locator(".picture")).toHaveCount(1);
  await phone.getByLabel("现场情况").fill("演示：外壳被撬开，无人受伤");
  await phone.getByLabel("采取的措施").fill("演示：断电，更换封条");
  await button(phone, "提交处置结果（1 张照片）").click();
  await expect(phone.locator('[data-waiting="handle"]')).toBeVisible();
  await look(phone, "phone-offline");
  // Then the battery is dead, too.
  await phone.close();
  await staff.context.setOffline(false);
  const again = await staff.newPage();
  await again.goto(`/m/#/alarms/${alarmId}`);
  await expect(again.locator('[data-handling="handled"]')).toBeVisible(PHYSICS);
  await expect(again.locator(".waiting-acts")).toHaveCount(0);
  await expect(pictures(again, "accepted")).toHaveCount(0);
  await expect(again.locator('[data-what="handle"]')).toHaveCount(1);
  await expect(again.locator('[data-what="handle"] img')).toBeVisible();
  await look(again, "phone-handled");

  await expect(page.locator('.timeline-row[data-what="handle"]')).toContainText("更换封条");
  await expect(page.locator('.timeline-row[data-what="handle"] img')).toBeVisible();
  at.disturb({ isLoopCut: false });
  await expect(page.locator('[data-condition="cleared"]').first()).toBeVisible(PHYSICS);
  for (const [act, handling] of [
    ["核实", "verified"],
    ["闭环", "closed"],
  ] as const) {
    await button(page, act).click();
    await button(page, act).last().click();
    await expect(page.locator(`[data-handling="${handling}"]`).first()).toBeVisible();
  }
  await expect(page.getByRole("dialog")).toBeHidden();
  await look(page, "alarm-closed");
  await page.goto("/console/#/alarms/kinds");
  await expect(page.getByText("芯片的防拆回路断开")).toBeVisible();
  await look(page, "alarm-kinds");
  await page.goto("/console/#/rules/policies");
  await expect(page.getByText("危险级预警的确认时限").first()).toBeVisible();
  await look(page, "alarm-policies");
  await staff.context.close();
});

test("a leak of gas warns and cuts; many are acknowledged at once, and a mute is kept", async ({
  system,
  desk,
  regulator,
}) => {
  test.setTimeout(LONG_MS);
  const at = system.fleet.machines.find(({ world }) => world.traits.hasGasSensor)!;
  const { machine } = at;
  const other = system.fleet.machine(system.county.cast.machines.foreign)!;
  await using _aired = {
    async [Symbol.asyncDispose]() {
      at.disturb({ leakPercentLel: 0 });
      other.disturb({ isLoopCut: false });
      await expect.poll(() => other.chip.state().tamper.isRaised, PHYSICS).toBe(false);
    },
  };
  const { page } = await desk();
  await openDesk(page);
  const tones = await listen(page);
  await button(page, "声音：开").click();
  await expect(button(page, "声音：关")).toHaveAttribute("aria-pressed", "true");
  at.disturb({ leakPercentLel: 30 });
  const warning = rowOf(page, "gas-warning", machine.name);
  const cut = rowOf(page, "gas-cut", machine.name);
  await expect(warning).toContainText("%LEL", PHYSICS);
  await expect(cut).toBeVisible(PHYSICS);
  // One leak, one alarm.
  await expect(warning).toHaveCount(0);
  other.disturb({ isLoopCut: true });
  const tampering = rowOf(page, "tamper", other.machine.name);
  await expect(tampering).toBeVisible(SHOWN);
  await expect(page.locator(".danger-strip")).toBeVisible();
  // The danger is in sight, and silent.
  expect(await tones()).toBe(0);
  await page.reload();
  await expect(button(page, "声音：关")).toBeVisible();
  // Dangers stand before all else, whatever came first.
  await expect(page.locator(".alarm-row").first()).toHaveAttribute("data-severity", "danger");

  const cutId = (await cut.getAttribute("data-alarm"))!;
  await button(page, /^勾选全部待确认/).click();
  // A colleague is quicker with one of them.
  await regulator.call(alarmRoutes.acknowledgeAlarm, { params: { alarmId: cutId }, body: {} });
  await button(page, /^确认所选/).click();
  await expect(tampering.locator('[data-handling="acknowledged"]')).toBeVisible();
  await expect(page.getByTestId("refused-alarms")).toContainText("已有人确认");
  await look(page, "alarm-bulk");

  const english = await desk("en");
  await english.page.goto("/console/#/alarms");
  await expect(english.page.locator('.map-canvas[data-idle="true"]')).toBeVisible({ timeout: 40_000 });
  await look(english.page, "alarm-desk-en");
  at.disturb({ leakPercentLel: 0 });
  await expect(cut.locator('[data-condition="cleared"]')).toBeVisible(PHYSICS);
  await button(page, "声音：关").click();
  // Somebody has been there: without his word the machine stays off, clean air or not.
  await page.goto(`/console/#/machines/${machine.machineId}`);
  await button(page, "气体断电后已检查").click();
  await look(page, "gas-inspection");
  await page.getByRole("dialog").getByRole("textbox").fill("演示：阀门已关，已通风");
  await page.getByRole("dialog").getByRole("button", { name: "气体断电后已检查" }).click();
  await expect.poll(() => at.chip.state().gas.cutAt, PHYSICS).toBe(null);
  await expect(button(page, "气体断电后已检查")).toHaveCount(0);
});

test("within a suppression window nothing is raised; what lasts when it ends early is", async ({
  system,
  desk,
}) => {
  test.setTimeout(LONG_MS);
  const at = system.fleet.machine(system.county.cast.machines.spotWelder)!;
  const { machine } = at;
  await using _whole = {
    async [Symbol.asyncDispose]() {
      at.disturb({ isLoopCut: false });
      await expect.poll(() => at.chip.state().tamper.isRaised, PHYSICS).toBe(false);
    },
  };
  const { page, rows } = await desk();
  await page.goto("/console/#/alarms/suppressions");
  await button(page, "声明静默期").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "焊机" }).fill(machine.name);
  await page.locator(".ant-select-item-option", { hasText: machine.name }).click();
  const inAnHour = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 16);
  await dialog.getByLabel("结束", { exact: true }).fill(inAnHour);
  await dialog.getByLabel("原因").fill("演示检修");
  await look(page, "alarm-suppression-new");
  await button(page, "声明静默期").last().click();
  const window = rows.filter({ hasText: machine.name });
  await expect(window.locator('[data-status="going"]')).toBeVisible();

  at.disturb({ isLoopCut: true });
  await page.goto("/console/#/alarms?which=history&kind=tamper");
  const row = rowOf(page, "tamper", machine.name);
  await expect(row.locator('[data-handling="recorded"]')).toBeVisible(SHOWN);
  await expect(page.locator(".danger-strip")).toHaveCount(0);
  await page.goto("/console/#/alarms/suppressions");
  await look(page, "alarm-suppressions");
  await window.getByRole("button", { name: "立即结束" }).click();
  await dialog.getByLabel("原因").fill("演示检修结束");
  await button(page, "立即结束").last().click();
  await expect(window.locator('[data-status="over"]')).toBeVisible();
  await page.goto("/console/#/alarms");
  await expect(row.locator('[data-handling="unacknowledged"]')).toBeVisible(PHYSICS);
});

test("a firm sees its own alarms on the phone and answers", async ({
  system,
  scenarios,
  phoneOf,
  regulator,
}) => {
  test.setTimeout(LONG_MS);
  const at = system.fleet.machine(system.county.cast.machines.ordinary)!;
  const { machine } = at;
  await using _whole = {
    async [Symbol.asyncDispose]() {
      at.disturb({ isLoopCut: false });
      await expect.poll(() => at.chip.state().tamper.isRaised, PHYSICS).toBe(false);
    },
  };
  at.disturb({ isLoopCut: true });
  const query = { machineId: machine.machineId, isOpen: "true" };
  await expect
    .poll(async () => (await regulator.call(alarmRoutes.listAlarms, { query })).total, SHOWN)
    .toBeGreaterThan(0);
  const { welder } = scenarios.find(({ id }) => id === "certified")!;
  const firm = system.county.enterprises.find(({ enterpriseId }) => enterpriseId === machine.enterpriseId)!;
  const { page } = await phoneOf(asPerson(welder, firm.officer), {
    ...at.world.body.place,
    accuracyMetres: 8,
  });
  await page.goto("/m/#/my-alarms");
  await look(page, "phone-own-alarms");
  await page.locator(".alarm-item", { hasText: machine.name }).first().click();
  await page.getByRole("textbox", { name: "说明" }).fill("演示：检修时拆开，已恢复");
  await button(page, "提交说明").click();
  await expect(page.locator('[data-what="answer"]')).toContainText("已恢复");
  await look(page, "phone-own-alarm");
});
