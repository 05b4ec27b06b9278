import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Wall, wallRoutes } from "@hanyouxu/api";
import { type System, startSystem } from "@hanyouxu/testbed";
import type { Browser, CDPSession, Page } from "@playwright/test";
import { openSoftwareBrowser, regulatorWithCookie, signedInContext } from "../software-browser.ts";
import { busierWall } from "./busier-wall.ts";

/** Right after the hour of the nightly reload: the next is a day away. */
const BEGINS_AT = "2026-11-24T03:00:30+08:00";

/** Its clock runs by itself until it is drawn, and stands still then but for the steps. */
const LOADING_MS = 120_000;
/** A wall of a third: what is drawn takes a processor's time and none of the page's heap. */
const VIEWPORT = { width: 640, height: 360 };
const FRAME_MS = 16;
const MOST_DRAWING_MS = 2_400;
const ANSWER_SHOWN = '[data-kpi="sessionsToday"] .wall-kpi-value .visually-hidden';

export interface Look {
  heapKib: number;
  nodes: number;
  listeners: number;
  /** Of the platform, so far. */
  answers: number;
}

/** A wall in a browser whose clock and figures are driven from here; everything else of it is the real page. */
export class OpenWall {
  readonly #system: System;
  readonly #dir: string;
  readonly #chromium: Browser;
  readonly #page: Page;
  readonly #inspector: CDPSession;
  #answers = 0;
  #nowMs = Date.parse(BEGINS_AT);
  /** Of the next step's time, what went by while the last answer was drawn. */
  #drawnMs = 0;

  private constructor(system: System, dir: string, browser: Browser, page: Page, inspector: CDPSession) {
    this.#system = system;
    this.#dir = dir;
    this.#chromium = browser;
    this.#page = page;
    this.#inspector = inspector;
  }

  static async open(): Promise<OpenWall> {
    const dir = mkdtempSync(join(tmpdir(), "hy-wall-"));
    const environment = { HY_LOG_LEVEL: "silent" };
    const system = await startSystem({ dir, mode: "embedded", online: 1, environment, onProblem: () => {} });
    const { api, cookie } = await regulatorWithCookie(system.url);
    const real = await api.call(wallRoutes.wall, { query: {} });
    const browser = await openSoftwareBrowser();
    const viewport = VIEWPORT;
    const context = await signedInContext(browser, { url: system.url, cookie, viewport });
    const page = await context.newPage();
    await page.clock.install({ time: new Date(BEGINS_AT) });
    const wall = new OpenWall(system, dir, browser, page, await context.newCDPSession(page));
    await wall.#answerFrom(real);
    await page.goto(`${system.url}/console/#/wall`);
    await page.locator(".wall-kpi").first().waitFor();
    await page.locator(".map-canvas[data-drawn]").waitFor();
    wall.#nowMs += LOADING_MS;
    await page.clock.pauseAt(wall.#nowMs);
    return wall;
  }

  get browser(): string {
    return `Chromium ${this.#chromium.version()}`;
  }

  async #answerFrom(real: Wall): Promise<void> {
    await this.#page.route("**/api/wall*", async (route) => {
      this.#answers++;
      await route.fulfill({ json: busierWall(real, this.#answers, this.#nowMs) });
    });
  }

  /** So much of the page's time passes, and figures that differ from the last are drawn. */
  async step(seconds: number): Promise<void> {
    const before = this.#answers;
    const answered = this.#page.waitForResponse("**/api/wall*");
    const restMs = seconds * 1_000 - this.#drawnMs;
    this.#nowMs += restMs;
    await this.#page.clock.fastForward(restMs);
    await (await answered).finished();
    this.#drawnMs = 0;
    while ((await this.#shownAnswer()) <= before) {
      if (this.#drawnMs >= MOST_DRAWING_MS) throw new Error(`no answer after the ${before}th was shown`);
      this.#nowMs += FRAME_MS;
      this.#drawnMs += FRAME_MS;
      await this.#page.clock.runFor(FRAME_MS);
    }
  }

  /** The number of the newest answer whose figures stand on the page: `busierWall` writes it into one of them. */
  async #shownAnswer(): Promise<number> {
    const shown = await this.#page.evaluate<string>(`document.querySelector('${ANSWER_SHOWN}').textContent`);
    return Number(shown.replaceAll(",", ""));
  }

  /** After everything that can be let go of is gone. */
  async measure(): Promise<Look> {
    for (let n = 0; n < 2; n++) await this.#inspector.send("HeapProfiler.collectGarbage");
    const { usedSize } = await this.#inspector.send("Runtime.getHeapUsage");
    const { nodes, jsEventListeners } = await this.#inspector.send("Memory.getDOMCounters");
    return {
      heapKib: Math.round(usedSize / 1_024),
      nodes,
      listeners: jsEventListeners,
      answers: this.#answers,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#chromium.close();
    await this.#system[Symbol.asyncDispose]();
    rmSync(this.#dir, { recursive: true, force: true });
  }
}
