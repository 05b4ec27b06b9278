import type { BrowserContext, CDPSession, Page } from "@playwright/test";

/** What a page is looked at for. */
export interface Painted {
  /** From the beginning of the navigation until its machines are on the map and nothing is left to draw. */
  paintMs: number;
  /** On the wire, of everything but the program: answers, tiles, outlines, frames of sockets. */
  dataBytes: number;
  programBytes: number;
}

const PROGRAM = new Set(["Document", "Script", "Stylesheet", "Font"]);
const PAINT_TIMEOUT_MS = 120_000;
const PAN_MS = 4_000;
/** A hand's circle. */
const PAN_RADIUS = 160;
const ROUND_MS = 2_000;

/** A page with a map that is loaded and panned, and whose bytes are counted. */
export class WatchedPage {
  readonly #page: Page;
  readonly #inspector: CDPSession;
  #bytes = { data: 0, program: 0 };

  private constructor(page: Page, inspector: CDPSession) {
    this.#page = page;
    this.#inspector = inspector;
  }

  static async open(context: BrowserContext): Promise<WatchedPage> {
    const page = await context.newPage();
    const watched = new WatchedPage(page, await context.newCDPSession(page));
    await watched.#countBytes();
    return watched;
  }

  async #countBytes(): Promise<void> {
    const kinds = new Map<string, string>();
    await this.#inspector.send("Network.enable");
    this.#inspector.on("Network.responseReceived", ({ requestId, type }) => void kinds.set(requestId, type));
    this.#inspector.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      this.#bytes[PROGRAM.has(kinds.get(requestId) ?? "") ? "program" : "data"] += encodedDataLength;
    });
    // A frame of bytes is told in base64.
    this.#inspector.on("Network.webSocketFrameReceived", ({ response }) => {
      this.#bytes.data +=
        response.opcode === 2 ? (response.payloadData.length * 3) / 4 : response.payloadData.length;
    });
  }

  /** @param paintedAt a script whose value is when the machines were painted, in ms of the page's clock, or null */
  async load(url: string, paintedAt: string): Promise<Painted> {
    this.#bytes = { data: 0, program: 0 };
    await this.#page.goto("about:blank");
    await this.#page.goto(url, { waitUntil: "commit" });
    const deadlineMs = performance.now() + PAINT_TIMEOUT_MS;
    for (;;) {
      const paintMs = await this.#page.evaluate<number | null>(paintedAt);
      if (paintMs !== null)
        return { paintMs, dataBytes: this.#bytes.data, programBytes: this.#bytes.program };
      if (performance.now() > deadlineMs) throw new Error(`nothing was painted at ${url}`);
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

  async close(): Promise<void> {
    await this.#page.close();
  }
}
