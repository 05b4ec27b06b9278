import type { AlarmSummary, LiveMessage, SentLiveView } from "@hanyouxu/api";
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
  /** @param failures connections in a row that told nothing: where sockets are blocked another way may be open */
  open(failures: number): Socket;
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
/** A snapshot that was asked for and does not come is asked for again: the platform gives one a second at most. */
const ASK_AGAIN_MS = 2_000;

/** What a page looks at; the connection numbers it. */
export type Look = Omit<SentLiveView, "type" | "view">;

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
  #isOpen = false;
  #look: Look | null = null;
  #views = 0;
  #askedAtMs = Number.NEGATIVE_INFINITY;

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

  /** From now on the connection tells of this, also after it was lost. */
  look(look: Look): void {
    this.#look = look;
    if (this.#isOpen) this.#sendLook();
  }

  #sendLook(): void {
    if (!this.#look) return;
    const view: SentLiveView = { type: "view", view: ++this.#views, ...this.#look };
    this.#store.asks(view);
    this.#socket?.send(JSON.stringify(view));
  }

  #connect(): void {
    this.#onLink("connecting");
    const socket = this.#ports.open(this.#failures);
    this.#socket = socket;
    socket.onopen = () => {
      this.#isOpen = true;
      this.#expectWord();
      this.#sendLook();
    };
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = () => this.#lost();
    this.#expectWord();
  }

  #receive(data: unknown): void {
    this.#expectWord();
    if (data instanceof ArrayBuffer) {
      const taken = this.#store.applyCell(new Uint8Array(data));
      if (taken !== "applied") this.#askAnew(taken === "gap");
      return;
    }
    const applied = this.#store.apply(JSON.parse(String(data)) as LiveMessage);
    if (applied.result !== "applied") {
      this.#askAnew(applied.result === "gap");
      return;
    }
    this.#failures = 0;
    this.#onLink("open");
    this.#onChange(applied.changedIds, applied.alarms, applied.isWhole);
  }

  /** Asks for snapshots of everything. */
  #askAnew(isNew: boolean): void {
    const nowMs = this.#ports.clock.nowMs();
    if (!isNew && nowMs < this.#askedAtMs + ASK_AGAIN_MS) return;
    this.#askedAtMs = nowMs;
    this.#socket?.send(JSON.stringify({ type: "resync" }));
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
    this.#isOpen = false;
    this.#store.lost();
    if (!socket) return;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }
}
