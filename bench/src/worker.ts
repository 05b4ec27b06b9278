import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** Load and what is loaded run in processes of their own, so that neither's garbage collector stops the other's clock. */
export class Worker {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  #lastId = 0;

  /** @param file a module that calls `answerQuestions` */
  constructor(file: URL, options: { execArgv?: string[] } = {}) {
    this.#child = fork(fileURLToPath(file), {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      execArgv: options.execArgv ?? [],
    });
    this.#child.on("message", (message: Answered) => {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.error === undefined) waiting?.resolve(message.answer);
      else waiting?.reject(new Error(message.error));
    });
    this.#child.once("exit", (code) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`a worker ended with ${code}`));
    });
  }

  /** @throws Error with what the worker said, also when it ends instead of answering */
  ask<Answer>(name: string, input: unknown = null): Promise<Answer> {
    const id = ++this.#lastId;
    return new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.send({ id, name, input } satisfies Asked);
    }) as Promise<Answer>;
  }

  /** The worker disposes of what it has, then ends; one that hangs is killed. */
  async stop(patienceMs = 20_000): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, "exit");
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), patienceMs);
    this.ask("stop").catch(() => {});
    await exited;
    clearTimeout(timer);
  }
}

interface Asked {
  id: number;
  name: string;
  input: unknown;
}

interface Answered {
  id: number;
  answer?: unknown;
  error?: string;
}

/**
 * The other side: answers the parent's questions by name until it asks to stop, or is gone.
 * @param handlers as `stop`, what to do before ending
 */
export function answerQuestions(
  handlers: Record<string, (input: never) => unknown> & { stop(): unknown },
): void {
  const end = async (): Promise<never> => {
    await handlers.stop();
    process.exit(0);
  };
  process.on("disconnect", () => void end());
  process.on("message", async ({ id, name, input }: Asked) => {
    if (name === "stop") await end();
    try {
      const handler = handlers[name];
      if (!handler) throw new Error(`no question ${name}`);
      process.send?.({ id, answer: (await handler(input as never)) ?? null } satisfies Answered);
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.send?.({ id, error: text } satisfies Answered);
    }
  });
}

/** Milliseconds on the machine's monotonic clock, the same in every process of it. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
