import type { RegionCode } from "@hanyouxu/protocol";
import { shiftPlace } from "@hanyouxu/simulator";
import type { Page } from "@playwright/test";
import { openAlarmDesk } from "./alarm-desk.ts";
import { expect, test } from "./fixtures.ts";
import { buildHotWorkPlace } from "./hot-work-place.ts";
import { asPerson, look } from "./look.ts";
import { stationStaff } from "./station-staff.ts";

const SLOW = { timeout: 30_000 };
const LONG_MS = 1_200_000;
const HOUR_MS = 3_600_000;

/** As the browser's own boxes for times want it. */
const localTime = (page: Page, atMs: number) =>
  page.evaluate((ms) => {
    const at = new Date(ms);
    return new Date(ms - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  }, atMs);

async function posted(page: Page, path: string, data: object) {
  const response = await page.request.post(path, { data });
  expect(response.status(), await response.text()).toBeLessThan(300);
  return await response.json();
}

test("painting 8 m from another firm's hot work, and a floor below it, warns both firms and the station until it ends", async ({
  system,
  deviceOf,
  scenarios,
  phoneOf,
  desk,
  regulator,
}) => {
  test.setTimeout(LONG_MS);
  const { welder } = scenarios.find(({ id }) => id === "certified")!;
  const machineId = system.county.cast.machines.mobile;
  const at = system.fleet.machine(machineId)!;
  const place = await buildHotWorkPlace(system, regulator, { machineId, welder, name: "演示医院门诊楼" });
  await using _cleared = { [Symbol.asyncDispose]: () => place.abolish() };
  const painter = system.county.enterprises.find(
    ({ enterpriseId }) => enterpriseId !== at.machine.enterpriseId,
  )!;
  const ownFirm = system.county.enterprises.find(
    ({ enterpriseId }) => enterpriseId === at.machine.enterpriseId,
  )!;

  // The desk's person answers for the township's station too.
  const office = await desk();
  const { personId } = await (await office.page.request.get("/api/me")).json();
  // A map in a page that nobody looks at draws all the same, and holds up the pages that somebody does.
  await office.page.goto("/console/#/work-conflicts");
  const { db, newId, clock } = system.app!.ctx;
  const stationGrant = newId();
  await db
    .insertInto("role_grants")
    .values({
      role_grant_id: stationGrant,
      person_id: personId,
      role: "station-staff",
      region_code: at.machine.townshipCode as RegionCode,
      enterprise_id: null,
      granted_at: new Date(clock.nowMs()),
    })
    .execute();
  await using _grant = {
    [Symbol.asyncDispose]: async () => {
      await db.deleteFrom("role_grants").where("role_grant_id", "=", stationGrant).execute();
    },
  };

  const phone = await phoneOf(welder, place.point);
  const { clearanceId } = await posted(phone.page, "/api/clearances", {
    machineCode: at.machineCode,
    keyAreaId: place.keyAreaId,
    position: { ...place.point, accuracyMetres: 3 },
    floor: "2",
  });

  const officer = await phoneOf(asPerson(welder, painter.officer), place.point);
  const painterDesk = await officer.page.context().newPage();
  await painterDesk.setViewportSize({ width: 1366, height: 900 });
  await painterDesk.goto("/console/#/other-works/new");
  const field = (name: string) => painterDesk.getByLabel(name, { exact: true });
  await field("类型").click();
  await painterDesk.locator(".ant-select-item-option", { hasText: "可燃溶剂清洗或喷漆" }).click();
  await field("作业部位").fill("演示二楼走廊");
  await field("楼层").fill("2");
  await field("开始时间").fill(await localTime(painterDesk, Date.now() - 60_000));
  await field("结束时间").fill(await localTime(painterDesk, Date.now() + HOUR_MS));
  await field("现场联系人").fill("演示工长");
  await painterDesk.getByRole("button", { name: "申报作业" }).click();
  await expect(painterDesk.getByText("请在地图上选位置，或选择重点区域")).toBeVisible();
  await expect(painterDesk.getByText("手机号应为 11 位数字", { exact: false })).toBeVisible();
  await look(painterDesk, "desk-declare-wrong");
  await field("联系电话").fill("13900009876");
  const beside = shiftPlace(place.point, 0, 8);
  await painterDesk.getByRole("spinbutton", { name: "纬度" }).fill(String(beside.latitudeDegrees));
  await painterDesk.getByRole("spinbutton", { name: "经度" }).fill(String(beside.longitudeDegrees));
  const alarms = await openAlarmDesk(office.page, system, regulator);
  await painterDesk.getByRole("button", { name: "申报作业" }).click();
  await expect(painterDesk.locator('[data-conflict="solvent-cleaning-or-painting"]')).toContainText(
    "约 8 米",
  );
  await look(painterDesk, "desk-declared");
  await alarms.expectShown("simultaneous-work");
  await look(office.page, "alarm-conflict-desk");

  const below = await posted(painterDesk, "/api/other-works", {
    kind: "solvent-cleaning-or-painting",
    enterpriseId: painter.enterpriseId,
    place: { latitudeDegrees: place.point.latitudeDegrees, longitudeDegrees: place.point.longitudeDegrees },
    floor: "1",
    placeDescription: "演示一楼大厅",
    plannedFrom: new Date(Date.now() - 60_000).toISOString(),
    plannedTo: new Date(Date.now() + HOUR_MS).toISOString(),
    contactName: "演示工长",
    contactPhone: "13900009876",
  });
  expect(below.conflicts).toMatchObject([{ verticalMetres: 3, isSure: true }]);

  await phone.page.goto(`/m/#/clearances/${clearanceId}`);
  await expect(phone.page.locator('[data-conflicts="2"]')).toContainText("上下相差约 3 米", SLOW);
  await look(phone.page, "phone-conflicts");
  const owner = await phoneOf(asPerson(welder, ownFirm.officer), place.point);
  for (const { page } of [phone, officer, owner, office]) {
    await page.goto("/m/#/me");
    await expect(page.locator('[data-kind="work-conflict"]').first()).toContainText(
      "10 米以内不得同时进行",
      SLOW,
    );
  }
  await look(owner.page, "phone-notices");

  await office.page.goto("/console/#/work-conflicts?isOpen=true");
  await expect(office.rows.filter({ hasText: place.name })).toHaveCount(2);
  await look(office.page, "desk-conflicts");
  await office.rows.filter({ hasText: "演示二楼走廊" }).getByRole("link").click();
  await expect(office.page.locator('.map-canvas[data-idle="true"]')).toBeVisible({ timeout: 40_000 });
  await look(office.page, "desk-conflict");

  await painterDesk.goto("/console/#/other-works?isOpen=true");
  const rows = painterDesk.locator(".ant-table-row");
  await expect(rows).toHaveCount(2);
  await look(painterDesk, "desk-other-works");
  for (const left of [1, 0]) {
    await rows.first().getByRole("button", { name: "结束" }).click();
    const dialog = painterDesk.getByRole("dialog");
    await dialog.getByRole("textbox").fill("演示停工");
    await dialog.getByRole("button", { name: "结束" }).click();
    await expect(rows).toHaveCount(left);
  }
  await expect(office.page.locator('[data-state="ended"]')).toBeVisible(SLOW);
  await phone.page.goto(`/m/#/clearances/${clearanceId}`);
  await expect(phone.page.getByText("演示医院门诊楼")).toBeVisible();
  await expect(phone.page.locator("[data-conflicts]")).toHaveCount(0, SLOW);
  await phone.page.goto("/m/#/me");
  await expect(phone.page.locator('[data-kind="work-conflict"]').first()).toContainText("已解除", SLOW);
  await look(phone.page, "phone-cleared");

  const station = await stationStaff(deviceOf, system.url, regulator, system.county.code, place.point);
  await office.page.goto("/console/#/alarms");
  await alarms.handle(alarms.shown, station);
  await alarms.close(alarms.shown);
  await station.context.close();
});
