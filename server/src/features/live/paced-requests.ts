import type { LiveRequest, LiveView } from "@hanyouxu/api";
import type { Clock } from "@hanyouxu/protocol";
import type { Following } from "./live-picture.ts";

/** A snapshot can be some hundred kilobytes: a page gets one a second at most. */
const RESYNC_EVERY_MS = 1_000;
/** A page that is dragged says what it looks at as it goes; of what comes faster the last counts. */
const LOOK_EVERY_MS = 250;

/** What a page asks of its live connection, no faster than the platform bears. */
export class PacedRequests {
  readonly #clock: Clock;
  readonly #following: Pick<Following, "look" | "resync">;
  #nextResyncMs = 0;
  #nextLookMs = 0;
  #waiting: { view: LiveView; cancel(): void } | undefined;

  constructor(clock: Clock, following: Pick<Following, "look" | "resync">) {
    this.#clock = clock;
    this.#following = following;
  }

  take(request: LiveRequest): void {
    const nowMs = this.#clock.nowMs();
    if (request.type === "view") this.#look(request, nowMs);
    else if (nowMs >= this.#nextResyncMs) {
      this.#nextResyncMs = nowMs + RESYNC_EVERY_MS;
      this.#following.resync();
    }
  }

  stop(): void {
    this.#waiting?.cancel();
    this.#waiting = undefined;
  }

  #look(view: LiveView, nowMs: number): void {
    if (this.#waiting) {
      this.#waiting.view = view;
      return;
    }
    if (nowMs >= this.#nextLookMs) {
      this.#nextLookMs = nowMs + LOOK_EVERY_MS;
      this.#following.look(view);
      return;
    }
    const timer = this.#clock.setTimer(this.#nextLookMs - nowMs, () => {
      const waiting = this.#waiting!;
      this.#waiting = undefined;
      this.#nextLookMs = this.#clock.nowMs() + LOOK_EVERY_MS;
      this.#following.look(waiting.view);
    });
    this.#waiting = { view, cancel: () => timer.cancel() };
  }
}
