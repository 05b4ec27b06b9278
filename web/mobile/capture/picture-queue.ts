import type { Evidence, NewEvidence } from "@hanyouxu/api";

/**
 * waiting: not sent yet, or the link is gone; sending: bytes go; checking: the platform looks at it; accepted, refused:
 * what it says.
 */
export type QueuedState = "waiting" | "sending" | "checking" | "accepted" | "refused";

/** A picture or film of the phone's, from the moment it is taken. It lies on the phone until the platform has judged it. */
export interface QueuedPicture {
  evidenceId: string;
  said: NewEvidence;
  sizeBytes: number;
  state: QueuedState;
  sentBytes: number;
  /** Why it is refused, or why it waits; for the person. */
  reason: string | null;
}

/** Where pictures lie over a reload. */
export interface PictureStore {
  all(): Promise<QueuedPicture[]>;
  /** With its bytes when it is new. */
  put(picture: QueuedPicture, bytes?: Blob): Promise<void>;
  bytes(evidenceId: string): Promise<Blob | undefined>;
  /** The bytes go first, the picture itself with `delete`. */
  dropBytes(evidenceId: string): Promise<void>;
  delete(evidenceId: string): Promise<void>;
}

/** How one upload went: complete, refused for good, or broken off and to be tried again. */
export type SendResult =
  | { kind: "sent" }
  | { kind: "refused"; reason: string }
  | { kind: "broken"; reason: string };

export interface QueuePorts {
  store: PictureStore;
  /** Sends what is still missing, from wherever the platform is. */
  send(picture: QueuedPicture, bytes: Blob, onProgress: (sentBytes: number) => void): Promise<SendResult>;
  /** What the platform says of it; undefined when it does not answer. */
  ask(evidenceId: string): Promise<Evidence | undefined>;
  /** Takes it back on the platform, if it is there. */
  forget(evidenceId: string): Promise<void>;
  nowMs(): number;
  /** Calls `then` after a time; returns what calls it off. */
  later(ms: number, then: () => void): () => void;
}

/** Between two questions whether the checks are done. */
const ASK_MS = 1_500;
/** Between a broken upload and the next try, at most and at least. */
const RETRY_MOST_MS = 30_000;
const RETRY_LEAST_MS = 2_000;
/** So long what was accepted stays in the list, without its bytes. */
const SHOWN_MS = 24 * 3_600_000;

/** Sends pictures one after the other until the platform has judged each, whatever happens to the page or the link. */
export class PictureQueue {
  readonly #ports: QueuePorts;
  readonly #listeners = new Set<() => void>();
  #pictures: readonly QueuedPicture[] = [];
  #isRunning = false;
  #retryMs = RETRY_LEAST_MS;
  #callOff: () => void = () => {};

  constructor(ports: QueuePorts) {
    this.#ports = ports;
  }

  /** Takes up what lies on the phone. What was accepted lies on the platform and is shown for a day. */
  async start(): Promise<void> {
    const { store, nowMs } = this.#ports;
    const all = await store.all();
    const isOver = ({ state, said }: QueuedPicture) =>
      state === "accepted" && nowMs() - Date.parse(said.takenAt) > SHOWN_MS;
    for (const picture of all) if (isOver(picture)) await store.delete(picture.evidenceId);
    const stored = all.filter((picture) => !isOver(picture));
    const known = new Set(this.#pictures.map(({ evidenceId }) => evidenceId));
    this.#show([...stored.filter(({ evidenceId }) => !known.has(evidenceId)), ...this.#pictures]);
    this.wake();
  }

  pictures = (): readonly QueuedPicture[] => this.#pictures;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** On the phone for good when it resolves; sent as soon as it is its turn. */
  async add(said: NewEvidence, bytes: Blob): Promise<void> {
    const picture: QueuedPicture = {
      evidenceId: said.evidenceId,
      said,
      sizeBytes: bytes.size,
      state: "waiting",
      sentBytes: 0,
      reason: null,
    };
    await this.#ports.store.put(picture, bytes);
    this.#show([...this.#pictures, picture]);
    this.wake();
  }

  /** Deletes it here and there. */
  async remove(evidenceId: string): Promise<void> {
    const picture = this.#pictures.find((it) => it.evidenceId === evidenceId);
    this.#show(this.#pictures.filter((it) => it.evidenceId !== evidenceId));
    await this.#ports.store.delete(evidenceId);
    if (picture && picture.state !== "accepted") await this.#ports.forget(evidenceId);
  }

  /** Tries again now: the person asks, or the network is back. */
  wake = (): void => {
    this.#callOff();
    this.#retryMs = RETRY_LEAST_MS;
    void this.#run();
  };

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      for (;;) {
        const next =
          this.#pictures.find(({ state }) => state === "waiting" || state === "sending") ??
          this.#pictures.find(({ state }) => state === "checking");
        if (!next) return;
        const waitMs = next.state === "checking" ? await this.#judge(next) : await this.#send(next);
        if (waitMs > 0) {
          this.#callOff = this.#ports.later(waitMs, () => void this.#run());
          return;
        }
      }
    } finally {
      this.#isRunning = false;
    }
  }

  /** @returns how long to wait before going on */
  async #send(picture: QueuedPicture): Promise<number> {
    const { evidenceId } = picture;
    const bytes = await this.#ports.store.bytes(evidenceId);
    if (!bytes) {
      // The browser has cleared its store under us: what the platform has is all there is.
      await this.#change(evidenceId, { state: "checking" });
      return 0;
    }
    await this.#change(evidenceId, { state: "sending", reason: null });
    const result = await this.#ports.send(picture, bytes, (sentBytes) => {
      this.#show(this.#pictures.map((it) => (it.evidenceId === evidenceId ? { ...it, sentBytes } : it)));
    });
    if (result.kind === "sent") {
      this.#retryMs = RETRY_LEAST_MS;
      await this.#change(evidenceId, { state: "checking", sentBytes: picture.sizeBytes });
      return 0;
    }
    if (result.kind === "refused") {
      await this.#change(evidenceId, { state: "refused", reason: result.reason });
      return 0;
    }
    await this.#change(evidenceId, { state: "waiting", reason: result.reason });
    const waitMs = this.#retryMs;
    this.#retryMs = Math.min(RETRY_MOST_MS, this.#retryMs * 2);
    return waitMs;
  }

  async #judge({ evidenceId }: QueuedPicture): Promise<number> {
    const evidence = await this.#ports.ask(evidenceId);
    if (evidence?.state === "uploading") {
      await this.#change(evidenceId, { state: "waiting", sentBytes: evidence.receivedBytes });
      return (await this.#ports.store.bytes(evidenceId)) ? 0 : RETRY_MOST_MS;
    }
    if (!evidence || evidence.state === "checking") return ASK_MS;
    await this.#change(evidenceId, { state: evidence.state, reason: evidence.refusal?.message ?? null });
    await this.#ports.store.dropBytes(evidenceId);
    return 0;
  }

  async #change(evidenceId: string, change: Partial<QueuedPicture>): Promise<void> {
    const before = this.#pictures.find((it) => it.evidenceId === evidenceId);
    // Deleted in the meantime.
    if (!before) return;
    const picture = { ...before, ...change };
    this.#show(this.#pictures.map((it) => (it.evidenceId === evidenceId ? picture : it)));
    await this.#ports.store.put(picture);
  }

  #show(pictures: readonly QueuedPicture[]): void {
    this.#pictures = pictures;
    for (const listener of this.#listeners) listener();
  }
}
