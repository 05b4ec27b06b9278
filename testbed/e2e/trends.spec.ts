import { trendRoutes } from "@hanyouxu/api";
import { expect, test } from "./fixtures.ts";
import { look } from "./look.ts";

const query = { region: "330723" } as const;
/** Long reads go behind everything that somebody waits for with a hand on a switch. */
const BEHIND = { timeout: 90_000 };

test("the regulator reads the week to come with its test, sees why a firm ranks first, plans inspections and reports one", async ({
  desk,
  regulator,
  system,
}) => {
  test.setTimeout(1_200_000);
  // The demonstration's past is written behind everything else; a server of its own has none.
  const hasPast = system.history !== undefined;
  if (hasPast) {
    await expect
      .poll(async () => (await regulator.call(trendRoutes.getForecast, { query })).daysKnown, {
        timeout: 120_000,
      })
      .toBeGreaterThan(120);
  }

  const { page } = await desk();
  await page.goto("/console/#/trends");
  const forecast = page.getByTestId("forecast");
  if (hasPast) {
    await expect(forecast.getByText("演示：历史为模拟数据")).toBeVisible(BEHIND);
    await expect(page.getByTestId("back-test")).toContainText("过去 8 周回测");
    await expect(page.getByTestId("back-test")).toContainText("比直接用上周同时刻更准");
  } else {
    await expect(forecast.getByText(/满 28 天才能预测/)).toBeVisible(BEHIND);
  }
  await expect(forecast.getByRole("img")).toBeVisible();
  await forecast.getByText("以表格查看").click();
  await expect(forecast.locator(".ant-table-row").first()).toBeVisible();
  await forecast.getByText("以表格查看").click();
  await forecast.getByText("每日预警").click();
  await expect(forecast.getByRole("img")).toBeVisible(BEHIND);
  await look(page, "trends-alarms");

  // The factors of the first firm add up to its score.
  const { items, weights } = await regulator.call(trendRoutes.listRisks, { query });
  const first = items[0]!;
  expect(first.score).toBeGreaterThan(0);
  const risks = page.getByTestId("risks");
  const row = risks.locator(`[data-row-key="${first.enterpriseId}"]`);
  await expect(row).toContainText(first.name, BEHIND);
  await row.getByRole("button").click();
  await expect(risks.getByText(first.parts[0]!.title.zh, { exact: true }).last()).toBeVisible();
  await risks.getByText(`权重（版本 ${weights.version}）`).click();
  await expect(risks.getByText(/尚未经主管部门确认/)).toBeVisible();
  await look(page, "trends-risk");

  // A day that is too short for a visit is said to be; then a list within the staff there is.
  const plans = page.getByTestId("plans");
  await plans.getByLabel("每人每天（小时）").fill("1");
  await plans.getByRole("button", { name: "生成名单" }).click();
  await expect(plans.getByText(/排不出检查/)).toBeVisible(BEHIND);
  await plans.getByLabel("每人每天（小时）").fill("7");
  await plans.getByLabel("人数").fill("0");
  await plans.getByRole("button", { name: "生成名单" }).click();
  await expect(plans.getByText("人数为 1–50")).toBeVisible();
  await plans.getByLabel("人数").fill("1");
  await plans.getByLabel("天数").fill("1");
  await plans.getByRole("button", { name: "生成名单" }).click();
  const visits = page.getByTestId("visits");
  await expect(visits.getByText(/第 1 天 · 第 1 人 · 第 1 家/)).toBeVisible(BEHIND);
  await look(page, "trends-plan");

  // What each visit found is entered once, and counted.
  const all = await visits.locator(".ant-table-row").count();
  for (let left = all; left > 0; left--) {
    const isFirst = left === all;
    if (isFirst) await visits.getByPlaceholder("说明（可不填）").first().fill("演示：灭火器过期");
    await visits
      .getByRole("button", { name: isFirst ? "发现问题" : "未发现", exact: true })
      .first()
      .click();
    await expect(visits.getByRole("button", { name: "未发现", exact: true })).toHaveCount(left - 1);
  }
  await expect(visits).toContainText("发现问题 · 演示：灭火器过期");
  await expect(plans.getByText(`${all} 家，已查 ${all}，发现问题 1`).first()).toBeVisible();
  await expect(page.getByTestId("tallies").locator(".ant-table-row").first()).toContainText(
    weights.version,
    BEHIND,
  );
  await look(page, "trends-results");
  const after = await regulator.call(trendRoutes.listRisks, { query });
  expect(after.weights).toEqual(weights);

  const english = (await desk("en")).page;
  await english.goto("/console/#/trends");
  await expect(english.getByRole("heading", { name: "Risk of firms" })).toBeVisible();
  await expect(english.getByTestId("forecast").getByRole("img")).toBeVisible(BEHIND);
  await look(english, "trends-en");
});
