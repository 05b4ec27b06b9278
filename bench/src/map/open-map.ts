import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MachineRecord } from "@hanyouxu/server/live-map";
import { type System, startSystem } from "@hanyouxu/testbed";
import { regulatorWithCookie, signedInProfile } from "../software-browser.ts";
import { ClusteringPage } from "./clustering-page.ts";
import { CountedWire } from "./counted-wire.ts";
import { type Moments, type Painted, WatchedPage } from "./watched-page.ts";

/** Notes when the map came to rest with machines on it, when with names of places too, and when as fine as the screen. */
const OBSERVER = `
new MutationObserver((changes) => {
  for (const { attributeName } of changes) window[attributeName] ??= performance.now();
}).observe(document, {
  subtree: true, attributes: true, attributeFilter: ["data-machines", "data-names", "data-idle"],
});`;
const momentOf = (attribute: string) => `window["${attribute}"] ?? null`;
const OURS: Moments = {
  paintedAt: momentOf("data-machines"),
  namedAt: momentOf("data-names"),
  fineAt: momentOf("data-idle"),
};
/** It has no names, and draws all points at once. */
const PEER_PAINTED_AT = "window.paintedAtMs ?? null";
const PEERS: Moments = { paintedAt: PEER_PAINTED_AT, namedAt: PEER_PAINTED_AT, fineAt: PEER_PAINTED_AT };
/** Of one core, in looks that follow one another. */
const CALM_SHARE = 0.15;
const CALM_LOOKS = 5;
const LOOK_MS = 1_000;
const MOST_CALMING_MS = 180_000;

/**
 * The platform's own first minutes – the demonstration's past, first sweeps – are over: it shares the cores with the browser.
 * @returns whether they were over in time
 */
async function calmedDown(): Promise<boolean> {
  const deadlineMs = performance.now() + MOST_CALMING_MS;
  let calmLooks = 0;
  while (calmLooks < CALM_LOOKS && performance.now() < deadlineMs) {
    const before = process.cpuUsage();
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const { user, system } = process.cpuUsage(before);
    calmLooks = (user + system) / 1_000 < CALM_SHARE * LOOK_MS ? calmLooks + 1 : 0;
  }
  return calmLooks === CALM_LOOKS;
}

export interface Side {
  /** The program comes over the network for the first time. */
  cold: Painted;
  /** Opened again by who was here before. */
  warm: Painted[];
  panFps: number;
  browser: string;
}

/** The real console over a simulated province, and beside it a page that clusters the same machines by itself. */
export class OpenMap {
  readonly #system: System;
  readonly #dir: string;
  readonly #peer: ClusteringPage;
  readonly #cookie: string;
  /** Whether the platform had come to rest before anything was measured. */
  readonly isCalm: boolean;

  private constructor(
    system: System,
    dir: string,
    peer: ClusteringPage,
    { cookie, isCalm }: { cookie: string; isCalm: boolean },
  ) {
    this.#system = system;
    this.#dir = dir;
    this.#peer = peer;
    this.#cookie = cookie;
    this.isCalm = isCalm;
  }

  static async open(machines: readonly MachineRecord[]): Promise<OpenMap> {
    const dir = mkdtempSync(join(tmpdir(), "hy-map-"));
    const environment = { HY_LOG_LEVEL: "silent" };
    const system = await startSystem({ dir, mode: "embedded", online: 0, environment, onProblem: () => {} });
    const { ctx, picture } = system.app!;
    const { cookie } = await regulatorWithCookie(system.url);
    // From now on who has signed in looks at a province, not at the demonstration's county.
    await ctx.db
      .updateTable("role_grants")
      .set({ role: "operator", region_code: null, department_key: null })
      .where("role", "=", "regulator")
      .execute();
    for (const machine of machines) picture.columns.put(machine);
    const isCalm = await calmedDown();
    return new OpenMap(system, dir, await ClusteringPage.open(machines), { cookie, isCalm });
  }

  async measureOurs(loads: number): Promise<Side> {
    return await this.#measure(loads, this.#system.url, "/console/", "ours", OURS);
  }

  async measurePeer(loads: number): Promise<Side> {
    return await this.#measure(loads, this.#peer.url, "/", "peer", PEERS);
  }

  async #measure(loads: number, server: string, path: string, name: string, moments: Moments): Promise<Side> {
    const wire = await CountedWire.to(server);
    const viewport = { width: 1280, height: 720 };
    const profile = join(this.#dir, `browser-${name}`);
    const context = await signedInProfile(profile, { url: wire.url, cookie: this.#cookie, viewport });
    const page = await WatchedPage.open(context, wire);
    await page.observe(OBSERVER);
    const load = () => page.load(`${wire.url}${path}`, moments);
    const cold = await load();
    const warm: Painted[] = [];
    for (let n = 0; n < loads; n++) warm.push(await load());
    const panFps = await page.panFps();
    const folder = process.env.HY_LOOK;
    if (folder) await page.screenshot(join(folder, `bench-map-${name}.png`));
    const browser = `Chromium ${context.browser()?.version()}`;
    await context.close();
    wire.close();
    return { cold, warm, panFps, browser };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#peer.close();
    await this.#system[Symbol.asyncDispose]();
    rmSync(this.#dir, { recursive: true, force: true });
  }
}
