import { execFileSync } from "node:child_process";
import { openAlarmDesk } from "./alarm-desk.ts";
import {
  button,
  glance,
  obtainPermit,
  openClearance,
  showScene,
  step,
  watchAtPlace,
  watchReturns,
} from "./clearance-steps.ts";
import { A_POSTER, expect, test } from "./fixtures.ts";
import { buildHotWorkPlace, passSmoulderTime, shortenGrace } from "./hot-work-place.ts";
import { asPerson, look } from "./look.ts";
import { takePhoto } from "./picture-steps.ts";
import { stationStaff } from "./station-staff.ts";

/** A whole clearance: every form is filled in, the fire watch's phone reports every 15 s. */
const LONG_MS = 1_200_000;
const SLOW = { timeout: 45_000 };
const FAR_DEGREES = 0.02;

test("a mobile machine in a hospital goes through a whole clearance: permit, scene, watch, work, smoulder watch", async ({
  system,
  deviceOf,
  scenarios,
  phoneOf,
  desk,
  regulator,
  camera,
}) => {
  test.setTimeout(LONG_MS);
  const { welder } = scenarios.find(({ id }) => id === "certified")!;
  const machineId = system.county.cast.machines.mobile;
  const at = system.fleet.machine(machineId)!;
  const place = await buildHotWorkPlace(system, regulator, { machineId, welder, name: "演示医院" });
  await using _cleared = { [Symbol.asyncDispose]: () => place.abolish() };

  await camera(A_POSTER);
  const phone = await phoneOf(welder, place.point);
  const { page } = phone;
  const clearanceId = await openClearance(phone, place, at.machineCode);
  expect(at.isPowered).toBe(false);
  await look(page, "phone-preparing");
  await shortenGrace(system.app!.ctx, clearanceId);
  const permitNumber = await obtainPermit(phone, place, clearanceId, phoneOf);
  await showScene(page);
  await look(page, "phone-checking");

  const office = await desk();
  await office.page.goto("/console/#/scene-reviews");
  await expect(office.page.locator(".queue-item").first()).toContainText(place.name);
  await look(office.page, "desk-scene-reviews");
  await office.page.keyboard.press("p");
  await expect(step(page, "check")).toHaveAttribute("data-status", "done");

  const siteCode = page.locator(".qr-picture");
  await expect(siteCode).toBeVisible();
  await look(page, "phone-site-code");
  const watch = await watchAtPlace(page, place, clearanceId, { phoneOf, camera });
  const watchState = watch.page.locator(".watch-state");
  await expect(watchState).toHaveAttribute("data-watch", "present");
  await look(watch.page, "watch-present");

  await expect(step(page, "work")).toHaveAttribute("data-status", "open");
  await look(page, "phone-ready");
  await button(page, "去开机").click();
  await phone.positionSettled();
  await phone.startButton.click();
  await expect(phone.progress("energised")).toBeVisible();
  await page.goto(`/m/#/clearances/${clearanceId}`);
  await expect(page.locator('[data-phase="working"]')).toBeVisible();
  await look(page, "phone-working");

  const alarms = await openAlarmDesk(office.page, system, regulator);
  const { latitudeDegrees, longitudeDegrees, accuracyMetres } = place.point;
  const standAt = async (north: number) =>
    await watch.page.context().setGeolocation({
      latitude: latitudeDegrees + north,
      longitude: longitudeDegrees,
      accuracy: accuracyMetres,
    });
  await standAt(FAR_DEGREES);
  await expect(watchState).toHaveAttribute("data-watch", /warned|absent/, SLOW);
  await look(watch.page, "watch-warned");
  await expect(watchState).toHaveAttribute("data-watch", "absent", SLOW);
  await look(watch.page, "watch-absent");
  await alarms.expectShown("fire-watch-absent", machineId);
  await look(office.page, "alarm-watch-desk");
  await expect(page.locator('.watch-state[data-watch="absent"]')).toBeVisible();
  await expect.poll(() => at.isPowered, SLOW).toBe(false);
  await look(page, "phone-paused");

  await watchReturns(watch.page, () => standAt(0));
  await expect(page.locator(".watch-state")).toHaveAttribute("data-watch", "present");
  const station = await stationStaff(deviceOf, system.url, regulator, system.county.code, place.point);
  await alarms.handle(alarms.shown, station);
  await alarms.close(alarms.shown);

  await button(page, "完工").click();
  await look(page, "phone-finish");
  await button(page, "确认完工，开始余火监护").click();
  await expect(page.getByTestId("smoulder-left")).toBeVisible();
  await look(page, "phone-smoulder");
  await expect(watch.page.getByTestId("smoulder-left")).toBeVisible();
  await passSmoulderTime(system.app!.ctx, clearanceId, "next-look");
  await expect(page.getByText("请现在检查现场")).toBeVisible(SLOW);
  await glance(watch.page);
  await expect(page.getByText("无异常", { exact: false })).toBeVisible(SLOW);
  await passSmoulderTime(system.app!.ctx, clearanceId, "end");
  await expect(page.getByTestId("smoulder-left")).toHaveText("时间已到", SLOW);
  await glance(page);
  await button(page, "结束余火监护，闭环").click();
  await expect(page.locator('.ended[data-phase="closed"]')).toBeVisible();
  await look(page, "phone-closed");
  await expect(watch.page.locator('.ended[data-phase="closed"]')).toBeVisible();

  await office.page.goto(`/console/#/clearances/${clearanceId}`);
  await expect(office.page.locator('[data-kind="smoulder-closed"]')).toBeVisible();
  await expect(office.page.locator('[data-kind="watch-confirmed"]')).toBeVisible();
  await look(office.page, "desk-clearance");
  const record = await office.page.request.get(
    (await office.page.getByRole("link", { name: "完整记录（PDF）" }).getAttribute("href"))!,
  );
  expect(record.headers()["content-type"]).toBe("application/pdf");
  const printed = execFileSync("pdftotext", ["-layout", "-", "-"], { input: await record.body() }).toString();
  for (const part of [place.name, permitNumber]) expect(printed).toContain(part);
  // This reader's paper has names masked.
  expect(printed).not.toContain(welder.name);
  await office.page.goto("/console/#/clearances?isOpen=false");
  await expect(office.rows.first()).toContainText(place.name);
  await look(office.page, "desk-clearances");
});

test("two failed checks call the fire station, whose staff accept, arrive by position, and forbid or release", async ({
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
  const place = await buildHotWorkPlace(system, regulator, { machineId, welder, name: "演示医院二部" });
  await using _cleared = { [Symbol.asyncDispose]: () => place.abolish() };
  const phone = await phoneOf(welder, place.point);
  const office = await desk();
  const { page } = phone;

  const staff = await office.page.context().newPage();
  await staff.context().grantPermissions(["geolocation"]);
  await staff.context().setGeolocation({
    latitude: place.point.latitudeDegrees,
    longitude: place.point.longitudeDegrees,
    accuracy: place.point.accuracyMetres,
  });
  await staff.setViewportSize({ width: 390, height: 844 });
  const station = await stationStaff(deviceOf, system.url, regulator, system.county.code, place.point);

  for (const decision of ["forbid", "release"] as const) {
    const clearanceId = await openClearance(phone, place, at.machineCode);
    await obtainPermit(phone, place, clearanceId, phoneOf);
    const alarmPage = (await desk()).page;
    const alarms = await openAlarmDesk(alarmPage, system, regulator);
    // What was forbidden a moment ago comes back with one attempt left.
    const attempts = decision === "forbid" ? 2 : 1;
    for (let attempt = 1; attempt <= attempts; attempt++) {
      await showScene(page);
      await office.page.goto("/console/#/scene-reviews");
      await expect(office.page.locator(".queue-item").first()).toContainText(`第 ${attempt} 次`);
      await office.page.keyboard.press("2");
      await office.page.keyboard.press("n");
      await expect(office.page.locator('.verdict [data-hazard="no-extinguisher"]')).toBeVisible();
      await office.page.keyboard.press("f");
      if (attempt < attempts) {
        await expect(page.locator('.failed-check [data-hazard="no-extinguisher"]')).toBeVisible();
        await look(page, "phone-failed");
      }
    }
    await expect(page.locator('.station-card[data-call="alerted"]')).toBeVisible();
    await look(page, "phone-referred");
    await alarms.expectShown("scene-failed-twice", machineId);
    await look(alarmPage, "alarm-scene-desk");

    await office.page.goto("/console/#/station-calls");
    await expect(office.page.locator(".queue-item").first()).toContainText(place.name);
    await expect(office.page.locator('.map-canvas[data-idle="true"]')).toBeVisible({ timeout: 40_000 });
    await look(office.page, "desk-station-calls");

    await staff.goto("/m/#/station-calls");
    await staff.locator(".item-link", { hasText: place.name }).first().click();
    await expect(staff.getByRole("link", { name: "高德地图导航" })).toHaveAttribute(
      "href",
      /coordinate=wgs84/,
    );
    await look(staff, "staff-call");
    await button(staff, "接警，前往现场").click();
    await expect(page.locator('.station-card[data-call="accepted"]')).toBeVisible();
    await button(staff, "已到场").click();
    await expect(staff.getByRole("heading", { name: "现场处置" })).toBeVisible();
    await look(staff, "staff-decision");
    await takePhoto(staff);
    await staff.getByLabel("现场情况").fill("演示现场处置");
    await staff.getByText(decision === "forbid" ? "禁止动火" : "放行", { exact: true }).click();
    await look(staff, "staff-decided");
    await button(staff, "提交处置结果").click();
    if (decision === "forbid") {
      await expect(page.locator('.ended[data-phase="forbidden"]')).toBeVisible();
      await look(page, "phone-forbidden");
    } else {
      await expect(page.locator(".qr-picture")).toBeVisible();
      await button(page, "放弃办理").click();
      await page.getByLabel("放弃的原因").fill("演示结束");
      await button(page, "放弃办理").click();
      await expect(page.locator('.ended[data-phase="cancelled"]')).toBeVisible();
    }
    await alarms.handle(alarms.shown, station);
    await alarms.close(alarms.shown);
    await alarmPage.close();
  }
});

test("a site code that is old, and a watch who is not there, are refused with the reason", async ({
  system,
  scenarios,
  phoneOf,
  regulator,
  camera,
}) => {
  const { welder } = scenarios.find(({ id }) => id === "certified")!;
  const machineId = system.county.cast.machines.mobile;
  const place = await buildHotWorkPlace(system, regulator, { machineId, welder, name: "演示医院三部" });
  await using _cleared = { [Symbol.asyncDispose]: () => place.abolish() };
  const watch = await phoneOf(asPerson(welder, place.watches[1]!), place.point);
  await watch.page.goto("/m/#/watch/ABCDEFGHJKLMNPQRSTUV");
  await expect(watch.page.getByTestId("site-refusal")).toBeVisible();
  await look(watch.page, "watch-refused");
  // No site code is before the camera any more.
  await camera(A_POSTER);
  await button(watch.page, "重新扫码").click();
  await expect(watch.page).toHaveURL(/#\/$/);
});
