import { expect, test } from "./fixtures.ts";
import { look } from "./look.ts";

for (const [language, words] of [
  ["zh-CN", { load: "查看回放", play: "播放", pause: "暂停", current: /^电流/, map: "焊机轨迹" }],
  [
    "en",
    { load: "Play back", play: "Play", pause: "Pause", current: /^Current/, map: "The machine's track" },
  ],
] as const) {
  test(`a machine's last hour is played back, by keys too, in ${language}`, async ({ system, desk }) => {
    const { machineId } = system.fleet.machine(system.county.cast.machines.ordinary)!.machine;
    const { page } = await desk(language, { width: 1920, height: 1080 });
    await page.goto(`/console/#/machines/${machineId}`);
    await page.getByRole("button", { name: words.load }).click();
    const moment = page.locator("[data-moment]");
    await expect(moment).toBeVisible();
    await expect(page.getByRole("img", { name: words.current })).toBeVisible();
    await expect(page.getByRole("region", { name: words.map, exact: true })).toBeVisible();
    const at = async () => Number(await moment.getAttribute("data-moment"));
    const begin = await at();
    await page.getByRole("button", { name: words.play, exact: true }).click();
    await expect.poll(at).toBeGreaterThan(begin);
    await page.getByRole("button", { name: words.pause }).click();
    const paused = await at();
    await page.getByRole("slider").focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(at).toBe(paused + 1_000);
    await page.keyboard.press("End");
    await expect.poll(at).toBeGreaterThan(begin + 3_599_000);
    await look(page, `machine-playback-${language}`);
  });
}
