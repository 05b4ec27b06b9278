import { expect, test } from "./fixtures.ts";
import { asPerson, look } from "./look.ts";

test("the welder of a mobile machine says in one tap for whom; the site owner disputes it and the regulator sees why", async ({
  system,
  scenarios,
  phoneOf,
  desk,
}) => {
  const { welder, phonePosition } = scenarios.find(({ id }) => id === "certified")!;
  const at = system.fleet.machine(system.county.cast.machines.mobile)!;
  const [owner] = system.county.siteOwners;
  const phone = await phoneOf(welder, phonePosition);
  await phone.openMachine(at.machineCode);
  const question = phone.page.getByTestId("site-question");
  await expect(question.locator(".choice").first()).toContainText(owner!.name);
  await look(phone.page, "phone-site-question");
  await question.getByText(owner!.name).click();
  await phone.startButton.click();
  await expect(phone.progress("energised")).toBeVisible();
  await phone.stop();
  await expect(phone.ended).toBeVisible();
  await expect(phone.page.locator(".facts")).toContainText(`${owner!.name} · 待确认`);

  const officer = await phoneOf(asPerson(welder, owner!.officer), phonePosition);
  await officer.page.goto("/m/#/me");
  await officer.page.getByRole("link", { name: new RegExp(owner!.name) }).click();
  const pending = officer.page
    .getByTestId("pending-sites")
    .locator("li")
    .filter({ hasText: at.machine.name });
  await expect(pending.first()).toBeVisible();
  await look(officer.page, "phone-firm");
  const before = await pending.count();
  await pending.first().getByRole("button", { name: "有异议" }).click();
  const dialog = officer.page.getByRole("dialog");
  await dialog.getByRole("button", { name: "提交异议" }).click();
  await expect(dialog.getByRole("alert")).toContainText("请写明原因");
  await dialog.getByRole("textbox").fill("当天没有请人焊接");
  await look(officer.page, "phone-dispute");
  await dialog.getByRole("button", { name: "提交异议" }).click();
  await expect(pending).toHaveCount(before - 1);

  const office = await desk();
  await office.page.goto("/console/#/enterprises");
  await office.page.getByRole("alert").getByRole("link", { name: "查看" }).click();
  await expect(office.rows.first()).toContainText("当天没有请人焊接");
  await expect(office.rows.first()).toContainText(owner!.name);
  await look(office.page, "desk-disputed");
});

test("a machine at home asks nobody, and one that is away offers a search", async ({
  system,
  scenarios,
  phoneOf,
}) => {
  const { welder, phonePosition } = scenarios.find(({ id }) => id === "certified")!;
  const phone = await phoneOf(welder, phonePosition);
  await phone.openMachine(system.fleet.machine(system.county.cast.machines.second)!.machineCode);
  await expect(phone.startButton).toBeVisible();
  await expect(phone.page.getByTestId("site-question")).toHaveCount(0);

  await phone.openMachine(system.fleet.machine(system.county.cast.machines.mobile)!.machineCode);
  const { name } = system.county.siteOwners[7]!;
  const question = phone.page.getByTestId("site-question");
  await question.getByRole("searchbox", { name: "按名称查找" }).fill(name.slice(-5));
  await question.getByText(name).click();
  await expect(question.locator(".choice.is-chosen")).toContainText(name);
});

test("staff register an organisation: field errors, a warning that does not block, place, people, suspension", async ({
  desk,
  system,
}) => {
  const office = await desk();
  const { page } = office;
  await page.goto("/console/#/enterprises");
  await expect(office.rows.first()).toBeVisible();
  await look(page, "desk-enterprises");
  await page.getByRole("button", { name: "登记单位" }).click();
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("请填写单位全称（至少 2 个字）")).toBeVisible();
  const name = "演示端到端五金厂";
  await page.getByRole("textbox", { name: "单位名称" }).fill(name);
  await page.getByRole("textbox", { name: "统一社会信用代码" }).fill("91330723DEM0999999");
  await expect(page.getByText("信用代码的校验位不符")).toBeVisible();
  await page.getByRole("combobox", { name: "区域" }).click();
  await page.locator(".ant-select-item-option").first().click();
  await page.getByRole("combobox", { name: "行业（GB/T 4754）" }).fill("金属制品业");
  await page.locator('.ant-select-item-option[title="C33 金属制品业"]').click();
  await expect(page.locator('.map-canvas[data-idle="true"]')).toBeVisible({ timeout: 40_000 });
  await page.locator(".enterprise-map .map-canvas canvas").click({ position: { x: 300, y: 150 } });
  await expect(page.getByRole("spinbutton", { name: "纬度" })).toHaveValue(/^2[89]\.\d+$/);
  await look(page, "desk-enterprise-form");
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect(page.getByText("C33 金属制品业")).toBeVisible();
  await expect(page.getByText("信用代码的校验位不符")).toBeVisible();

  await page.getByRole("button", { name: "添加安全管理员" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "姓名" }).fill("演示赵六");
  await dialog.getByRole("textbox", { name: "手机号" }).fill("123");
  await dialog.getByRole("button", { name: "添加安全管理员" }).click();
  await expect(dialog.getByText("手机号应为 11 位数字")).toBeVisible();
  await dialog.getByRole("textbox", { name: "手机号" }).fill("19900009990");
  await dialog.getByRole("button", { name: "添加安全管理员" }).click();
  await expect(office.rows.filter({ hasText: "演***" })).toHaveCount(1);

  await page.getByRole("button", { name: "停用" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("演示检查不合格");
  await page.getByRole("dialog").getByRole("button", { name: "停用" }).click();
  await expect(page.locator(".enterprise-status.is-suspended")).toBeVisible();
  await look(page, "desk-enterprise");

  const [factory] = system.county.enterprises;
  await page.goto(`/console/#/enterprises/${factory!.enterpriseId}?tab=welders`);
  await expect(office.rows.first()).toBeVisible();
  await look(page, "desk-enterprise-welders");
});

test("a person registers an organisation on the phone, and staff approve it", async ({
  scenarios,
  phoneOf,
  desk,
}) => {
  const { welder, phonePosition } = scenarios.find(({ id }) => id === "uncertified")!;
  const phone = await phoneOf(welder, phonePosition);
  const { page } = phone;
  await page.goto("/m/#/me");
  await page.getByRole("link", { name: "登记我的单位" }).click();
  await page.getByRole("button", { name: "提交审核" }).click();
  await expect(page.getByText("请填写单位全称（至少 2 个字）")).toBeVisible();
  await expect(page.getByText("请选择区域")).toBeVisible();
  await page.getByLabel("单位全称").fill("演示自登商场");
  await expect(page.locator(".field-error")).toHaveCount(0);
  await page.getByText("用焊单位", { exact: true }).click();
  await page.getByLabel("所在乡镇（街道）").selectOption({ index: 2 });
  await look(page, "phone-register-firm");
  await page.getByRole("button", { name: "提交审核" }).click();
  await expect(page.locator('.tag[data-status="pending"]')).toBeVisible();

  const office = await desk();
  await office.page.goto("/console/#/enterprises?status=pending");
  await office.rows.getByRole("link", { name: "演示自登商场" }).click();
  await office.page.getByRole("button", { name: "通过" }).click();
  await office.page.getByRole("dialog").getByRole("button", { name: "通过" }).click();
  await expect(office.page.locator(".enterprise-status.is-active")).toBeVisible();
  await page.reload();
  await expect(page.locator('.tag[data-status="active"]')).toBeVisible();
});
