import type { BrowserContext, Page } from "@playwright/test";
import type { CountedWire } from "./counted-wire.ts";

/** What a page is looked at for. */
export interface Painted {
  /** From the beginning of the navigation until its machines are on the map and nothing is left to draw. */
  paintMs: number;
  /** Until the names of places stand there too, which come last. */
  namedMs: number;
  /** Until the picture has all points that the screen has. */
  fineMs: number;
  /** On the wire to the page until it was painted, with heads: documents, tiles, outlines, frames of sockets, and the program where it is new. */
  bytes: number;
}

const PAINT_TIMEOUT_MS = 60_000;
const PAN_MS = 4_000;
/** A hand's circle. */
const PAN_RADIUS = 160;
const ROUND_MS = 2_000;

/** Scripts whose values are when something was so, in ms of the page's clock, or null. */
export interface Moments {
  paintedAt: string;
  namedAt: string;
  fineAt: string;
}

/** A page with a map that is loaded and panned, and whose bytes are counted. */
export class WatchedPage {
  readonly #page: Page;
  readonly #wire: CountedWire;

  private constructor(page: Page, wire: CountedWire) {
    this.#page = page;
    this.#wire = wire;
  }

  static async open(context: BrowserContext, wire: CountedWire): Promise<WatchedPage> {
    return new WatchedPage(await context.newPage(), wire);
  }

  async load(url: string, { paintedAt, namedAt, fineAt }: Moments): Promise<Painted> {
    await this.#page.goto("about:blank");
    this.#wire.forget();
    await this.#page.goto(url, { waitUntil: "commit" });
    const paintMs = await this.#timeOf(paintedAt);
    const { bytes } = this.#wire;
    return { paintMs, namedMs: await this.#timeOf(namedAt), fineMs: await this.#timeOf(fineAt), bytes };
  }

  async #timeOf(script: string): Promise<number> {
    const deadlineMs = performance.now() + PAINT_TIMEOUT_MS;
    for (;;) {
      const atMs = await this.#page.evaluate<number | null>(script);
      if (atMs !== null) return atMs;
      if (performance.now() > deadlineMs) {
        const shown = await this.#page.evaluate<string>("document.body.innerText.slice(0, 400)");
        throw new Error(`nothing was painted at ${this.#page.url()}, which says: ${shown}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async observe(script: string): Promise<void> {
    await this.#page.addInitScript({ content: script });
  }

  /** Frames a second that the page gets to draw while a hand drags the map in circles. */
  async panFps(): Promise<number> {
    const { width, height } = this.#page.viewportSize()!;
    const [x, y] = [width / 2, height / 2];
    const { mouse } = this.#page;
    await mouse.move(x + PAN_RADIUS, y);
    await mouse.down();
    await this.#page.evaluate(
      "window.panFrames = 0; (function count() { window.panFrames++; requestAnimationFrame(count); })()",
    );
    const beganMs = performance.now();
    for (let spentMs = 0; spentMs < PAN_MS; spentMs = performance.now() - beganMs) {
      const angle = (2 * Math.PI * spentMs) / ROUND_MS;
      await mouse.move(x + PAN_RADIUS * Math.cos(angle), y + PAN_RADIUS * Math.sin(angle));
    }
    const frames = await this.#page.evaluate<number>("window.panFrames");
    const spentMs = performance.now() - beganMs;
    await mouse.up();
    return (frames / spentMs) * 1_000;
  }

  async screenshot(path: string): Promise<void> {
    await this.#page.screenshot({ path });
  }
}
