import { LIVE_EVENTS_PATH } from "@hanyouxu/api";
import type { Socket } from "./live-socket.ts";

/** The part of the browser's EventSource that is needed; tests bring their own. */
export interface EventSourceLike {
  onopen: (() => void) | null;
  onerror: (() => void) | null;
  onmessage: ((event: { data: string }) => void) | null;
  addEventListener(type: "cell", listener: (event: { data: string }) => void): void;
  close(): void;
}

/** What the live socket tells, by server-sent events, for where a proxy blocks sockets. Another view is another stream. */
export class EventSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly #open: (address: string) => EventSourceLike;
  #source: EventSourceLike;
  #view = "";
  #hasOpened = false;

  constructor(open: (address: string) => EventSourceLike) {
    this.#open = open;
    this.#source = this.#connect();
  }

  /** A view opens another stream, and so does what asks to begin anew. */
  send(text: string): void {
    if ((JSON.parse(text) as { type: string }).type === "view") this.#view = text;
    this.#source.close();
    this.#source = this.#connect();
  }

  close(): void {
    this.#source.close();
  }

  #connect(): EventSourceLike {
    const query = this.#view === "" ? "" : `?view=${encodeURIComponent(this.#view)}`;
    const source = this.#open(`${LIVE_EVENTS_PATH}${query}`);
    source.onopen = () => {
      if (this.#hasOpened) return;
      this.#hasOpened = true;
      this.onopen?.();
    };
    source.onmessage = ({ data }) => this.onmessage?.({ data });
    source.addEventListener("cell", ({ data }) => {
      this.onmessage?.({ data: Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0)).buffer });
    });
    source.onerror = () => {
      source.close();
      this.onclose?.();
    };
    return source;
  }
}
