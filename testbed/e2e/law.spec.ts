import { machineRoutes } from "@hanyouxu/api";
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
  await page.getByTitle("已吊销").click();
  await attempt.getByRole("button", { name: "判定" }).click();
  await expect(attempt.getByRole("status")).toContainText("操作证已被暂停或吊销");
});

test("every rule in force is listed and opened; its example is tried, changed, and refused with clause and fix", async ({
  desk,
}) => {
  const { page, rows } = await desk();
  await page.goto("/console/#/rules/all?day=2026-11-23&pack=gb-30871&text=5.2.9");
  await expect(rows).toHaveCount(4);
  await page.locator('[data-rule="gb-30871/no-combustible-gas-discharge"]').click();
  const rule = page.getByTestId("rule-panel");
  await expect(rule).toContainText("GB 30871-2022");
  await expect(rule).toContainText("5.2.9");
  const at30 = rule.locator('[data-example="at 30 m"]');
  await expect(at30).toContainText("可燃气体排放 = 30");
  await expect(at30).toContainText("30 米内有可燃气体排放");
  await expect(at30).toContainText("拒绝");
  await expectSound(page);
  await page.screenshot({ path: "test-results/law-rules.png", fullPage: true });

  await rule.locator('[data-example="just above 30 m"]').getByRole("link", { name: "以此例试算" }).click();
  const answer = page.getByTestId("hot-work-answer");
  const decide = page.getByRole("button", { name: "判定" });
  await decide.click();
  await expect(answer).toContainText("准许");
  await expect(answer).toContainText("二级");
  const distance = page.locator('[data-fact="distances.combustibleGasDischarge"]');
  await distance.fill("30");
  await decide.click();
  await expect(answer).toContainText("30 米内有可燃气体排放");
  await expect(answer).toContainText("5.2.9");
  await distance.fill("附近");
  await decide.click();
  await expect(page.getByRole("alert").filter({ hasText: "应为 0 到 10000 的米数" })).toBeVisible();
  await distance.fill("");
  await decide.click();
  await expect(answer).toContainText("还差一步：填写距离：可燃气体排放");
  await expectSound(page);
  await page.screenshot({ path: "test-results/law-hot-work.png", fullPage: true });
});

test("two days are compared, and a stored decision is replayed by its id", async ({
  system,
  scenarios,
  phoneOf,
  desk,
}) => {
  const { welder, phonePosition } = scenarios.find(({ id }) => id === "uncertified")!;
  const phone = await phoneOf(welder, phonePosition);
  await phone.openMachine(system.fleet.machine(system.county.cast.machines.ordinary)!.machineCode);
  await phone.startButton.click();
  await expect(phone.refusal).toBeVisible();
  const { page } = await desk();
  await page.goto("/console/#/rules/changes?from=2026-07-31&to=2026-08-01");
  await expect(page.getByRole("status")).toContainText("新增 0 条，废止 0 条，改变 1 条");
  const changed = page.locator('[data-changes="changed"]');
  await expect(changed).toContainText("GB 9448-1999");
  await expect(changed).toContainText("GB 9448-2025");
  await expectSound(page);
  await page.screenshot({ path: "test-results/law-changes.png" });

  await page.goto("/console/#/decisions?outcome=refuse");
  await page.locator('.ant-table-row a[href*="decisions"]').first().click();
  await page.waitForURL(/decisions\/[0-9a-f-]{36}/);
  const decisionId = page.url().split("/").at(-1)!;
  await page.goto("/console/#/rules/replay");
  await page.getByRole("searchbox", { name: "决定编号" }).fill(decisionId);
  await page.getByRole("button", { name: "重放", exact: true }).click();
  await expect(page.getByRole("status")).toContainText("重放结果与保存的一致");
  await expect(page.locator('[data-replay="again"]')).toContainText("拒绝");
  await expectSound(page);
  await page.screenshot({ path: "test-results/law-replay.png" });
});

test("a region's policy gets its next version, keeps the earlier one, and counts from then on", async ({
  desk,
}) => {
  const { page } = await desk();
  await page.goto("/console/#/rules/policies?region=330723");
  const history = page.getByTestId("policy-history");
  await expect(history).toContainText("还没有设置过");
  const holidays = page.getByLabel("法定节假日（放假的日子）");
  const save = page.getByRole("button", { name: "保存新版本" });
  await holidays.fill("2026-02-30");
  await page.getByLabel("修改原因").fill("演示：登记节假日");
  await save.click();
  await expect(page.getByText("应为日期的列表")).toBeVisible();
  await holidays.fill("2027-01-01\n2027-02-06");
  await save.click();
  await expect(history.locator('[data-version="330723-1"]')).toContainText("2027-01-01, 2027-02-06");
  await expect(history).toContainText("现行版本：330723-1");
  await page.getByLabel("夜间从几点开始").fill("19");
  await page.getByLabel("修改原因").fill("演示：提前入夜");
  await save.click();
  await expect(history.locator("[data-version]")).toHaveCount(2);
  await expect(history).toContainText("现行版本：330723-2");
  await expectSound(page);
  await page.screenshot({ path: "test-results/law-policies.png", fullPage: true });

  await page.goto("/console/#/rules/hot-work");
  await page.getByLabel("判定时间（北京时间）").fill("2027-01-01 10:00:00");
  await page.getByLabel("行政区划代码").fill("330723");
  await page.getByRole("button", { name: "判定" }).click();
  const answer = page.getByTestId("hot-work-answer");
  await expect(answer).toContainText("一级（节假日）");
  await expect(answer).toContainText("330723-2");
});

test("what a smaller distance, or a rule less, would have made of the starts so far is counted, to the single start", async ({
  desk,
  phoneOf,
  regulator,
  scenarios,
}) => {
  const { welder, machine, phonePosition } = scenarios.find(({ id }) => id === "uncertified")!;
  const { machineCode } = await regulator.call(machineRoutes.getMachine, {
    params: { machineId: machine.machineId },
  });
  const phone = await phoneOf(welder, phonePosition);
  await phone.openMachine(machineCode);
  await phone.startButton.click();
  await expect(phone.reason("certificate-present")).toBeVisible();
  const { page } = await desk();
  await page.goto("/console/#/rules/what-if");
  const ask = page.getByRole("button", { name: "试算" });
  const answer = page.getByTestId("what-if-answer");
  await ask.click();
  await expect(answer).toContainText("没有一次的结果不同");
  const refused = answer.locator('[data-row="refuse"]').getByRole("cell");
  const then = Number(await refused.first().textContent());
  expect(then).toBeGreaterThan(0);

  await page.getByRole("combobox", { name: "改哪些数值" }).fill("同时最多使用几台");
  await page.getByTitle("一名焊工同时最多使用几台焊机").click();
  await page.keyboard.press("Escape");
  const number = page.getByLabel("一名焊工同时最多使用几台焊机（现为 2），改为");
  await number.fill("0");
  await ask.click();
  await expect(page.locator(".ant-form-item-explain-error")).toBeVisible();
  await number.fill("20");
  await page.getByRole("combobox", { name: "去掉哪些开机规则" }).fill("没有登记焊接操作证");
  await page.getByTitle("没有登记焊接操作证").click();
  await page.keyboard.press("Escape");
  await ask.click();
  const rule = answer.locator('[data-row="start/certificate-present"]').getByRole("cell");
  await expect(rule.nth(1)).toHaveText("0");
  await expect(page.locator(".ant-form-item-explain-error")).toHaveCount(0);
  await expect(refused.first()).toHaveText(String(then));
  expect(Number(await refused.nth(1).textContent())).toBeLessThan(then);
  await expect(answer.locator("[data-decision]").first()).toContainText("没有登记焊接操作证");
  await expectSound(page);
  await page.screenshot({ path: "test-results/law-what-if.png", fullPage: true });
});
