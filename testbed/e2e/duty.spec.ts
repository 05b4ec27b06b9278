import { fireStationRoutes, messageRoutes } from "@hanyouxu/api";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { look } from "./look.ts";
import { pickOption } from "./pick-option.ts";
import { stationStaff } from "./station-staff.ts";

/** Draws a square on the form's map, corner after corner, by mouse. */
async function drawGround(page: Page): Promise<void> {
  const board = page.getByTestId("draw-map");
  await board.scrollIntoViewIfNeeded();
  await expect(board.locator('.map-canvas[data-idle="true"]')).toBeVisible({ timeout: 40_000 });
  await page.locator(".area-tools").getByText("多边形", { exact: true }).click();
  const { x, y, width, height } = (await board.boundingBox())!;
  const [middleX, middleY] = [x + width / 2, y + height / 2];
  for (const [right, down] of [
    [-60, -60],
    [60, -60],
    [60, 60],
    [-60, 60],
    [-60, -60],
  ] as const) {
    await page.mouse.move(middleX + right, middleY + down, { steps: 3 });
    await page.mouse.click(middleX + right, middleY + down);
  }
  await expect(page.getByRole("radio", { name: "选择和修改" })).toBeChecked();
}

test("a station is registered with its people and roster; on the phone they go on duty, hand over and say how to be told", async ({
  deviceOf,
  desk,
  regulator,
  system,
}) => {
  const place = { latitudeDegrees: 28.89, longitudeDegrees: 119.81 };
  const staff = await stationStaff(deviceOf, system.url, regulator, "330723100", place);
  const { page, rows } = await desk();
  await page.goto("/console/#/fire-stations");
  await expect(page.getByRole("heading", { name: "消防站" })).toBeVisible();
  await page.getByRole("button", { name: "登记消防站" }).click();
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.locator(".ant-form-item-explain-error").first()).toBeVisible();
  const name = `演示消防站${Date.now() % 100_000}`;
  await page.getByRole("textbox", { name: "站名" }).fill(name);
  await pickOption(page, page.getByRole("combobox", { name: "所在区划" }), "柳城", "柳城");
  await page.getByRole("textbox", { name: "值班电话" }).fill("0579-8765432");
  await pickOption(page, page.getByRole("combobox", { name: "责任区划" }), "柳城", "柳城");
  await page.keyboard.press("Escape");
  await page.getByRole("spinbutton", { name: "纬度" }).fill("28.89");
  await page.getByRole("spinbutton", { name: "经度" }).fill("119.81");
  await drawGround(page);
  await look(page, "desk-station-form");
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  const fireStationId = page.url().split("/").at(-1)!;
  const drawn = await regulator.call(fireStationRoutes.getFireStation, { params: { fireStationId } });
  expect(drawn.areaGeometry?.coordinates[0]).toHaveLength(5);
  await expect(page.getByText("已画出责任区域")).toBeVisible();

  const team = page.getByTestId("team");
  await team.getByRole("combobox", { name: "人员" }).click();
  await page.locator(".ant-select-item-option", { hasText: staff.personId.slice(-4) }).click();
  await team.getByRole("button", { name: "加入人员" }).click();
  await expect(team.getByText("演*** #1")).toBeVisible();
  await team.getByRole("button", { name: "设为站长" }).click();
  await expect(team.getByText("站长", { exact: true })).toBeVisible();
  const roster = page.getByTestId("roster");
  const shift = roster.locator("form").first();
  await shift.getByRole("combobox", { name: "人员" }).click();
  await page.locator(".ant-select-item-option", { hasText: "演*** #1" }).last().click();
  await shift.getByLabel("上班").fill("00:00");
  await shift.getByLabel("下班").fill("00:00");
  await shift.getByRole("button", { name: "添加" }).click();
  await expect(roster.locator(".duty-week").getByText("演***").first()).toBeVisible();
  await look(page, "desk-station");
  await page.goto("/console/#/fire-stations");
  await expect(rows.filter({ hasText: name })).toContainText("1 / 1 人");
  await look(page, "desk-stations");

  const phone = await staff.newPage();
  await phone.goto("/m/#/duty");
  await expect(phone.locator('[data-duty="on"]')).toBeVisible();
  await look(phone, "phone-duty");
  await phone.getByRole("textbox", { name: "交班记录" }).fill("演示：东门水带待补");
  await phone.getByRole("button", { name: "交班并下岗" }).click();
  await expect(phone.locator('[data-duty="off"]')).toBeVisible();
  await expect(phone.getByText("演示：东门水带待补")).toBeVisible();
  await phone.getByRole("button", { name: "上岗" }).click();
  await expect(phone.locator('[data-duty="on"]')).toBeVisible();

  await phone.goto("/m/#/telling");
  await expect(phone.getByRole("heading", { name: "消息设置" })).toBeVisible();
  await phone.getByRole("checkbox", { name: "启用免打扰" }).check();
  await phone.getByRole("button", { name: "保存" }).click();
  await expect(phone.getByText("已保存")).toBeVisible();
  await look(phone, "phone-telling");
  await phone.reload();
  await expect(phone.getByRole("checkbox", { name: "启用免打扰" })).toBeChecked();
  await phone.goto("/m/#/messages");
  await expect(phone.getByRole("heading", { name: "我的消息" })).toBeVisible();
  await look(phone, "phone-messages");

  await page.goto("/console/#/messages");
  await expect(page.getByRole("heading", { name: "消息发送" })).toBeVisible();
  await look(page, "desk-messages");
  await page.goto("/console/#/telling");
  await expect(page.getByText("免打扰时段")).toBeVisible();
  await look(page, "desk-telling");

  // What was drawn is on the board again; taken off it, the regions decide alone.
  await page.goto(`/console/#/fire-stations/${fireStationId}/edit`);
  const board = page.getByTestId("draw-map");
  await board.scrollIntoViewIfNeeded();
  await expect(board.locator('.map-canvas[data-idle="true"]')).toBeVisible({ timeout: 40_000 });
  await look(page, "desk-station-ground");
  await page.locator(".area-tools").getByRole("button", { name: "全部清除" }).click();
  await page.getByRole("switch", { name: "在用" }).click();
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  const closed = await regulator.call(fireStationRoutes.getFireStation, { params: { fireStationId } });
  expect(closed).toMatchObject({ areaGeometry: null, isActive: false });
  await staff.context.close();
});

test("an alarm's message reaches who is on duty at the station of the place, is opened and acknowledged", async ({
  deviceOf,
  regulator,
  system,
}) => {
  const at = system.fleet.machine(system.county.cast.machines.second)!;
  const { townshipCode, name } = at.machine;
  const staff = await stationStaff(deviceOf, system.url, regulator, townshipCode, at.world.body.place);
  const { latitudeDegrees, longitudeDegrees } = at.world.body.place;
  const station = {
    name: `演示本地站${Date.now() % 100_000}`,
    region: townshipCode as never,
    phone: "0579-8765433",
    place: { latitudeDegrees, longitudeDegrees },
    areaRegions: [townshipCode as never],
    areaGeometry: null,
    kinds: ["electrical" as const],
    isActive: true,
  };
  const { fireStationId } = await regulator.call(fireStationRoutes.createFireStation, { body: station });
  const member = { fireStationId, personId: staff.personId };
  await regulator.call(fireStationRoutes.putStationMember, {
    params: member,
    body: { kinds: ["electrical"], isLeader: false },
  });
  await using _gone = {
    async [Symbol.asyncDispose]() {
      await regulator.call(fireStationRoutes.removeStationMember, { params: member });
      await regulator.call(fireStationRoutes.changeFireStation, {
        params: { fireStationId },
        body: { ...station, isActive: false },
      });
    },
  };
  await using _whole = {
    async [Symbol.asyncDispose]() {
      at.disturb({ isLoopCut: false });
      await expect.poll(() => at.chip.state().tamper.isRaised, { timeout: 120_000 }).toBe(false);
    },
  };
  const phone = await staff.newPage();
  await phone.goto("/m/#/duty");
  await phone.getByRole("button", { name: "上岗" }).click();
  await expect(phone.locator('[data-duty="on"]')).toBeVisible();
  at.disturb({ isLoopCut: true });
  await phone.goto("/m/#/messages");
  const message = phone.locator('[data-message="danger"]', { hasText: name }).first();
  await expect(message).toBeVisible({ timeout: 30_000 });
  await look(phone, "phone-messages-danger");
  await message.click();
  await expect(phone.getByRole("heading", { name: /预警：/ })).toBeVisible();
  await phone.getByRole("button", { name: "我知道了" }).click();
  await expect(phone.getByText("已确认")).toBeVisible();
  await look(phone, "phone-message");
  const { items } = await regulator.call(messageRoutes.listToldMessages, { query: { topic: "alarm" } });
  expect(items.find(({ body }) => body.includes(name))).toBeDefined();
  await phone.locator('a[href*="#/alarms/"]').click();
  await expect(phone).toHaveURL(/#\/alarms\/[0-9a-f-]{36}$/);
  await staff.context.close();
});
