import { AsyncLocalStorage } from "node:async_hooks";
import { decodeAnswerFrame, decodeCommandPayload, parseSign1, type WorkSessionId } from "@hanyouxu/protocol";
import type { App } from "@hanyouxu/server";
import { monotonicMs } from "../worker.ts";

/** When one start passed each point of the platform; monotonic milliseconds. */
export interface StartTrace {
  requestAtMs: number;
  /** The machine code is genuine; what the decision needs is asked for. */
  decidingAtMs: number;
  signingAtMs: number;
  signedAtMs: number;
  publishedAtMs: number;
  /** The broker has taken the command, or the chip has acknowledged its packet. */
  takenAtMs: number;
  /** The chip's answer, that its relay is closed, is verified: whoever looks at the session is being told. */
  verifiedAtMs: number;
  /** It is committed too. */
  durableAtMs: number;
  /** Screens are told that the session runs. */
  announcedAtMs: number;
}

type Marks = Partial<StartTrace> & { workSessionId?: WorkSessionId };

/**
 * Watches starts pass through a running platform: its ports are wrapped to note the time, nothing else changes. A
 * request's marks travel with its asynchronous context.
 */
export class StartTraces {
  readonly #current = new AsyncLocalStorage<Marks | undefined>();
  readonly #bySession = new Map<string, Marks>();
  readonly #byCommand = new Map<string, Marks>();

  constructor(app: App) {
    this.#watchRequests(app);
    this.#watchDeciding(app);
    this.#watchSigning(app);
    this.#watchTransactions(app);
    this.#watchPublishing(app);
    this.#watchHints(app);
    this.#watchChanges(app);
  }

  /** Every start so far by its work session. */
  taken(): Record<string, Marks> {
    return Object.fromEntries(this.#bySession);
  }

  #watchRequests({ http }: App): void {
    http.server.prependListener("request", (request) => {
      const isStart = request.method === "POST" && request.url === "/api/work-sessions";
      this.#current.enterWith(isStart ? { requestAtMs: monotonicMs() } : undefined);
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

  /** A start is measured from here by the platform too. */
  #watchDeciding({ ctx }: App): void {
    const { startSeconds } = ctx.metrics;
    const startTimer = startSeconds.startTimer.bind(startSeconds);
    startSeconds.startTimer = (labels?: Parameters<typeof startTimer>[0]) => {
      const marks = this.#current.getStore();
      if (marks) marks.decidingAtMs = monotonicMs();
      return startTimer(labels);
    };
  }

  /** A transaction is known by the commands it names: it takes their answers. */
  #watchTransactions({ ctx }: App): void {
    const { db } = ctx;
    const transaction = db.transaction.bind(db);
    db.transaction = () => {
      const builder = transaction();
      const execute = builder.execute.bind(builder);
      builder.execute = async (run) => {
        const named = new Set<Marks>();
        const result = await execute((tx) => run(tx.withPlugin(this.#spyOn(named))));
        for (const answered of named) {
          answered.durableAtMs ??= monotonicMs();
        }
        return result;
      };
      return builder;
    };
  }

  #spyOn(named: Set<Marks>): Spy {
    return {
      transformQuery: ({ node }) => {
        forEachWord(node, (word) => {
          const marks = this.#byCommand.get(word);
          if (marks) named.add(marks);
        });
        return node;
      },
      transformResult: async ({ result }) => result,
    };
  }

  #watchPublishing({ ctx }: App): void {
    const { broker } = ctx;
    const publish = broker.publish.bind(broker);
    broker.publish = async (chipId, payload) => {
      const marks = this.#current.getStore();
      if (marks) {
        const grant = grantIn(payload);
        if (grant) this.#bySession.set(grant.workSessionId, marks);
        if (grant) marks.workSessionId = grant.workSessionId;
        if (grant) this.#byCommand.set(grant.commandId, marks);
        marks.publishedAtMs = monotonicMs();
      }
      await publish(chipId, payload);
      if (marks) marks.takenAtMs = monotonicMs();
    };
  }

  #watchHints({ ctx }: App): void {
    const { powerHints } = ctx;
    const hear = powerHints.hear.bind(powerHints);
    powerHints.hear = (message) => {
      hear(message);
      if (message.channel !== "a") return;
      const answer = decodeAnswerFrame(message.payload);
      const marks =
        answer.ok && answer.value.kind === "answer" && this.#byCommand.get(answer.value.commandId);
      const isHeard = marks && powerHints.poweredAtMs(marks.workSessionId!, ctx.clock.nowMs()) !== undefined;
      if (isHeard) marks.verifiedAtMs ??= monotonicMs();
    };
  }

  /** The first change after the answer is that the session runs: from then on every screen shows it. */
  #watchChanges({ ctx }: App): void {
    const { changes } = ctx;
    const announce = changes.announce.bind(changes);
    changes.announce = (workSessionIds) => {
      const changed = [...workSessionIds];
      for (const workSessionId of changed) {
        const marks = this.#bySession.get(workSessionId);
        if (marks?.durableAtMs) marks.announcedAtMs ??= monotonicMs();
      }
      announce(changed);
    };
  }
}

type Spy = Parameters<App["ctx"]["db"]["withPlugin"]>[0];

/** Calls `see` with each short text anywhere in a query: ids are among its values. */
function forEachWord(node: unknown, see: (word: string) => void): void {
  if (typeof node === "string") {
    if (node.length <= COMMAND_ID_LETTERS) see(node);
  } else if (node !== null && typeof node === "object" && !ArrayBuffer.isView(node)) {
    for (const child of Object.values(node)) forEachWord(child, see);
  }
}

const COMMAND_ID_LETTERS = 16;

function grantIn(payload: Uint8Array): { workSessionId: WorkSessionId; commandId: string } | undefined {
  const message = parseSign1(payload);
  const command = message.ok ? decodeCommandPayload(message.value.payload) : message;
  return command.ok && command.value.kind === "grant" ? command.value : undefined;
}
