import type { AlarmSummary, LiveMessage } from "@hanyouxu/api";
import type { Clock, Timer } from "@hanyouxu/protocol";
import type { LiveStore } from "./live-store.ts";

/** The part of the browser's WebSocket that is needed; tests bring their own. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
  send(text: string): void;
  close(): void;
}

export interface LivePorts {
  open(): Socket;
  clock: Clock;
  /** In [0, 1). */
  random(): number;
}

/** @param isWhole a snapshot has come: what was told between it and the last message is not known */
export type OnChange = (
  machineIds: readonly string[],
  alarms: readonly AlarmSummary[],
  isWhole: boolean,
) => void;

export type LiveLink = "connecting" | "open" | "waiting" | "paused";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** The server speaks at least once a second; longer silence is a dead connection that nobody told us about. */
const SILENCE_MS = 15_000;

/** One connection that comes back by itself: full-jitter back-off, snapshot after a gap, nothing while paused. */
export class LiveSocket {
  readonly #ports: LivePorts;
  readonly #store: LiveStore;
  readonly #onChange: OnChange;
  readonly #onLink: (link: LiveLink) => void;
  #socket: Socket | null = null;
  #timer: Timer | null = null;
  #failures = 0;
  #isPaused = true;

  constructor(ports: LivePorts, store: LiveStore, onChange: OnChange, onLink: (link: LiveLink) => void) {
    this.#ports = ports;
    this.#store = store;
    this.#onChange = onChange;
    this.#onLink = onLink;
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#failures = 0;
    this.#connect();
  }

  pause(): void {
    this.#isPaused = true;
    this.#timer?.cancel();
    this.#drop();
    this.#onLink("paused");
  }

  #connect(): void {
    this.#onLink("connecting");
    const socket = this.#ports.open();
    this.#socket = socket;
    socket.onopen = () => this.#expectWord();
    socket.onmessage = ({ data }) => this.#receive(String(data));
    socket.onclose = () => this.#lost();
    this.#expectWord();
  }

  #receive(text: string): void {
    this.#expectWord();
    const applied = this.#store.apply(JSON.parse(text) as LiveMessage);
    if (applied.result === "gap") {
      this.#socket?.send(JSON.stringify({ type: "resync" }));
      return;
    }
    if (applied.result === "waiting") return;
    this.#failures = 0;
    this.#onLink("open");
    this.#onChange(applied.changedIds, applied.alarms, applied.isWhole);
  }

  #expectWord(): void {
    this.#timer?.cancel();
    this.#timer = this.#ports.clock.setTimer(SILENCE_MS, () => this.#lost());
  }

  #lost(): void {
    this.#timer?.cancel();
    this.#drop();
    if (this.#isPaused) return;
    const ceilingMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#failures++);
    this.#onLink("waiting");
    this.#timer = this.#ports.clock.setTimer(ceilingMs * this.#ports.random(), () => this.#connect());
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }
}
