import type { ServerResponse } from "node:http";
import type { LiveMessage, LiveView } from "@hanyouxu/api";
import type { Clock } from "@hanyouxu/protocol";
import type { Scope } from "../sign-in/sign-in.ts";
import type { LivePicture, LiveSight } from "./live-picture.ts";

const RECHECK_MS = 30_000;

/** Server-sent events (WHATWG HTML §9.2) of what the live socket tells, for where the socket is blocked. */
export class LiveEvents {
  readonly #clock: Clock;
  readonly #picture: LivePicture;
  readonly #open = new Set<ServerResponse>();

  constructor(clock: Clock, picture: LivePicture) {
    this.#clock = clock;
    this.#picture = picture;
  }

  /** Ends all streams, for a server that is being stopped. */
  endAll(): void {
    for (const raw of this.#open) raw.end();
  }

  /**
   * @param raw an event stream that has begun
   * @param mayGoOn asked now and then: a sign-in that no longer holds ends the stream
   */
  follow(
    raw: ServerResponse,
    { scope, sight, view }: { scope: Scope; sight: LiveSight; view: LiveView | undefined },
    mayGoOn: () => Promise<boolean>,
  ): void {
    this.#open.add(raw);
    const send = (message: LiveMessage) => void raw.write(`data: ${JSON.stringify(message)}\n\n`);
    const following = this.#picture.follow(scope, send, sight, {
      sendCell: (frame) => void raw.write(`event: cell\ndata: ${Buffer.from(frame).toString("base64")}\n\n`),
      bufferedBytes: () => raw.writableLength,
      close: () => raw.destroy(),
    });
    if (view) following.look(view);
    let recheck = this.#clock.setTimer(RECHECK_MS, check);
    const clock = this.#clock;
    raw.on("close", () => {
      this.#open.delete(raw);
      following.leave();
      recheck.cancel();
    });

    function check(): void {
      mayGoOn().then(
        (may) => {
          if (!may) raw.end();
          else if (!raw.destroyed) recheck = clock.setTimer(RECHECK_MS, check);
        },
        () => raw.end(),
      );
    }
  }
}
