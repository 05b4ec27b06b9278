import { sql } from "kysely";
import type { UplinkMessage } from "../broker/broker.ts";
import type { AppContext } from "../context.ts";
import { inBackground } from "../db/background.ts";
import { hasOneConnection } from "../db/pglite-dialect.ts";
import { noPlaceNews } from "../features/places/places.ts";
import { quarantineFrames } from "../features/quarantine/quarantine.ts";
import { BatchLane, type Waiting } from "./batch-lane.ts";
import type { Batch } from "./frame.ts";
import { quarantine } from "./quarantine.ts";
import { reply } from "./reply.ts";
import { decode } from "./steps/decode.ts";
import { steps } from "./steps.ts";

/** So many messages are committed together at most; under load batches fill by themselves while one is committed. */
const MAX_BATCH = 256;
/** Fewer of what is in no hurry: on the embedded database whoever starts a machine waits while one is written. */
const MAX_TELEMETRY_BATCH = { onOneConnection: 16, onMany: 64 };
/** Telemetry gathers so long: nobody waits for it, and every transaction it does without is time for a start. */
const TELEMETRY_PACE_MS = 200;
/** Batches whose chips are being answered while others are committed. */
const MAX_REPLIES_UNDERWAY = 32;

type IngestContext = Pick<
  AppContext,
  | "db"
  | "clock"
  | "random"
  | "newId"
  | "stationMap"
  | "keys"
  | "broker"
  | "metrics"
  | "log"
  | "changes"
  | "alarmNews"
  | "powerHints"
  | "chipTurns"
  | "watchedAreas"
>;

/** Takes the broker's messages through the steps, batch after batch; a message's promise settles when it is durable. */
export class Ingest {
  readonly #ctx: IngestContext;
  /** Events and answers, and telemetry: one chip's messages come one at a time, so the lanes never meet over a chip. */
  readonly #lanes: { urgent: BatchLane<UplinkMessage>; telemetry: BatchLane<UplinkMessage> };
  readonly #replies = new Set<Promise<void>>();

  constructor(ctx: IngestContext) {
    this.#ctx = ctx;
    const { clock } = ctx;
    this.#lanes = {
      urgent: new BatchLane({
        clock,
        maxBatch: MAX_BATCH,
        paceMs: 0,
        carry: (waiting) => this.#carry(waiting),
      }),
      telemetry: new BatchLane({
        clock,
        maxBatch: MAX_TELEMETRY_BATCH[hasOneConnection(ctx.db) ? "onOneConnection" : "onMany"],
        paceMs: TELEMETRY_PACE_MS,
        carry: (waiting) => inBackground(() => this.#carry(waiting)),
      }),
    };
  }

  /** The broker's consumer. Rejects when the batch could not be committed: the message comes again. */
  take = (message: UplinkMessage): Promise<void> => {
    this.#ctx.powerHints.hear(message);
    return this.#lanes[message.channel === "t" ? "telemetry" : "urgent"].take(message);
  };

  /** Resolves when everything taken so far is settled and its chips are answered. */
  async drain(): Promise<void> {
    await Promise.all([this.#lanes.urgent.drain(), this.#lanes.telemetry.drain()]);
    await Promise.all(this.#replies);
  }

  /** The supervisor of this branch: the only place that catches what a step throws. */
  async #carry(taken: readonly Waiting<UplinkMessage>[]): Promise<void> {
    const messages = taken.map(({ item }) => item);
    let committed = await this.#tryToCommit(messages);
    // Alone and still failing: once more, for a connection can break and two transactions can block each other.
    if (!committed.ok && taken.length === 1) committed = await this.#tryToCommit(messages);
    if (committed.ok) {
      for (const { resolve } of taken) resolve();
      this.#ctx.changes.announce(committed.batch.changedSessions);
      if (committed.batch.hasAlarms) this.#ctx.alarmNews.announce();
      await this.#startReply(committed.batch);
    } else if (taken.length === 1) {
      await this.#setAside(taken[0]!, committed.error);
    } else if (await this.#isDatabaseThere()) {
      // One poisonous message must not hold up the others: each gets a batch of its own.
      for (const one of taken) await this.#carry([one]);
    } else {
      for (const { reject } of taken) reject(committed.error);
    }
  }

  async #tryToCommit(
    messages: readonly UplinkMessage[],
  ): Promise<{ ok: true; batch: Batch } | { ok: false; error: unknown }> {
    try {
      return { ok: true, batch: await this.#commit(messages) };
    } catch (error) {
      this.#ctx.metrics.ingestFailures.inc();
      this.#ctx.log.error({ err: error, messages: messages.length }, "ingest batch failed");
      return { ok: false, error };
    }
  }

  async #isDatabaseThere(): Promise<boolean> {
    return await sql`select 1`.execute(this.#ctx.db).then(
      () => true,
      () => false,
    );
  }

  /** A chip that reads slowly holds up neither the next commit nor other chips, until many batches wait like that. */
  async #startReply(batch: Batch): Promise<void> {
    while (this.#replies.size >= MAX_REPLIES_UNDERWAY) await Promise.race(this.#replies);
    const replied = this.#reply(batch).finally(() => this.#replies.delete(replied));
    this.#replies.add(replied);
  }

  async #reply(batch: Batch): Promise<void> {
    try {
      await reply(this.#ctx, batch);
    } catch (error) {
      this.#ctx.metrics.replyFailures.inc();
      this.#ctx.log.warn({ err: error }, "chips not answered");
    }
  }

  /** A message that fails by itself is kept for a person to look at; when even that fails, the database is away. */
  async #setAside({ item, resolve, reject }: Waiting<UplinkMessage>, error: unknown): Promise<void> {
    const set: Pick<Batch, "quarantined"> = { quarantined: [] };
    quarantine(this.#ctx, set, item, { code: "step-failed" });
    try {
      await quarantineFrames(this.#ctx.db, set.quarantined);
      resolve();
    } catch {
      reject(error);
    }
  }

  async #commit(messages: readonly UplinkMessage[]): Promise<Batch> {
    const endTimer = this.#ctx.metrics.ingestBatchSeconds.startTimer();
    const chipIds = messages.map(({ chipId }) => chipId);
    const batch = await this.#ctx.chipTurns.hold(chipIds, () =>
      this.#ctx.db.transaction().execute(async (tx) => {
        const opened = this.#open(messages);
        for (const step of steps) await step(this.#ctx, tx, opened);
        return opened;
      }),
    );
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
      acceptances: [],
      twins: new Map(),
      places: noPlaceNews(),
      changedSessions: new Set(),
      hasAlarms: false,
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
