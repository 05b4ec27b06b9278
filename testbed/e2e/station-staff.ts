import { type ApiClient, createApiClient, staffAccountRoutes } from "@hanyouxu/api";
import { currentTotp } from "@hanyouxu/server";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { watchForProblems } from "./problems.ts";

const PASSWORD = "演示密码-a long enough one";
const TOTP_STEP_MS = 30_000;

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
  const username = `station-${crypto.randomUUID()}`;
  const { token, personId } = await regulator.call(staffAccountRoutes.createStaff, {
    body: { username, name: "演示站员", role: "station-staff", region, department: null },
  });
  const stranger = createApiClient({ baseUrl: baseURL, fetch, language: () => "zh-CN" });
  const { totpUri } = await stranger.call(staffAccountRoutes.openInvitation, { body: { token } });
  const secret = new URL(totpUri).searchParams.get("secret")!;
  await stranger.call(staffAccountRoutes.acceptInvitation, {
    body: { token, password: PASSWORD, totp: currentTotp(secret, Date.now()) },
  });
  const context = await browser.newContext({
    baseURL,
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
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
  await page.getByLabel("用户名").fill(username);
  await page.getByLabel("密码").fill(PASSWORD);
  // The code that opened the account is used up; the platform takes the next one half a minute early.
  await page.getByLabel("动态口令").fill(currentTotp(secret, Date.now() + TOTP_STEP_MS));
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.waitForURL(/#\/station-calls$/);
  await page.close();
  return { context, personId, newPage };
}
