import { type AlarmSummary, type ApiClient, alarmRoutes } from "@hanyouxu/api";
import type { Page } from "@playwright/test";
import type { System } from "../src/index.ts";
import { expect, test } from "./fixtures.ts";
import { look } from "./look.ts";
import { watchRows } from "./shown-at.ts";
import type { StationStaff } from "./station-staff.ts";

export type Kind = AlarmSummary["kind"];

/** A second from the platform's knowing to the desk's showing; asserted with HY_TIMED=1, on a machine that is quiet. */
const SHOWN_WITHIN_MS = 1_000;
const isTimed = process.env.HY_TIMED === "1";
/** A chip at rest reports once a minute; of a chip at work two minutes' silence are an alarm. */
const PHYSICS = { timeout: 200_000 };
/** By people's scans and starts; nothing shows that they are over but that they do not come again. */
const NOT_AGAIN: readonly Kind[] = [
  "certificate-expired",
  "far-scan",
  "repeated-refusals",
  "forged-codes",
  "clock-stepped",
  "two-places",
];
const HOURS_MS = 2 * 3_600_000;

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** The desk's open list of alarms. Follows one alarm of each kind, raised from now on, to its end. */
export interface AlarmDesk {
  /** The kinds that were shown, in that order. */
  readonly shown: readonly Kind[];
  /** Waits for it, on the platform and then in the list; prints how long the list took. */
  expectShown(kind: Kind, machineId?: string): Promise<void>;
  /** Dispatches those to somebody of the station, who goes there with the phone. */
  handle(kinds: readonly Kind[], staff: StationStaff): Promise<void>;
  /** Waits until they are cleared, verifies and closes them, and sees them gone from the list. */
  close(kinds: readonly Kind[]): Promise<void>;
}

/** @param page of a regulator who is signed in */
export async function openAlarmDesk(page: Page, { app }: System, regulator: ApiClient): Promise<AlarmDesk> {
  const { db } = app!.ctx;
  const since = Date.now();
  const found = new Map<Kind, string>();
  await page.goto("/console/#/alarms");
  await expect(page.locator('[data-watching="true"]')).toBeAttached();
  // The desk stands open: its first list has come.
  await expect(page.locator(".alarm-row").or(page.getByText("没有符合条件的预警")).first()).toBeVisible();
  const shownAtMs = await watchRows(page);

  async function find(kind: Kind, machineId: string | undefined): Promise<AlarmSummary | undefined> {
    const query = { kind, isOpen: "true", ...(machineId ? { machineId } : {}) };
    const { items } = await regulator.call(alarmRoutes.listAlarms, { query });
    return items.find(({ raisedAt }) => Date.parse(raisedAt) >= since);
  }

  const detailOf = async (alarmId: string) =>
    await regulator.call(alarmRoutes.getAlarm, { params: { alarmId } });

  /** When the chip's event reached the platform; of what a sweep finds out, when it has. */
  async function knownAt({ alarmId, raisedAt }: AlarmSummary): Promise<number> {
    const { evidence } = await detailOf(alarmId);
    const [chipId, boot, seq] = evidence.find(({ kind }) => kind === "chip-event")?.id.split("/") ?? [];
    if (chipId === undefined || boot === undefined || seq === undefined) return Date.parse(raisedAt);
    const { received_at } = await db
      .selectFrom("chip_events")
      .select("received_at")
      .where("chip_id", "=", chipId as never)
      .where("boot", "=", Number(boot))
      .where("seq", "=", Number(seq))
      .executeTakeFirstOrThrow();
    return received_at.getTime();
  }

  /** As if it had not come again for hours. */
  async function passHours(alarmId: string): Promise<void> {
    const hoursAgo = new Date(Date.now() - HOURS_MS);
    await db
      .updateTable("alarms")
      .set({ last_raised_at: hoursAgo })
      .where("alarm_id", "=", alarmId)
      .execute();
  }

  async function close(kind: Kind): Promise<void> {
    const alarmId = found.get(kind)!;
    const params = { alarmId };
    if (NOT_AGAIN.includes(kind)) await passHours(alarmId);
    // Only the inspection ends some.
    const isInspected = (await detailOf(alarmId)).rule.clearing === "inspection";
    if (!isInspected) {
      await expect.poll(async () => (await detailOf(alarmId)).condition, PHYSICS).toBe("cleared");
    }
    // A notice closes by itself when it is cleared; the others are verified and closed by people.
    if ((await detailOf(alarmId)).severity !== "notice") {
      await regulator.call(alarmRoutes.verifyAlarm, { params, body: {} });
      await regulator.call(alarmRoutes.closeAlarm, { params, body: {} });
    }
    expect([kind, (await detailOf(alarmId)).handling]).toEqual([kind, "closed"]);
    await expect(page.locator(`.alarm-row[data-alarm="${alarmId}"]`)).toHaveCount(0);
  }

  return {
    get shown() {
      return [...found.keys()];
    },
    async expectShown(kind, machineId) {
      await expect.poll(async () => await find(kind, machineId), { ...PHYSICS, message: kind }).toBeDefined();
      const alarm = (await find(kind, machineId))!;
      found.set(kind, alarm.alarmId);
      await expect.poll(() => shownAtMs(alarm.alarmId), { message: kind }).toBeDefined();
      const tookMs = (await shownAtMs(alarm.alarmId))! - (await knownAt(alarm));
      test.info().annotations.push({ type: `${kind}, ms`, description: String(tookMs) });
      process.stdout.write(`shown: ${kind} ${tookMs} ms\n`);
      if (isTimed) expect.soft(tookMs, kind).toBeLessThan(SHOWN_WITHIN_MS);
    },
    async handle(kinds, { personId, newPage }) {
      const phone = await newPage();
      for (const kind of kinds) {
        await test.step(`${kind} on the phone`, async () => {
          const params = { alarmId: found.get(kind)! };
          await regulator.call(alarmRoutes.acknowledgeAlarm, { params, body: {} });
          await regulator.call(alarmRoutes.dispatchAlarm, { params, body: { department: null, personId } });
          await handleOnPhone(phone, params.alarmId);
          await look(phone, `phone-alarm-${kind}`);
        });
      }
      await phone.close();
    },
    async close(kinds) {
      for (const kind of kinds) await test.step(`${kind} closed`, () => close(kind));
    },
  };
}

/** Goes there with the phone, looks, and says what was found and done. */
async function handleOnPhone(page: Page, alarmId: string): Promise<void> {
  await page.goto(`/m/#/alarms/${alarmId}`);
  await button(page, "接单，前往现场").click();
  await expect(page.locator('[data-handling="accepted"]')).toBeVisible();
  await button(page, "已到场").click();
  await expect(page.locator('[data-handling="on-site"]')).toBeVisible();
  const checks = page.locator(".alarm-check");
  expect(await checks.count()).toBeGreaterThan(0);
  await checks.first().click();
  await page.getByLabel("现场情况").fill("演示：已到现场查看");
  await page.getByLabel("采取的措施").fill("演示：已排除");
  await button(page, "提交处置结果（0 张照片）").click();
  await expect(page.locator('[data-handling="handled"]')).toBeVisible();
}
