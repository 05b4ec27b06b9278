import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { alarmRoutes } from "@hanyouxu/api";
import { expect, test } from "./fixtures.ts";
import { look } from "./look.ts";

const SHOWN = { timeout: 30_000 };
const WAVES = 20;
const IN_A_WAVE = 100;
/** Of the list: more rows the page never draws, however many alarms there are. */
const PAGE_ROWS = 50;

const SEVERITIES = ["danger", "warning", "notice"] as const;

test("a desk in a storm of alarms stays usable; then the machine is played back and the list taken away", async ({
  system,
  desk,
  regulator,
}) => {
  const { db } = system.app!.ctx;
  const at = system.fleet.machine(system.county.cast.machines.second)!;
  const { page } = await desk();
  await page.goto("/console/#/alarms");
  await expect(page.locator('[data-watching="true"]')).toBeAttached();
  at.disturb({ isLoopCut: true });
  const first = page.locator(`.alarm-row[data-kind="tamper"]`).first();
  await expect(first).toBeVisible(SHOWN);
  const alarmId = (await first.getAttribute("data-alarm"))!;

  const original = await db
    .selectFrom("alarms")
    .selectAll()
    .where("alarm_id", "=", alarmId)
    .executeTakeFirstOrThrow();
  // Two thousand more of it within some seconds, told as alarms of other machines are.
  const storm = (async () => {
    for (let wave = 0; wave < WAVES; wave++) {
      const now = new Date();
      const copies = Array.from({ length: IN_A_WAVE }, (_, n) => ({
        ...original,
        alarm_id: randomUUID(),
        subject_key: `storm:${wave}:${n}`,
        severity: SEVERITIES[n % 3]!,
        data: JSON.stringify(original.data),
        evidence: JSON.stringify(original.evidence),
        state: JSON.stringify(original.state),
        raised_at: now,
        last_raised_at: now,
        changed_at: now,
      }));
      await db.insertInto("alarms").values(copies).execute();
    }
  })();
  const rows = page.locator(".alarm-row");
  await expect(rows).not.toHaveCount(1, SHOWN);
  // In the middle of it a row is picked and acknowledged by mouse.
  await rows.first().hover();
  const picked = (await rows.nth(2).getAttribute("data-alarm"))!;
  await page.locator(`[data-alarm="${picked}"] .alarm-pick`).click();
  // What is pressed next is about what was picked, however fast the list runs on.
  const lookedAt = page.locator(".alarm-row:has([aria-current=true])");
  expect(await lookedAt.getAttribute("data-alarm")).toBe(picked);
  await page.locator(".alarm-card").getByRole("button", { name: "确认", exact: true }).click();
  await expect
    .poll(
      async () => (await regulator.call(alarmRoutes.getAlarm, { params: { alarmId: picked } })).handling,
      SHOWN,
    )
    .toBe("acknowledged");
  await storm;
  await expect(page.locator("[data-severity]").first()).toHaveAttribute("data-severity", "danger");
  const { open, unacknowledged, bySeverity } = await regulator.call(alarmRoutes.countAlarms, { query: {} });
  expect(open).toBeGreaterThan(WAVES * IN_A_WAVE);
  for (const counted of [
    `待确认 ${unacknowledged}`,
    `危险 ${bySeverity.danger}`,
    `提示 ${bySeverity.notice}`,
  ])
    await expect(page.getByRole("button", { name: counted, exact: true })).toBeVisible(SHOWN);
  expect(await rows.count()).toBeLessThanOrEqual(PAGE_ROWS);
  // By keys, one after the other; the way back is that of the address.
  await rows.first().locator(".alarm-pick").click();
  const [, second, third] = await rows.evaluateAll((all) =>
    all.map((row) => row.getAttribute("data-alarm")!),
  );
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(page).toHaveURL(new RegExp(`id=${third}`));
  await expect(lookedAt).toHaveAttribute("data-alarm", third!);
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`id=${second}`));
  await expect(lookedAt).toHaveAttribute("data-alarm", second!);
  await look(page, "alarm-storm");

  const csv = page.waitForEvent("download");
  await page.getByRole("button", { name: "导出" }).click();
  await page.getByRole("menuitem", { name: "导出 csv" }).click();
  const lines = (await readFile(await (await csv).path(), "utf8")).trim().split("\r\n");
  expect(lines.length).toBeGreaterThan(WAVES * IN_A_WAVE);

  await page.goto(`/console/#/alarms/${alarmId}`);
  await page.getByRole("button", { name: "查看回放" }).click();
  const moment = page.locator("[data-moment]");
  await expect(moment).toBeVisible(SHOWN);
  await expect(page.getByRole("img", { name: /^电流/ })).toBeVisible();
  const before = Number(await moment.getAttribute("data-moment"));
  await page.getByRole("button", { name: "播放" }).click();
  await expect.poll(async () => Number(await moment.getAttribute("data-moment"))).toBeGreaterThan(before);
  await page.getByRole("button", { name: "暂停" }).click();
  await look(page, "alarm-playback");
  // The next test begins with an empty desk.
  at.disturb({ isLoopCut: false });
  const condition = async () =>
    (await regulator.call(alarmRoutes.getAlarm, { params: { alarmId } })).condition;
  await expect.poll(condition, { timeout: 120_000 }).toBe("cleared");
  const now = new Date();
  await db
    .updateTable("alarms")
    .set({ handling: "closed", condition: "cleared", closed_at: now, cleared_at: now, due_at: null })
    .where((alarm) => alarm.or([alarm("subject_key", "like", "storm:%"), alarm("alarm_id", "=", alarmId)]))
    .execute();
});
