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
const LAUNCH = { executablePath: process.env.HY_CHROMIUM ?? "/usr/bin/chromium", args: FLAGS };

export async function openSoftwareBrowser(): Promise<Browser> {
  return await chromium.launch(LAUNCH);
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

interface SignedIn {
  url: string;
  cookie: string;
  viewport: { width: number; height: number };
}

/** Pages that are signed in by a cookie. */
export async function signedInContext(
  browser: Browser,
  { url, cookie, viewport }: SignedIn,
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport });
  await context.addCookies(cookiesOf(cookie, url));
  return context;
}

/**
 * The same in a browser of its own that keeps a profile on disk, as people have: it keeps a program's compiled code too,
 * once the program was loaded a few times.
 */
export async function signedInProfile(
  dir: string,
  { url, cookie, viewport }: SignedIn,
): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(dir, { ...LAUNCH, viewport });
  await context.addCookies(cookiesOf(cookie, url));
  return context;
}

function cookiesOf(cookie: string, url: string) {
  return cookie.split("; ").map((pair) => {
    const [name = "", value = ""] = pair.split("=");
    return { name, value, url };
  });
}
