import { type ApiClient, signInRoutes } from "@hanyouxu/api";
import { demoRegulator } from "@hanyouxu/testbed";
import { type Browser, type BrowserContext, chromium } from "@playwright/test";

/** WebGL without a graphics card. */
const FLAGS = [
  "--no-sandbox",
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
];

export async function openSoftwareBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: process.env.HY_CHROMIUM ?? "/usr/bin/chromium",
    args: FLAGS,
  });
}

/** The demonstration's regulator with the cookie of the sign-in. */
export async function regulatorWithCookie(url: string): Promise<{ api: ApiClient; cookie: string }> {
  let cookie = "";
  const api = await demoRegulator(url, (input, init) => {
    cookie = new Headers(init?.headers).get("cookie") ?? cookie;
    return fetch(input, init);
  });
  await api.call(signInRoutes.me, {});
  return { api, cookie };
}

/** Pages that are signed in by a cookie. */
export async function signedInContext(
  browser: Browser,
  { url, cookie, viewport }: { url: string; cookie: string; viewport: { width: number; height: number } },
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport });
  await context.addCookies(
    cookie.split("; ").map((pair) => {
      const [name = "", value = ""] = pair.split("=");
      return { name, value, url };
    }),
  );
  return context;
}
