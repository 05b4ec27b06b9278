import type { AlarmDetail, AlarmHistoryEntry } from "@hanyouxu/api";
import type { Position } from "@hanyouxu/protocol";

/** What a phone says about an alarm. */
export type SaidAct =
  | { kind: "acknowledge" }
  | { kind: "accept" }
  | { kind: "arrive"; position: Position | null }
  | { kind: "handle"; result: string; measures: string }
  | { kind: "dispatch"; department: string | null; personId: string | null; note: string }
  | { kind: "note"; note: string }
  | { kind: "answer"; note: string };

/** An act from the moment it was pressed; it lies on the phone until the platform has taken or refused it. */
export interface PendingAct {
  actId: string;
  alarmId: string;
  said: SaidAct;
  evidenceIds: readonly string[];
  /** The last line of the history that the person saw: what this act becomes stands after it. */
  afterSeq: number;
  /** Once it was on its way the platform may have it although no answer came. */
  wasSent: boolean;
  /** Why the platform does not take it; null: it waits to be sent. */
  refusal: string | null;
}

export type PictureState = "pending" | "accepted" | "refused";

export interface OutboxPorts {
  /** Over a reload, of this person only. */
  load(): readonly PendingAct[];
  save(acts: readonly PendingAct[]): void;
  send(act: PendingAct, evidenceIds: readonly string[]): Promise<AlarmDetail>;
  read(act: PendingAct): Promise<AlarmDetail>;
  /** What the platform's refusal says; undefined: it was not refused, it may go better next time. */
  refusalOf(error: unknown): string | undefined;
  picture(evidenceId: string): PictureState;
  /** What the alarm has become. */
  onTaken(act: PendingAct, alarm: AlarmDetail): void;
  /** Calls `then` after a time; returns what calls it off. */
  later(ms: number, then: () => void): () => void;
}

const RETRY_LEAST_MS = 2_000;
const RETRY_MOST_MS = 30_000;

/**
 * Sends what was said about alarms in its order, each once, whatever happens to the page or the link: before anything
 * is sent a second time the alarm's history is asked whether it was taken the first time.
 */
export class AlarmOutbox {
  readonly #ports: OutboxPorts;
  readonly #listeners = new Set<() => void>();
  #acts: readonly PendingAct[];
  #isRunning = false;
  #retryMs = RETRY_LEAST_MS;
  #callOff: () => void = () => {};

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
    this.#acts = ports.load();
  }

  acts = (): readonly PendingAct[] => this.#acts;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** On the phone for good when it returns; sent as soon as it can be. */
  add(act: Omit<PendingAct, "wasSent" | "refusal">): void {
    this.#keep([...this.#acts, { ...act, wasSent: false, refusal: null }]);
    this.wake();
  }

  /** Takes back what the platform has refused, or what waits. */
  remove(actId: string): void {
    this.#keep(this.#acts.filter((act) => act.actId !== actId));
  }

  /** Tries now: the network is back, a picture was accepted, or the person asks. */
  wake = (): void => {
    this.#callOff();
    this.#retryMs = RETRY_LEAST_MS;
    void this.#run();
  };

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      for (let act = this.#next(); act; act = this.#next()) {
        if (await this.#take(act)) continue;
        const waitMs = this.#retryMs;
        this.#retryMs = Math.min(RETRY_MOST_MS, waitMs * 2);
        this.#callOff = this.#ports.later(waitMs, () => void this.#run());
        return;
      }
    } finally {
      this.#isRunning = false;
    }
  }

  /** The first of an alarm's acts, unless it was refused or waits for its pictures. */
  #next(): PendingAct | undefined {
    const seen = new Set<string>();
    return this.#acts.find((act) => {
      const isFirst = !seen.has(act.alarmId);
      seen.add(act.alarmId);
      const hasPictures = act.evidenceIds.every((id) => this.#ports.picture(id) !== "pending");
      return isFirst && act.refusal === null && hasPictures;
    });
  }

  /** @returns false when the link is gone */
  async #take(act: PendingAct): Promise<boolean> {
    const { send, read, picture, refusalOf } = this.#ports;
    try {
      if (act.wasSent) {
        const alarm = await read(act);
        if (holds(alarm, act)) return this.#taken(act, alarm);
      }
      this.#change(act.actId, { wasSent: true });
      const evidenceIds = act.evidenceIds.filter((id) => picture(id) === "accepted");
      return this.#taken(act, await send(act, evidenceIds));
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined) return false;
      return await this.#refused(act, refusal);
    }
  }

  /** A refusal may mean that the act has been taken before; only the history knows. */
  async #refused(act: PendingAct, refusal: string): Promise<boolean> {
    try {
      const alarm = await this.#ports.read(act);
      if (holds(alarm, act)) return this.#taken(act, alarm);
    } catch (error) {
      if (this.#ports.refusalOf(error) === undefined) return false;
    }
    this.#change(act.actId, { refusal });
    return true;
  }

  #taken(act: PendingAct, alarm: AlarmDetail): true {
    this.#retryMs = RETRY_LEAST_MS;
    this.remove(act.actId);
    this.#ports.onTaken(act, alarm);
    return true;
  }

  #change(actId: string, change: Partial<PendingAct>): void {
    this.#keep(this.#acts.map((act) => (act.actId === actId ? { ...act, ...change } : act)));
  }

  #keep(acts: readonly PendingAct[]): void {
    this.#acts = acts;
    this.#ports.save(acts);
    for (const listener of this.#listeners) listener();
  }
}

/** What the platform writes into the history for an act. */
export function textOf(said: SaidAct): string | null {
  if (said.kind === "handle") return `${said.result}\n${said.measures}`;
  return "note" in said && said.note !== "" ? said.note : null;
}

/** Whether the history has the act, after all that the person had seen. */
function holds(alarm: AlarmDetail, { said, afterSeq }: PendingAct): boolean {
  const isIt = (entry: AlarmHistoryEntry) =>
    entry.seq > afterSeq && entry.what === said.kind && entry.text === textOf(said);
  // A colleague may have accepted it meanwhile: that is not this person's act.
  return alarm.history.some(isIt) && (said.kind !== "accept" || alarm.isAssignedToMe);
}
