import { type DemoNewcomer, demoNewcomers, type System } from "../src/index.ts";
import { newPage } from "./context-pool.ts";
import { type DeviceOf, expect, test } from "./fixtures.ts";
import { NewcomerPages } from "./newcomer-pages.ts";
import { expectSound } from "./problems.ts";

/** A phone of its own, at a place, that nobody has signed in on. */
async function newPhone(
  deviceOf: DeviceOf,
  newcomer: DemoNewcomer,
  place: { latitudeDegrees: number; longitudeDegrees: number; accuracyMetres: number },
): Promise<NewcomerPages> {
  const permissions = ["camera", "geolocation"] as const;
  const context = await deviceOf({ screen: "phone", language: "zh-CN", permissions, place });
  return new NewcomerPages(await newPage(context), newcomer);
}

/** The firm takes the new welder on: that is its own page's work, not the register's. */
async function employ(system: System, { identityNumber }: DemoNewcomer, machineId: string): Promise<void> {
  const { db, personalData } = system.app!.ctx;
  const welder = await db
    .selectFrom("welders")
    .select("welder_id")
    .where("identity_index", "=", personalData.blindIndex("identity-number", identityNumber))
    .executeTakeFirstOrThrow();
  const machine = await db
    .selectFrom("machines")
    .select("enterprise_id")
    .where("machine_id", "=", machineId as never)
    .executeTakeFirstOrThrow();
  await db
    .insertInto("enterprise_welders")
    .values({ ...welder, ...machine })
    .execute();
}

test("a new welder registers, is verified by the registry, scans and starts within the same minute", async ({
  deviceOf,
  system,
  scenarios,
  regulator: _ready,
  camera,
}) => {
  const place = scenarios.find(({ id }) => id === "certified")!.phonePosition!;
  const newcomer = demoNewcomers(system.county).find(({ isInRegistry }) => isInRegistry)!;
  const at = system.fleet.machine(system.county.cast.machines.second)!;
  const phone = await newPhone(deviceOf, newcomer, place);
  await camera(`${system.url}/c/${at.machineCode}`);
  const startedAtMs = Date.now();
  await phone.provePhone();
  await phone.register();
  await employ(system, newcomer, at.machine.machineId);
  await phone.fillCertificate();
  await phone.sendCertificate();
  await expect(phone.outcome("verified")).toBeVisible();
  await phone.page.getByRole("button", { name: "去扫码开机" }).click();
  await expect(phone.page).toHaveURL(new RegExp(`#/machine/${at.machineCode}$`));
  await phone.positionSettled();
  await phone.startButton.click();
  await expect(phone.progress("energised")).toBeVisible();
  expect(at.isPowered).toBe(true);
  expect(Date.now() - startedAtMs).toBeLessThan(60_000);
  expect(phone.strayRequests).toEqual([]);

  await phone.stop();
  await expect(phone.ended).toBeVisible();
  await phone.page.goto("/m/#/me");
  await expect(phone.notice("certificate-verified")).toBeVisible();
  await expectSound(phone.page);
  await phone.page.getByRole("button", { name: "知道了" }).click();
  await expect(phone.notice("certificate-verified")).toHaveCount(0);
  await phone.page.context().close();
});

test("slips are told beside the field, and an identity number is registered once", async ({
  deviceOf,
  system,
  scenarios,
  regulator: _ready,
}) => {
  const place = scenarios.find(({ id }) => id === "certified")!.phonePosition!;
  const newcomer = demoNewcomers(system.county)[2]!;
  const phone = await newPhone(deviceOf, newcomer, place);
  const { page } = phone;
  await phone.provePhone();
  await expectSound(page);
  await page.getByRole("button", { name: "提交登记" }).click();
  await expect(page.getByText("请先阅读并勾选同意")).toBeVisible();
  await page.getByLabel("姓名（与身份证一致）").fill(newcomer.name);
  await page.getByLabel("所在乡镇（街道）").selectOption(newcomer.township);
  await page.getByLabel("我已阅读并同意").check();
  await page.getByLabel("身份证号").fill(newcomer.identityNumber.slice(0, 17));
  await page.getByRole("button", { name: "提交登记" }).click();
  await expect(page.getByText("身份证号应为 18 位")).toBeVisible();
  await page.getByLabel("身份证号").fill(system.county.welders[50]!.identityNumber);
  await page.getByRole("button", { name: "提交登记" }).click();
  await expect(page.getByText("这个身份证号已经登记")).toBeVisible();
  await phone.register();
  await expectSound(page);
  await page.getByLabel("证书编号").fill("T123");
  await page.getByLabel("有效期开始").fill(newcomer.certificate.validFrom);
  await page.getByLabel("有效期结束").fill(newcomer.certificate.validFrom);
  await phone.sendCertificate();
  await expect(page.getByText("证号应为字母 T 加 18 位身份证号")).toBeVisible();
  await expect(page.getByText("有效期为 6 年，请核对起止日期")).toBeVisible();
  await expectSound(page);
  await page.context().close();
});

test("unknown to the registry: staff send it back with a reason, the phone tells why, he sends again, staff approve, he starts", async ({
  deviceOf,
  system,
  scenarios,
  desk,
}) => {
  const place = scenarios.find(({ id }) => id === "certified")!.phonePosition!;
  const newcomer = demoNewcomers(system.county).find(({ isInRegistry }) => !isInRegistry)!;
  const at = system.fleet.machine(system.county.cast.machines.second)!;
  const office = await desk();
  const phone = await newPhone(deviceOf, newcomer, place);
  await phone.provePhone();
  await phone.register();
  await employ(system, newcomer, at.machine.machineId);
  await phone.fillCertificate();
  await phone.sendCertificate();
  await expect(phone.outcome("submitted")).toContainText("查无此证");
  await phone.openMachine(at.machineCode);
  await phone.startButton.click();
  await expect(phone.reason("certificate-in-review")).toBeVisible();

  const desktop = office.page;
  await desktop.goto("/console/#/certificate-reviews");
  await expect(desktop.locator("[data-review]")).toHaveCount(1);
  const picture = desktop.getByRole("img", { name: "焊工上传的证书照片" });
  await expect(picture).toBeVisible();
  await expect
    .poll(() => picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth))
    .toBeGreaterThan(100);
  await expect(desktop.getByText("330723********")).toBeVisible();
  await expectSound(desktop);
  await desktop.getByRole("button", { name: "查看完整号码" }).click();
  await desktop.getByRole("dialog").getByRole("textbox").fill("与照片核对");
  await desktop.getByRole("dialog").getByRole("button", { name: "查看完整号码" }).click();
  await expect(desktop.getByText(newcomer.identityNumber, { exact: true })).toBeVisible();
  await desktop.keyboard.press("r");
  const dialog = desktop.getByRole("dialog");
  await dialog.getByRole("button", { name: "退回给焊工" }).click();
  await expect(dialog.getByText("请选择退回原因")).toBeVisible();
  await dialog.getByRole("radio", { name: "照片看不清" }).check();
  await dialog.getByRole("textbox").fill("请在亮处重拍证书正面");
  await dialog.getByRole("button", { name: "退回给焊工" }).click();
  await expect(desktop.getByText("没有待审核的证书")).toBeVisible();

  await phone.page.goto("/m/#/me");
  await expect(phone.notice("certificate-rejected")).toContainText("请在亮处重拍证书正面");
  await expectSound(phone.page);
  await phone.page.getByRole("button", { name: "更正并重新提交" }).click();
  await phone.fillCertificate();
  await phone.sendCertificate();
  await expect(phone.outcome("submitted")).toBeVisible();

  await desktop.reload();
  await expect(desktop.locator("[data-review]")).toHaveCount(1);
  await expect(picture).toBeVisible();
  await desktop.keyboard.press("a");
  await expect(desktop.getByText("没有待审核的证书")).toBeVisible();
  await phone.openMachine(at.machineCode);
  await phone.startButton.click();
  await expect(phone.progress("energised")).toBeVisible();
  await phone.stop();
  await expect(phone.ended).toBeVisible();
  expect(phone.strayRequests).toEqual([]);

  await desktop.goto("/console/#/welders?state=counting");
  await expect(office.rows.first()).toBeVisible();
  await expectSound(desktop);
  await desktop.goto(`/console/#/welders?number=${newcomer.phone}`);
  await office.rows.first().getByRole("link").click();
  await expect(desktop.locator(".certificate-card")).toHaveCount(1);
  await expect(desktop.getByRole("link", { name: at.machine.name })).toBeVisible();
  await expectSound(desktop);
  await phone.page.context().close();
});
