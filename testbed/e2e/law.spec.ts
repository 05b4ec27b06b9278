import { expect, test } from "./fixtures.ts";
import { expectSound } from "./problems.ts";

test("the table of rules opens a rule with its clause, follows the day, and answers a question", async ({
  desk,
}) => {
  const { page } = await desk();
  await page.goto("/console/#/rules?day=2026-06-01");
  await page.locator('[data-rule="chemical-smaw"]').click();
  const rule = page.getByTestId("law-rule");
  await expect(rule).toContainText("应急管理部令第19号");
  await expect(rule).toContainText("条文未核对");
  await expect(rule.locator('[data-example="expires-today"]')).toContainText("准许");
  await expect(rule.locator('[data-example="wrong-family"]')).toContainText("拒绝");
  await expectSound(page);

  await page.goto("/console/#/rules?day=2026-05-31&rule=chemical-smaw");
  await expect(rule).toContainText("第30号");
  await expect(rule).toContainText("2026-05-31");

  const attempt = page.getByTestId("law-try");
  await attempt.getByRole("button", { name: "判定" }).click();
  await expect(attempt.getByRole("status")).toContainText("准许");
  await attempt.getByLabel("证书状态").click();
  await page.getByTitle("审核中").click();
  await attempt.getByRole("button", { name: "判定" }).click();
  await expect(attempt.getByRole("status")).toContainText("操作证还在审核中");
});
