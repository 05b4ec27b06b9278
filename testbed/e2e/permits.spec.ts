import { expect, test } from "./fixtures.ts";
import { asPerson, look } from "./look.ts";
import {
  addGasTest,
  beginPermit,
  fillMeasures,
  fillPeople,
  fillSite,
  fillWhere,
  fillWork,
  nextPermitStep,
  openWaitingPermit,
  permitStep,
  signPermit,
  submitPermit,
} from "./permit-steps.ts";

test("a welder writes a permit, the approver signs at the place and nowhere else, the desk suspends it", async ({
  system,
  scenarios,
  phoneOf,
  desk,
}) => {
  const { welder, phonePosition } = scenarios.find(({ id }) => id === "certified")!;
  const [owner] = system.county.siteOwners;
  const [watch] = system.county.fireWatches;
  const place = phonePosition!;
  const wanted = {
    siteOwnerName: owner!.name,
    placeDescription: "三楼东侧管井",
    workDescription: "更换管道支架",
    watchPhone: watch!.phone,
  };

  const { page } = await phoneOf(welder, place);
  await page.goto("/m/#/me");
  await page.getByRole("link", { name: /动火作业票/ }).click();
  await beginPermit(page);
  await fillWhere(page, wanted);
  await look(page, "phone-permit-where");
  await nextPermitStep(page, "work");
  await fillWork(page, wanted);
  await look(page, "phone-permit-work");
  await nextPermitStep(page, "people");
  await fillPeople(page, wanted);
  await look(page, "phone-permit-people");
  await nextPermitStep(page, "site");
  await fillSite(page);
  await look(page, "phone-permit-site");
  await nextPermitStep(page, "measures");

  await page.getByRole("button", { name: "核对提交" }).click();
  await expect(
    page.getByTestId("missing").locator('[data-missing="measures.extinguishers-ready"]'),
  ).toBeVisible();
  await expect(page.getByRole("button", { name: "提交审批" })).toBeDisabled();
  await look(page, "phone-permit-missing");

  await page.getByRole("button", { name: "安全措施" }).click();
  await expect(permitStep(page, "measures")).toBeVisible();
  await fillMeasures(page);
  await look(page, "phone-permit-measures");
  await nextPermitStep(page, "gas");
  await addGasTest(page);
  await look(page, "phone-permit-gas");
  await nextPermitStep(page, "submit");
  await look(page, "phone-permit-submit");
  const number = await submitPermit(page);

  const officer = asPerson(welder, owner!.officer);
  const office = await phoneOf(officer, { ...place, latitudeDegrees: place.latitudeDegrees + 0.01 });
  await openWaitingPermit(office.page, wanted);
  await signPermit(office.page);
  await expect(office.page.getByTestId("approve").getByRole("alert")).toContainText("您不在动火现场");
  await look(office.page, "phone-permit-not-there");

  const there = await phoneOf(officer, place);
  await openWaitingPermit(there.page, wanted);
  await look(there.page, "phone-permit-approve");
  await signPermit(there.page);
  await expect(there.page.locator('[data-permit-status="approved"]')).toBeVisible();
  await look(there.page, "phone-permit-approved");
  await expect(page.locator('[data-permit-status="approved"]')).toBeVisible();

  const watcher = await phoneOf(asPerson(welder, watch!), place);
  await watcher.page.goto("/m/#/permits");
  await watcher.page
    .getByRole("link", { name: /更换管道支架/ })
    .first()
    .click();
  await expect(watcher.page.locator('[data-permit-status="approved"]')).toBeVisible();

  const regulator = await desk();
  await regulator.page.goto(`/console/#/permits?text=${number}`);
  await expect(regulator.rows).toHaveCount(1);
  await look(regulator.page, "desk-permits");
  const exported = regulator.page.waitForEvent("download");
  await regulator.page.getByRole("button", { name: "导出" }).click();
  await regulator.page.getByText("Excel（xlsx）").click();
  expect((await exported).suggestedFilename()).toMatch(/^动火作业票-.*\.xlsx$/);
  await regulator.rows.getByRole("link", { name: number }).click();
  await expect(regulator.page.getByText("距动火点 0 米")).toBeVisible();
  await look(regulator.page, "desk-permit");
  const printed = await regulator.page.request.get(
    (await regulator.page.getByRole("link", { name: "打印作业票（PDF）" }).getAttribute("href"))!,
  );
  expect(printed.headers()["content-type"]).toBe("application/pdf");
  await regulator.page.getByRole("button", { name: "暂停作业票" }).click();
  const dialog = regulator.page.getByRole("dialog");
  await dialog.getByRole("textbox").fill("演示检查：现场堆放可燃物");
  await dialog.getByRole("button", { name: "暂停作业票" }).click();
  await expect(regulator.page.locator('[data-permit-status="suspended"]')).toBeVisible();
  await expect(page.getByText("演示检查：现场堆放可燃物")).toBeVisible();
  await look(page, "phone-permit-suspended");
});

test("an officer registers fire watches and their training at the desk", async ({ desk, system }) => {
  const { page, rows } = await desk();
  const [owner] = system.county.siteOwners;
  await page.goto(`/console/#/enterprises/${owner!.enterpriseId}?tab=fire-watches`);
  await expect(rows.first()).toBeVisible();
  const registered = rows.filter({ hasText: "2026-01-05 – 2030-01-04" });
  await expect(registered).toHaveCount(0);
  await page.getByRole("button", { name: "登记监护人" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("姓名").fill("演示新监护");
  await dialog.getByLabel("手机号").fill("19900009991");
  await dialog.getByRole("button", { name: "登记监护人" }).click();
  await expect(dialog.getByText("请填写培训日期")).toBeVisible();
  await dialog.getByLabel("培训日期").fill("2026-01-05");
  await dialog.getByLabel("有效期至").fill("2030-01-04");
  await dialog.getByRole("button", { name: "登记监护人" }).click();
  // Other tests register watches of the same site: only this one has these dates.
  await expect(registered).toHaveCount(1);
  await look(page, "desk-fire-watches");
});

test("a printed code that nobody gave is told so, without signing in", async ({ deviceOf }) => {
  const anybody = await deviceOf({ screen: { width: 390, height: 844 }, language: "zh-CN" });
  const page = await anybody.newPage();
  await page.goto("/m/#/permit-check/0000000000000000");
  await expect(page.getByRole("alert")).toContainText("没有这张动火作业票");
});
