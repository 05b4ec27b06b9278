import type { ApiClient } from "@hanyouxu/api";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { newStaff } from "./new-staff.ts";
import { PHONE_SCREEN } from "./phone-screen.ts";
import { watchForProblems } from "./problems.ts";

/** Somebody of the fire station, with a phone at a place. */
export interface StationStaff {
  context: BrowserContext;
  personId: string;
  /** Another page of the same phone: one that was closed is gone, what the phone keeps is there. */
  newPage(): Promise<Page>;
}

/** Invites somebody of the fire station of a region and signs him in on a phone of his own. */
export async function stationStaff(
  browser: Browser,
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
  const context = await browser.newContext({
    baseURL,
    ...PHONE_SCREEN,
    // Alarms are answered where there is no signal.
    serviceWorkers: "allow",
    permissions: ["camera", "geolocation"],
    geolocation: { latitude: place.latitudeDegrees, longitude: place.longitudeDegrees, accuracy: 8 },
  });
  await context.addInitScript(() => localStorage.setItem("hanyouxu.language", "zh-CN"));
  const newPage = async () => {
    const page = await context.newPage();
    watchForProblems(page);
    return page;
  };
  const page = await newPage();
  await page.goto("/m/#/sign-in/staff");
  await page.getByLabel("用户名").fill(account.username);
  await page.getByLabel("密码").fill(account.password);
  await page.getByLabel("动态口令").fill(account.totp);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.waitForURL(/#\/station-calls$/);
  await page.close();
  return { context, personId, newPage };
}
