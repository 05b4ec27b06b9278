import type { ChipId, Clock } from "@hanyouxu/protocol";
import type { CountBrokerEvent, UplinkMessage } from "./broker.ts";
import type { TokenBucket } from "./token-bucket.ts";

export interface UplinkLanesOptions {
  consume: (message: UplinkMessage) => Promise<void>;
  clock: Clock;
  count: CountBrokerEvent;
  /** How many messages the consumer may hold at once, over all chips. */
  maxInFlight: number;
  /** How often a failing message is tried before it is given up (it stays unacknowledged). */
  maxAttempts: number;
  random: () => number;
}

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;

/** One lane a chip: its messages reach the consumer in order and one at a time; the lanes run in parallel. */
export class UplinkLanes {
  readonly #options: UplinkLanesOptions;
  readonly #tails = new Map<ChipId, Promise<unknown>>();
  readonly #waitingForSlot: (() => void)[] = [];
  readonly #pausing = new Set<() => void>();
  #inFlight = 0;
  #queued = 0;
  #stopped = false;

  constructor(options: UplinkLanesOptions) {
    this.#options = options;
  }

  /** Messages taken and not yet consumed or given up. */
  get queued(): number {
    return this.#queued;
  }

  /**
   * @param isWanted asked before every attempt; false when nobody waits for the acknowledgement any more.
   * @param pace slows this chip down to its rate by delaying its acknowledgements.
   * @returns true when consumed, false when given up: then the message must not be acknowledged.
   */
  push(message: UplinkMessage, isWanted: () => boolean, pace?: TokenBucket): Promise<boolean> {
    const { chipId } = message;
    this.#queued += 1;
    const before = this.#tails.get(chipId);
    const deliver = () => this.#deliver(message, isWanted, pace);
    const done = before ? before.then(deliver) : deliver();
    this.#tails.set(chipId, done);
    return done.finally(() => {
      this.#queued -= 1;
      if (this.#tails.get(chipId) === done) this.#tails.delete(chipId);
    });
  }

  /** Ends all waiting; resolves when the consumer has finished what it holds. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const wake of this.#pausing) wake();
    await Promise.all(this.#tails.values());
  }

  async #deliver(message: UplinkMessage, isWanted: () => boolean, pace?: TokenBucket): Promise<boolean> {
    const { consume, count, maxAttempts } = this.#options;
    const paceMs = pace?.takeAfterMs() ?? 0;
    if (paceMs > 0) await this.#pause(paceMs);
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      if (attempt > 0) await this.#pause(this.#retryDelayMs(attempt));
      if (this.#inFlight >= this.#options.maxInFlight) await this.#slot();
      else this.#inFlight += 1;
      try {
        if (this.#stopped || !isWanted()) break;
        await consume(message);
        count("consumed");
        return true;
      } catch {
        // The consumer's supervisor has logged it; what matters here is that it is not acknowledged.
        count("consumer-failed");
      } finally {
        this.#releaseSlot();
      }
    }
    count("abandoned");
    return false;
  }

  #slot(): Promise<void> {
    return new Promise((resolve) => this.#waitingForSlot.push(resolve));
  }

  /** Hands the slot to the next in line, so that it is never free while somebody waits. */
  #releaseSlot(): void {
    const next = this.#waitingForSlot.shift();
    if (next) next();
    else this.#inFlight -= 1;
  }

  /** Full jitter: many chips fail together when the database is away, and must not come back together. */
  #retryDelayMs(attempt: number): number {
    const ceilingMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempt - 1));
    return ceilingMs * this.#options.random();
  }

  #pause(delayMs: number): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        timer.cancel();
        this.#pausing.delete(wake);
        resolve();
      };
      const timer = this.#options.clock.setTimer(delayMs, wake);
      this.#pausing.add(wake);
    });
  }
}
