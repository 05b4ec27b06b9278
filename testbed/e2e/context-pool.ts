import type { Browser, BrowserContext, Page } from "@playwright/test";
import { PHONE_SCREEN } from "./phone-screen.ts";
import { watchForProblems } from "./problems.ts";

export const DESK_SCREEN = { width: 1366, height: 768 };

export type Language = "zh-CN" | "en";
export type StorageState = Awaited<ReturnType<BrowserContext["storageState"]>>;

/** Somebody's phone or desk, as a browser context is told of it. */
export interface Device {
  screen: "phone" | { width: number; height: number };
  language: Language;
  /** What may be used without asking. */
  permissions?: readonly ("camera" | "geolocation")[];
  /** Where it is; absent: it does not know. */
  place?: { latitudeDegrees: number; longitudeDegrees: number; accuracyMetres: number } | null;
  /** Who is signed in, and what it keeps; absent: a new one. */
  state?: StorageState | undefined;
  /** Keeps its pages for when there is no network. */
  keepsPages?: boolean;
}

/** More than are in use at a time by any test but few. */
const KEPT_OF_A_KIND = 4;
/** Costs nothing, and is of the same origin as the pages. */
const IDLE_PAGE = "/icons/icon.svg";

/**
 * Devices that were used before, emptied: a page in a new one compiles all its scripts again, which takes twice the time
 * of loading it. One idle page a device keeps its process, and what that has compiled, alive.
 */
export class ContextPool {
  readonly #browser: Browser;
  readonly #baseURL: string;
  readonly #free = new Map<string, BrowserContext[]>();
  readonly #idlePages = new WeakMap<BrowserContext, Page>();
  readonly #kinds = new WeakMap<BrowserContext, string>();

  constructor(browser: Browser, baseURL: string) {
    this.#browser = browser;
    this.#baseURL = baseURL;
  }

  async take(device: Device): Promise<BrowserContext> {
    const { screen, language, keepsPages = false, permissions = [], place, state } = device;
    const kind = JSON.stringify([screen, language, keepsPages]);
    const context = this.#free.get(kind)?.pop() ?? (await this.#make(kind, device));
    await context.grantPermissions([...permissions]);
    await context.setGeolocation(
      place
        ? {
            latitude: place.latitudeDegrees,
            longitude: place.longitudeDegrees,
            accuracy: place.accuracyMetres,
          }
        : null,
    );
    if (state) {
      await context.addCookies(state.cookies);
      for (const { localStorage } of state.origins)
        await this.#idlePages
          .get(context)!
          .evaluate(`for (const { name, value } of ${JSON.stringify(localStorage)})
          localStorage.setItem(name, value)`);
    }
    return context;
  }

  async #make(kind: string, { screen, language, keepsPages }: Device): Promise<BrowserContext> {
    const context = await this.#browser.newContext({
      ...(screen === "phone" ? PHONE_SCREEN : { viewport: screen }),
      baseURL: this.#baseURL,
      serviceWorkers: keepsPages ? "allow" : "block",
    });
    await context.addInitScript((chosen) => localStorage.setItem("hanyouxu.language", chosen), language);
    const idlePage = await context.newPage();
    await idlePage.goto(IDLE_PAGE);
    this.#idlePages.set(context, idlePage);
    this.#kinds.set(context, kind);
    return context;
  }

  /** Empties a device for who takes it next. After a test that failed it is closed: what it shows is kept as a picture. */
  async giveBack(context: BrowserContext, { hasFailed }: { hasFailed: boolean }): Promise<void> {
    const idlePage = this.#idlePages.get(context)!;
    const isGone = idlePage.isClosed();
    const kind = this.#kinds.get(context)!;
    const free = this.#free.get(kind) ?? [];
    if (isGone || hasFailed || free.length >= KEPT_OF_A_KIND) {
      await idlePage.close();
      await context.close();
      return;
    }
    for (const page of context.pages()) if (page !== idlePage) await page.close();
    await context.setOffline(false);
    await context.unrouteAll();
    await context.clearPermissions();
    const session = await context.newCDPSession(idlePage);
    const { origin } = new URL(this.#baseURL);
    await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
    await session.detach();
    await context.clearCookies();
    this.#free.set(kind, [...free, context]);
  }
}

/** A page that is watched for what it should never do. */
export async function newPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  watchForProblems(page);
  return page;
}
