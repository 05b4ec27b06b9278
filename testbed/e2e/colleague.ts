import type { ApiClient } from "@hanyouxu/api";
import type { Browser } from "@playwright/test";
import { ConsolePages } from "./console-pages.ts";
import { newStaff, type StaffGrant } from "./new-staff.ts";
import { watchForProblems } from "./problems.ts";

/** A second person of the staff of a region, signed in at a desk of his own. */
export async function deskOfColleague(
  browser: Browser,
  baseURL: string,
  regulator: ApiClient,
  grant: StaffGrant,
): Promise<ConsolePages> {
  const { account } = await newStaff(baseURL, regulator, { ...grant, name: "演示值班员" });
  const context = await browser.newContext({ baseURL, viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  watchForProblems(page);
  const desk = new ConsolePages(page, "zh-CN");
  await desk.signIn(account);
  return desk;
}
