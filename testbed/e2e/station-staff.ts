import type { ApiClient } from "@hanyouxu/api";
import type { BrowserContext, Page } from "@playwright/test";
import { newPage } from "./context-pool.ts";
import type { DeviceOf } from "./fixtures.ts";
import { newStaff } from "./new-staff.ts";

/** Somebody of the fire station, with a phone at a place. */
export interface StationStaff {
  context: BrowserContext;
  personId: string;
  /** Another page of the same phone: one that was closed is gone, what the phone keeps is there. */
  newPage(): Promise<Page>;
}

/** Invites somebody of the fire station of a region and signs him in on a phone of his own. */
export async function stationStaff(
  deviceOf: DeviceOf,
  baseURL: string,
  regulator: ApiClient,
  region: string,
  place: { latitudeDegrees: number; longitudeDegrees: number },
): Promise<StationStaff> {
  const { personId, account } = await newStaff(baseURL, regulator, {
    role: "station-staff",
    region,
    name: "演示站员",
  });
  const context = await deviceOf({
    screen: "phone",
    language: "zh-CN",
    // Alarms are answered where there is no signal.
    keepsPages: true,
    permissions: ["camera", "geolocation"],
    place: { ...place, accuracyMetres: 8 },
  });
  const page = await newPage(context);
  await page.goto("/m/#/sign-in/staff");
  await page.getByLabel("用户名").fill(account.username);
  await page.getByLabel("密码").fill(account.password);
  await page.getByLabel("动态口令").fill(account.totp);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.waitForURL(/#\/station-calls$/);
  await page.close();
  return { context, personId, newPage: () => newPage(context) };
}
