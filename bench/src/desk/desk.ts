import { Worker } from "../worker.ts";

export interface SeenAlarm {
  key: string;
  alarmId: string;
  severity: string;
  seenAtMs: number;
}

export interface DeskSaw {
  /** Each alarm when it first came, in the order of coming. */
  alarms: SeenAlarm[];
  messages: number;
  /** Of a message, the most; and the most that waited behind one. */
  mostAtOnce: number;
  mostWaiting: number;
  /** Messages in which something stood before a danger. */
  dangersNotFirst: number;
  /** What the page asks for while it is open, milliseconds: its list with the counts, and one acknowledgement. */
  renewalsMs: number[];
  acknowledgementsMs: number[];
  refused: number;
}

/** A regulator's open desk in a process of its own: the live socket, what the page asks for, and somebody who acknowledges. */
export class Desk {
  readonly #worker = new Worker(new URL("./desk-worker.ts", import.meta.url));

  /** Signs in and opens the socket. */
  open(url: string): Promise<void> {
    return this.#worker.ask("open", url);
  }

  /** How many different alarms have come so far. */
  count(): Promise<number> {
    return this.#worker.ask("count");
  }

  saw(): Promise<DeskSaw> {
    return this.#worker.ask("saw");
  }

  stop(): Promise<void> {
    return this.#worker.stop();
  }
}
