import { machineRoutes } from "@hanyouxu/api";
import { currentTotp } from "@hanyouxu/server";
import { ConsolePages } from "./console-pages.ts";
import { DESK_SCREEN, newPage } from "./context-pool.ts";
import { type DeviceOf, expect, test } from "./fixtures.ts";
import { expectSound } from "./problems.ts";

const PASSWORD = "演示密码-a long enough one";

async function newDesk(deviceOf: DeviceOf): Promise<ConsolePages> {
  const context = await deviceOf({ screen: DESK_SCREEN, language: "zh-CN" });
  return new ConsolePages(await newPage(context), "zh-CN");
}

test("the region tree is walked, searched and counted", async ({ desk, regulator }) => {
  const { page, rows } = await desk();
  await page.goto("/console/#/regions");
  await expect(rows).toHaveCount(20);
  await expect(page.getByText("共 31 条")).toBeVisible();
  await page.goto("/console/#/regions?parent=3307");
  await rows.getByRole("link", { name: "武义县" }).click();
  await expect(rows).toHaveCount(18);
  await expect(page.getByRole("navigation", { name: "所在位置" })).toContainText("全国浙江省金华市武义县");
  const { total } = await regulator.call(machineRoutes.listMachines, {
    query: { region: "330723", pageSize: 1 },
  });
  await expect(page.locator('[data-count="machines"] strong')).toHaveText(total.toLocaleString("en-US"));
  await expectSound(page);
  await page.screenshot({ path: "test-results/regions-tree.png" });

  await page.getByRole("searchbox", { name: "名称、曾用名或代码" }).fill("柳城");
  await page.keyboard.press("Enter");
  await expect(rows.filter({ hasText: "柳城畲族镇" })).toContainText("330723100");
});

test("a clerk is invited, chooses a password, and finds only what the department may see", async ({
  deviceOf,
  desk,
  system,
}) => {
  const { page } = await desk();
  const username = `clerk-${Date.now()}`;
  await page.goto("/console/#/staff");
  await expect(page.getByRole("heading", { name: "工作人员账号" })).toBeVisible();
  await expectSound(page);
  await page.getByRole("button", { name: "新建账号" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  await expectSound(page);
  await dialog.getByRole("textbox", { name: "用户名" }).fill(username);
  await dialog.getByRole("textbox", { name: "姓名" }).fill("演示办事员");
  await dialog.getByRole("combobox", { name: "角色" }).click();
  await page.getByTitle("监管人员").click();
  await dialog.getByRole("textbox", { name: "行政区划代码" }).fill("330723100");
  await dialog.getByRole("combobox", { name: "部门" }).click();
  await page.getByTitle("交通运输").click();
  await page.screenshot({ path: "test-results/staff-create.png" });
  await dialog.getByRole("button", { name: "创建并生成邀请" }).click();
  const link = await page.getByRole("textbox", { name: "邀请链接" }).inputValue();
  await page.screenshot({ path: "test-results/staff-invitation-link.png" });

  const clerk = await newDesk(deviceOf);
  await clerk.page.goto(link);
  await expect(clerk.page.getByText(username)).toBeVisible();
  await expectSound(clerk.page);
  await clerk.page.screenshot({ path: "test-results/invitation.png", fullPage: true });
  const secret = (await clerk.page.getByTestId("secret").textContent())!.trim();
  const password = clerk.page.getByRole("textbox", { name: "密码", exact: true });
  await password.fill("short");
  await clerk.page.getByRole("textbox", { name: "再输入一次密码" }).fill("short");
  await clerk.page.getByRole("textbox", { name: "动态口令" }).fill(currentTotp(secret, Date.now()));
  await clerk.page.getByRole("button", { name: "启用账号" }).click();
  await expect(clerk.page.getByText("密码至少 12 个字符")).toBeVisible();
  await password.fill(PASSWORD);
  await clerk.page.getByRole("textbox", { name: "再输入一次密码" }).fill(PASSWORD);
  await clerk.page.getByRole("textbox", { name: "动态口令" }).fill(currentTotp(secret, Date.now()));
  await clerk.page.getByRole("button", { name: "启用账号" }).click();
  await expect(clerk.page.getByText("账号已启用")).toBeVisible();

  // The code that opened the account is used up; the platform takes the next one half a minute early.
  await clerk.signIn({ username, password: PASSWORD, totp: currentTotp(secret, Date.now() + 30_000) });
  const menu = clerk.page.getByRole("navigation", { name: "主菜单" });
  await expect(menu.getByRole("link", { name: "焊机" })).toBeVisible();
  await clerk.page.goto("/console/#/sessions");
  await expect(clerk.page.getByRole("link", { name: "作业记录" })).toBeVisible();
  await expect(clerk.page.getByRole("link", { name: "决定记录" })).toHaveCount(0);
  await clerk.page.goto("/console/#/decisions");
  await expect(clerk.page.getByText("您所在部门无权查看这类数据")).toBeVisible();
  await clerk.page.screenshot({ path: "test-results/department-refused.png" });
  const own = system.county.machines.filter(({ townshipCode }) => townshipCode === "330723100").length;
  await clerk.page.goto("/console/#/machines");
  await expect(clerk.page.getByText(`共 ${own.toLocaleString("en-US")} 条`)).toBeVisible();

  await page.getByRole("dialog").getByRole("button", { name: "关闭" }).last().click();
  await page.getByRole("searchbox", { name: "用户名" }).fill(username);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: `管理 ${username}` }).click();
  await expect(page.getByText("演示办事员")).toBeVisible();
  await page.screenshot({ path: "test-results/staff-drawer.png" });
  await page.getByRole("button", { name: "停用账号" }).click();
  await page
    .getByRole("tooltip")
    .getByRole("button", { name: /确\s*定/ })
    .click();
  await expect(page.getByText("已停用，登录已全部失效")).toBeVisible();
  await clerk.page.reload();
  await expect(clerk.page.getByRole("textbox", { name: "用户名" })).toBeVisible();
  await clerk.page.context().close();
});

test("what each department may see is on one page", async ({ desk }) => {
  const { page, rows } = await desk();
  await page.goto("/console/#/staff/departments");
  await expect(rows).toHaveCount(13);
  await expect(rows.filter({ hasText: "卫生健康" })).toContainText("不可见");
  await expectSound(page);
  await page.screenshot({ path: "test-results/departments.png" });
});
