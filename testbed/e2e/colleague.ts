import type { ApiClient } from "@hanyouxu/api";
import { ConsolePages } from "./console-pages.ts";
import { DESK_SCREEN, newPage } from "./context-pool.ts";
import type { DeviceOf } from "./fixtures.ts";
import { newStaff, type StaffGrant } from "./new-staff.ts";

/** A second person of the staff of a region, signed in at a desk of his own. */
export async function deskOfColleague(
  deviceOf: DeviceOf,
  baseURL: string,
  regulator: ApiClient,
  grant: StaffGrant,
): Promise<ConsolePages> {
  const { account } = await newStaff(baseURL, regulator, { ...grant, name: "演示值班员" });
  const context = await deviceOf({ screen: DESK_SCREEN, language: "zh-CN" });
  const desk = new ConsolePages(await newPage(context), "zh-CN");
  await desk.signIn(account);
  return desk;
}
