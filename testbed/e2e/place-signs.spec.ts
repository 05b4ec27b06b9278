import { type ApiClient, keyAreaRoutes, siteSignRoutes } from "@hanyouxu/api";
import type { Page } from "@playwright/test";
import { A_POSTER, expect, test } from "./fixtures.ts";
import { buildHotWorkPlace } from "./hot-work-place.ts";
import { look } from "./look.ts";

/** The machine stands so near the fence that neither its satellites nor the phone's tell on which side. */
const AT_THE_FENCE = { east: 57, floors: ["B1"] };

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

async function signOf(
  regulator: ApiClient,
  keyAreaId: string,
  floor: string | null,
  voidOld = false,
): Promise<string> {
  const { items } = await regulator.call(siteSignRoutes.makeSiteSigns, {
    params: { keyAreaId },
    body: { floors: [floor], voidOld, reason: "演示" },
  });
  return items.find((sign) => sign.floor === floor && sign.state === "valid")!.signCode;
}

test("where nobody can tell whether a machine is in a key area, the welder scans the sign and goes on to the clearance", async ({
  system,
  scenarios,
  phoneOf,
  regulator,
  camera,
}) => {
  const { welder } = scenarios.find(({ id }) => id === "certified")!;
  const machineId = system.county.cast.machines.mobile;
  const at = system.fleet.machine(machineId)!;
  const place = await buildHotWorkPlace(system, regulator, {
    machineId,
    welder,
    name: "演示医院边上",
    ...AT_THE_FENCE,
  });
  await using _cleared = { [Symbol.asyncDispose]: () => place.abolish() };
  const signCode = await signOf(regulator, place.keyAreaId, "B1");
  await camera(A_POSTER);
  const phone = await phoneOf(welder, place.point);
  const { page } = phone;
  await phone.openMachine(at.machineCode);
  await phone.startButton.click();
  await expect(phone.reason("key-area-place-unsure")).toBeVisible();
  await expect(page.getByTestId("needed-sign")).toContainText(place.name);
  await look(page, "sign-needed");
  expect(at.isPowered).toBe(false);

  await button(page, "扫现场的场所牌").click();
  await expect(page.getByText("这不是场所牌")).toBeVisible();
  await look(page, "sign-scanner");
  await page.goBack();
  await expect(page.locator(".machine-name")).toBeVisible();
  await phone.positionSettled();
  await phone.startButton.click();
  await camera(`${system.url}/s/${signCode}`);
  await button(page, "扫现场的场所牌").click();
  const taken = page.getByTestId("sign-taken");
  await expect(taken).toContainText(place.name);
  await expect(taken).toContainText("B1 层");
  await look(page, "sign-taken");
  expect(at.isPowered).toBe(false);

  await button(page, "继续开机").click();
  await expect(phone.reason("key-area-clearance")).toBeVisible();
  await expect(page.getByLabel("动火点在几楼（可不填）")).toHaveValue("B1");
  await look(page, "sign-then-clearance");
  // A reload shows the machine and asks for nothing.
  await page.reload();
  await phone.positionSettled();
  await expect(phone.startButton).toBeVisible();
  await expect(phone.refusal).toHaveCount(0);
  await phone.startButton.click();
  await button(page, "办理动火许可").click();
  await expect(page).toHaveURL(/#\/clearances\/[0-9a-f-]{36}$/);
  await button(page, "放弃办理").click();
  await page.getByLabel("放弃的原因").fill("演示结束");
  await button(page, "放弃办理").click();
  await expect(page.locator('.ended[data-phase="cancelled"]')).toBeVisible();
});

test("a sign from elsewhere, a void one, that of an abolished area, what is none, and no network are told apart", async ({
  system,
  scenarios,
  phoneOf,
  regulator,
  camera,
}) => {
  const { welder } = scenarios.find(({ id }) => id === "certified")!;
  const machineId = system.county.cast.machines.mobile;
  const at = system.fleet.machine(machineId)!;
  const build = async (name: string) =>
    await buildHotWorkPlace(system, regulator, { machineId, welder, name, ...AT_THE_FENCE });
  const gone = await build("演示旧院");
  const goneSign = await signOf(regulator, gone.keyAreaId, "B1");
  await gone.abolish();
  const place = await build("演示医院边上二");
  await using _cleared = { [Symbol.asyncDispose]: () => place.abolish() };
  const voidSign = await signOf(regulator, place.keyAreaId, "B1");
  const signCode = await signOf(regulator, place.keyAreaId, "B1", true);
  const { items } = await regulator.call(keyAreaRoutes.listKeyAreas, { query: { kind: "school" } });
  const farSign = await signOf(regulator, items[0]!.keyAreaId, null);

  await camera(A_POSTER);
  const phone = await phoneOf(welder, place.point);
  const { page } = phone;
  await page.goto(`/m/#/machine/${at.machineCode}/place-sign`);
  await button(page, "手工输入").click();
  const type = async (code: string) => {
    await page.getByRole("textbox").fill(code);
    await button(page, "下一步").click();
  };
  await type("S-1234");
  await expect(page.getByRole("alert")).toContainText("编码应为 S 加 16 位");
  await look(page, "sign-typed");
  const refusal = page.getByTestId("sign-refusal");
  for (const [code, words] of [
    [farSign, "手机不在这块场所牌所在的重点区域"],
    [voidSign, "已作废"],
    [goneSign, "已作废"],
  ] as const) {
    await type(code);
    await expect(refusal).toContainText(words);
    await look(page, "sign-refused");
    await button(page, "重新扫牌").click();
    await button(page, "手工输入").click();
  }
  await page.context().setOffline(true);
  await type(signCode.toLowerCase());
  await expect(refusal).toContainText("连不上服务器");
  await page.context().setOffline(false);
  await button(page, "重试").click();
  await expect(page.getByTestId("sign-taken")).toContainText(place.name);
});
