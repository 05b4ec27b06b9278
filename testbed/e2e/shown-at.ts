import type { Page } from "@playwright/test";

/** Notes, from now on, when each alarm first stands in the desk's list, by the clock that the platform has too. */
export async function watchRows(page: Page): Promise<(alarmId: string) => Promise<number | undefined>> {
  await page.evaluate(`
    window.shownAtMs = new Map();
    const note = () => {
      for (const row of document.querySelectorAll(".alarm-row")) {
        if (!shownAtMs.has(row.dataset.alarm)) shownAtMs.set(row.dataset.alarm, Date.now());
      }
    };
    note();
    new MutationObserver(note).observe(document.body, { childList: true, subtree: true });
  `);
  return async (alarmId) =>
    (await page.evaluate<number | null>(`shownAtMs.get(${JSON.stringify(alarmId)}) ?? null`)) ?? undefined;
}
