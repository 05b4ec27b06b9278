import { type ApiClient, staffAccountRoutes } from "@hanyouxu/api";
import { currentTotp } from "@hanyouxu/server";
import type { Browser } from "@playwright/test";
import { ConsolePages } from "./console-pages.ts";
import { watchForProblems } from "./problems.ts";

const PASSWORD = "演示密码-a long enough one";

interface Colleague {
  role: "regulator" | "station-staff";
  region: string;
  baseURL: string;
}

/** A second person of the staff: invited and accepted by the API, signed in at a desk of his own. */
export async function deskOfColleague(
  browser: Browser,
  api: ApiClient,
  who: Colleague,
): Promise<ConsolePages> {
  const { role, region, baseURL } = who;
  const username = `colleague-${Date.now()}`;
  const { token } = await api.call(staffAccountRoutes.createStaff, {
    body: { username, name: "演示值班员", role, region, department: null },
  });
  const { totpUri } = await api.call(staffAccountRoutes.openInvitation, { body: { token } });
  const secret = new URL(totpUri).searchParams.get("secret")!;
  await api.call(staffAccountRoutes.acceptInvitation, {
    body: { token, password: PASSWORD, totp: currentTotp(secret, Date.now()) },
  });
  const context = await browser.newContext({ baseURL, viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  watchForProblems(page);
  const desk = new ConsolePages(page, "zh-CN");
  // The code that opened the account is used up; the platform takes the next one half a minute early.
  await desk.signIn({ username, password: PASSWORD, totp: currentTotp(secret, Date.now() + 30_000) });
  return desk;
}
