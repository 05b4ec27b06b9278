import { AsyncLocalStorage } from "node:async_hooks";
import { decodeCommandPayload, parseSign1 } from "@hanyouxu/protocol";
import type { App } from "@hanyouxu/server";
import { monotonicMs } from "../worker.ts";

/** When one start passed each point of the platform; monotonic milliseconds. */
export interface StartTrace {
  requestAtMs: number;
  /** The transaction that decides has begun. */
  decidingAtMs: number;
  signingAtMs: number;
  signedAtMs: number;
  committedAtMs: number;
  publishedAtMs: number;
  /** The broker has taken the command, or the chip has acknowledged its packet. */
  takenAtMs: number;
  /** The chip's word that its relay is closed is verified and committed. */
  verifiedAtMs: number;
  /** The transaction that committed it had begun. */
  ingestingAtMs: number;
}

type Marks = Partial<StartTrace>;

/**
 * Watches starts pass through a running platform: its ports are wrapped to note the time, nothing else changes. A
 * request's marks travel with its asynchronous context.
 */
export class StartTraces {
  readonly #current = new AsyncLocalStorage<Marks>();
  readonly #bySession = new Map<string, Marks>();

  constructor(app: App) {
    this.#watchRequests(app);
    this.#watchSigning(app);
    this.#watchTransactions(app);
    this.#watchPublishing(app);
    this.#watchVerified(app);
  }

  /** Every start so far by its work session. */
  taken(): Record<string, Marks> {
    return Object.fromEntries(this.#bySession);
  }

  #watchRequests({ http }: App): void {
    http.server.prependListener("request", (request) => {
      if (request.method === "POST" && request.url === "/api/work-sessions") {
        this.#current.enterWith({ requestAtMs: monotonicMs() });
      }
    });
  }

  #watchSigning({ ctx }: App): void {
    const { signer } = ctx.keys;
    const sign = signer.sign.bind(signer);
    signer.sign = (toBeSigned) => {
      const marks = this.#current.getStore();
      if (marks) marks.signingAtMs = monotonicMs();
      const signature = sign(toBeSigned);
      if (marks) marks.signedAtMs = monotonicMs();
      return signature;
    };
  }

  #watchTransactions({ ctx }: App): void {
    const { db } = ctx;
    const transaction = db.transaction.bind(db);
    db.transaction = () => {
      const marks = this.#current.getStore();
      const builder = transaction();
      const execute = builder.execute.bind(builder);
      builder.execute = async (run) => {
        const startedAtMs = monotonicMs();
        if (marks) marks.decidingAtMs = startedAtMs;
        else this.#ingestingAtMs = startedAtMs;
        const result = await execute(run);
        if (marks) marks.committedAtMs = monotonicMs();
        return result;
      };
      return builder;
    };
  }

  /** Batches are committed one after the other, so the last that began is the one announced. */
  #ingestingAtMs = 0;

  #watchPublishing({ ctx }: App): void {
    const { broker } = ctx;
    const publish = broker.publish.bind(broker);
    broker.publish = async (chipId, payload) => {
      const marks = this.#current.getStore();
      if (marks) {
        const workSessionId = grantedSession(payload);
        if (workSessionId) this.#bySession.set(workSessionId, marks);
        marks.publishedAtMs = monotonicMs();
      }
      await publish(chipId, payload);
      if (marks) marks.takenAtMs = monotonicMs();
    };
  }

  #watchVerified({ ctx }: App): void {
    const { changes } = ctx;
    const announce = changes.announce.bind(changes);
    changes.announce = (workSessionIds) => {
      const changed = [...workSessionIds];
      for (const workSessionId of changed) {
        const marks = this.#bySession.get(workSessionId);
        // The first change after the grant is that the relay has closed: a refused one never gets a trace of the chip.
        if (!marks || marks.verifiedAtMs !== undefined) continue;
        marks.verifiedAtMs = monotonicMs();
        marks.ingestingAtMs = this.#ingestingAtMs;
      }
      announce(changed);
    };
  }
}

function grantedSession(payload: Uint8Array): string | undefined {
  const message = parseSign1(payload);
  const command = message.ok ? decodeCommandPayload(message.value.payload) : message;
  return command.ok && command.value.kind === "grant" ? command.value.workSessionId : undefined;
}
