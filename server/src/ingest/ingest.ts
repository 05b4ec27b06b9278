import type { UplinkMessage } from "../broker/broker.ts";
import type { AppContext } from "../context.ts";
import { quarantineFrames } from "../features/quarantine/quarantine.ts";
import type { Batch } from "./frame.ts";
import { quarantine } from "./quarantine.ts";
import { reply } from "./reply.ts";
import { decode } from "./steps/decode.ts";
import { steps } from "./steps.ts";

/** So many messages are committed together at most; under load batches fill by themselves while one is committed. */
const MAX_BATCH = 256;

interface Waiting {
  message: UplinkMessage;
  resolve: () => void;
  reject: (error: unknown) => void;
}

type IngestContext = Pick<
  AppContext,
  "db" | "clock" | "random" | "newId" | "keys" | "broker" | "metrics" | "log" | "changes"
>;

/** Takes the broker's messages through the steps, batch after batch; a message's promise settles when it is durable. */
export class Ingest {
  readonly #ctx: IngestContext;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;

  constructor(ctx: IngestContext) {
    this.#ctx = ctx;
  }

  /** The broker's consumer. Rejects when the batch could not be committed: the message comes again. */
  take = (message: UplinkMessage): Promise<void> =>
    new Promise((resolve, reject) => {
      this.#waiting.push({ message, resolve, reject });
      this.#running ??= this.#run();
    });

  /** Resolves when everything taken so far is settled. */
  async drain(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    // Messages of the same turn of the event loop belong together.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const taken = this.#waiting.splice(0, MAX_BATCH);
      await this.#carry(taken);
    }
    this.#running = undefined;
  }

  /** The supervisor of this branch: the only place that catches what a step throws. */
  async #carry(taken: Waiting[]): Promise<void> {
    try {
      const batch = await this.#commit(taken.map(({ message }) => message));
      for (const { resolve } of taken) resolve();
      this.#ctx.changes.announce(batch.changedSessions);
      await this.#reply(batch);
    } catch (error) {
      this.#ctx.metrics.ingestFailures.inc();
      this.#ctx.log.error({ err: error, messages: taken.length }, "ingest batch failed");
      if (taken.length > 1) {
        // One poisonous message must not hold up the others: each gets a batch of its own.
        for (const one of taken) await this.#carry([one]);
      } else {
        for (const one of taken) await this.#setAside(one, error);
      }
    }
  }

  /** What was said is durable; an answer that cannot be sent now is asked for again by the chip. */
  async #reply(batch: Batch): Promise<void> {
    try {
      await reply(this.#ctx, batch);
    } catch (error) {
      this.#ctx.metrics.replyFailures.inc();
      this.#ctx.log.warn({ err: error }, "chips not answered");
    }
  }

  /** A message that fails by itself is kept for a person to look at; when even that fails, the database is away. */
  async #setAside({ message, resolve, reject }: Waiting, error: unknown): Promise<void> {
    const set: Pick<Batch, "quarantined"> = { quarantined: [] };
    quarantine(this.#ctx, set, message, { code: "step-failed" });
    try {
      await quarantineFrames(this.#ctx.db, set.quarantined);
      resolve();
    } catch {
      reject(error);
    }
  }

  async #commit(messages: readonly UplinkMessage[]): Promise<Batch> {
    const endTimer = this.#ctx.metrics.ingestBatchSeconds.startTimer();
    const batch = await this.#ctx.db.transaction().execute(async (tx) => {
      const opened = this.#open(messages);
      for (const step of steps) await step(this.#ctx, tx, opened);
      return opened;
    });
    endTimer();
    return batch;
  }

  #open(messages: readonly UplinkMessage[]): Batch {
    const batch: Batch = {
      frames: [],
      quarantined: [],
      chips: new Map(),
      movedChips: new Set(),
      events: [],
      twins: new Map(),
      changedSessions: new Set(),
      acknowledge: new Set(),
      hellos: [],
      commands: [],
    };
    for (const message of messages) {
      const decoded = decode(message);
      if (decoded.ok) batch.frames.push({ message, body: decoded.body });
      else quarantine(this.#ctx, batch, message, decoded.reason);
    }
    return batch;
  }
}
