import type { Position } from "@hanyouxu/protocol";

/** Positions go to the platform at most so often. */
export const REPORT_EVERY_MS = 15_000;
/** An older position says nothing about now. */
const FRESH_MS = 20_000;

export interface WatchReporterPorts {
  nowMs(): number;
  /** Asks the phone for its place now; null when it does not know. */
  ask(): Promise<Position | null>;
  /** Must not throw: a report that was lost is followed by the next. */
  send(position: Position | null): Promise<void>;
}

/**
 * Tells the platform where the fire watch's phone is: what the phone hears of its place by itself, and where it hears
 * nothing (it lies still, or has no satellites) what it says when asked. Never an old place as a new one.
 */
export class WatchReporter {
  readonly #ports: WatchReporterPorts;
  #heard: { position: Position; atMs: number } | undefined;
  #reportedAtMs = Number.NEGATIVE_INFINITY;
  #isReporting = false;

  constructor(ports: WatchReporterPorts) {
    this.#ports = ports;
  }

  /** The phone has found its place; where a report is due it goes at once. */
  async hear(position: Position): Promise<void> {
    this.#heard = { position, atMs: this.#ports.nowMs() };
    await this.tick();
  }

  /** To be called every second or so. */
  async tick(): Promise<void> {
    if (this.#ports.nowMs() - this.#reportedAtMs >= REPORT_EVERY_MS) await this.reportNow();
  }

  /** Reports whatever the clock says: the person has answered a question. */
  async reportNow(): Promise<void> {
    if (this.#isReporting) return;
    this.#isReporting = true;
    const askedAtMs = this.#ports.nowMs();
    const isFresh = this.#heard !== undefined && askedAtMs - this.#heard.atMs < FRESH_MS;
    const position = isFresh ? this.#heard!.position : await this.#ports.ask();
    this.#reportedAtMs = this.#ports.nowMs();
    await this.#ports.send(position);
    this.#isReporting = false;
  }
}
