import { alarmRoutes, cameraRoutes } from "@hanyouxu/api";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { look } from "./look.ts";
import { stationStaff } from "./station-staff.ts";

/** A picture is taken, brought over and sealed. */
const SHOWN = { timeout: 40_000 };
/** A clip goes on for 20 s after the alarm, and is made once nothing more of it comes. */
const FILMED = { timeout: 150_000 };

const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", typeof name === "string" ? { name, exact: true } : { name });

async function giveReason(page: Page, action: string | RegExp): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("原因").fill("演示：查看现场情况");
  await dialog.getByRole("button", { name: action }).click();
  await expect(dialog).toBeHidden();
}

test("a machine is looked at on request and live; an alarm shows its moment and a clip, on the phone too", async ({
  system,
  deviceOf,
  desk,
  regulator,
}) => {
  test.setTimeout(1_200_000);
  // Nobody else's test looks at it or makes it film.
  const at = system.fleet.machine(system.county.cast.machines.distant)!;
  const { machine } = at;
  const { page } = await desk();
  await page.goto(`/console/#/machines/${machine.machineId}`);
  const panel = page.locator("section", { has: page.getByRole("heading", { name: "现场画面" }) });
  await expect(panel).toContainText("还没有收到过这台焊机的画面");
  await button(page, "抓拍").click();
  await giveReason(page, "抓拍");
  const asked = panel.locator('[data-purpose="request"] img');
  await expect(asked).toBeVisible(SHOWN);
  await expect
    .poll(() => asked.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth), SHOWN)
    .toBe(640);
  await expect(panel.locator('[data-purpose="request"]').first()).toContainText("未做人员与危险识别");

  await button(page, "查看实时画面：芯片摄像头").click();
  await giveReason(page, /查看实时画面/);
  const live = page.locator(".camera-live");
  await expect.poll(async () => Number(await live.getAttribute("data-frames")), SHOWN).toBeGreaterThan(2);
  await expect(live).toContainText("此次查看已记入审计");
  await expect(panel).toContainText("当前有 1 人正在查看", SHOWN);
  await look(page, "machine-cameras");
  await button(page, "停止查看").click();
  await expect(panel).toContainText("当前无人查看", SHOWN);

  await using _whole = {
    async [Symbol.asyncDispose]() {
      at.disturb({ isLoopCut: false });
      await expect.poll(() => at.chip.state().tamper.isRaised, FILMED).toBe(false);
    },
  };
  at.disturb({ isLoopCut: true });
  const findAlarm = async () =>
    (
      await regulator.call(alarmRoutes.listAlarms, { query: { kind: "tamper", pageSize: 50 } as never })
    ).items.find((alarm) => alarm.machineId === machine.machineId)?.alarmId;
  await expect.poll(findAlarm, SHOWN).toBeDefined();
  const alarmId = (await findAlarm())!;
  await page.goto(`/console/#/alarms/${alarmId}`);
  await expect(page.locator('[data-purpose="alarm"] img')).toBeVisible(SHOWN);
  const clip = page.locator(".camera-clip video");
  await expect(clip).toBeVisible(FILMED);
  await expect
    .poll(
      async () =>
        (await regulator.call(cameraRoutes.listAlarmRecords, { params: { alarmId } })).clips[0]?.pictureCount,
      FILMED,
    )
    .toBeGreaterThan(15);
  await clip.scrollIntoViewIfNeeded();
  await look(page, "alarm-cameras");
  const { page: english } = await desk("en");
  await english.goto(`/console/#/alarms/${alarmId}`);
  await expect(english.locator('[data-purpose="alarm"]')).toContainText("moment of the alarm", SHOWN);
  await expect(english.locator('[data-purpose="alarm"] img')).toBeVisible(SHOWN);
  await look(english, "alarm-cameras-en");

  const staff = await stationStaff(
    deviceOf,
    system.url,
    regulator,
    machine.townshipCode,
    at.world.body.place,
  );
  const phone = await staff.newPage();
  await phone.goto(`/m/#/alarms/${alarmId}`);
  await expect(phone.locator('[data-purpose="alarm"] img')).toBeVisible(SHOWN);
  await expect(phone.locator(".camera-clip video")).toBeVisible(SHOWN);
  await look(phone, "phone-alarm-cameras");
  await staff.context.close();
});
