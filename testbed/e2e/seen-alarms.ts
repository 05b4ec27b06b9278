import { type AlarmSummary, type ApiClient, alarmRoutes } from "@hanyouxu/api";
import type { Page } from "@playwright/test";
import { expect } from "./fixtures.ts";

interface Seen {
  alarmId: string;
  kind: string;
  /** By the browser's clock, which is the platform's: both run on one computer. */
  atMs: number;
}

/** Notes from now on when each row of the desk's list has come, whatever goes again. */
export async function watchAlarms(page: Page): Promise<void> {
  await page.evaluate(`
    window.seenAlarms = new Map();
    const look = () => {
      for (const { dataset } of document.querySelectorAll(".alarm-row[data-alarm]")) {
        if (!seenAlarms.has(dataset.alarm)) {
          seenAlarms.set(dataset.alarm, { alarmId: dataset.alarm, kind: dataset.kind, atMs: Date.now() });
        }
      }
    };
    look();
    for (const alarmId of seenAlarms.keys()) seenAlarms.get(alarmId).atMs = 0;
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  `);
}

/**
 * Waits until the desk has shown an alarm of a kind about a machine, or a welder.
 * @returns the alarm and how long it took to the page, in milliseconds
 */
export async function shownAlarm(
  page: Page,
  regulator: ApiClient,
  kind: AlarmSummary["kind"],
  about: { machineId?: string; welderId?: string },
  timeoutMs: number,
): Promise<{ alarmId: string; tookMs: number }> {
  let found: { alarmId: string; tookMs: number } | undefined;
  await expect
    .poll(
      async () => {
        found = await find(page, regulator, kind, about);
        return found?.alarmId;
      },
      { timeout: timeoutMs, intervals: [250], message: `${kind} on the desk` },
    )
    .toBeDefined();
  return found!;
}

async function find(
  page: Page,
  regulator: ApiClient,
  kind: AlarmSummary["kind"],
  { machineId, welderId }: { machineId?: string; welderId?: string },
): Promise<{ alarmId: string; tookMs: number } | undefined> {
  const seen = await page.evaluate<Seen[]>("[...seenAlarms.values()].filter(({ atMs }) => atMs > 0)");
  for (const { alarmId, atMs } of seen.filter((one) => one.kind === kind)) {
    const alarm = await regulator.call(alarmRoutes.getAlarm, { params: { alarmId } });
    const isIt = machineId === undefined || alarm.machineId === machineId;
    if (isIt && (welderId === undefined || alarm.welder?.welderId === welderId)) {
      return { alarmId, tookMs: atMs - Date.parse(alarm.raisedAt) };
    }
  }
  return undefined;
}
