import type { VirtualClock } from "@hanyouxu/protocol";
import { type App, type Config, createLogger, databaseOn, startApp } from "@hanyouxu/server";
import { MortalClock } from "./mortal-clock.ts";
import { seededBytes } from "./seeded.ts";
import type { StatementGate } from "./statement-gate.ts";
import type { Stillness } from "./stillness.ts";
import type { VirtualBroker } from "./virtual-broker.ts";

export interface VirtualServerOptions {
  config: Config;
  clock: VirtualClock;
  seed: number;
  gate: StatementGate;
  broker: VirtualBroker;
  stillness: Stillness;
  prepare(ctx: App["ctx"]): Promise<unknown>;
  /** Lines of the log, warnings and worse. */
  onLog(line: string): void;
}

interface Running {
  app: App;
  gone: Promise<never>;
  /** Cuts everything at once. */
  die(): Promise<void>;
}

/** The real server on virtual time, to be stopped, killed and started again on the same database and broker. */
export class VirtualServer {
  readonly #options: VirtualServerOptions;
  #running: Running | undefined;
  #starts = 0;
  #changing: Promise<void> = Promise.resolve();

  constructor(options: VirtualServerOptions) {
    this.#options = options;
  }

  get running(): { http: App["http"]; gone: Promise<never> } | undefined {
    return this.#running && { http: this.#running.app.http, gone: this.#running.gone };
  }

  get app(): App | undefined {
    return this.#running?.app;
  }

  get isUp(): boolean {
    return this.#running !== undefined;
  }

  /** Up, or on the way: a start or stop that is under way is waited for. */
  async ready(): Promise<void> {
    await this.#changing;
    if (!this.#running) await this.start();
  }

  start(): Promise<void> {
    return this.#one(() => this.#start());
  }

  /** Starts and ends come one after the other. */
  #one(change: () => Promise<void>): Promise<void> {
    const done = this.#changing.then(change);
    this.#changing = done.catch(() => {});
    return done;
  }

  async #start(): Promise<void> {
    if (this.#running) return;
    const { config, seed, gate, stillness, prepare, onLog } = this.#options;
    const start = this.#starts++;
    const clock = new MortalClock(this.#options.clock);
    const connection = gate.connect();
    const broker = this.#options.broker.connect();
    const { promise: gone, reject } = Promise.withResolvers<never>();
    gone.catch(() => {});
    const starting = startApp(config, {
      clock,
      random: seededBytes(`${seed}/server/${start}`),
      log: createLogger("warn", { write: onLog }),
      broker,
      database: databaseOn(connection),
      prepare,
    });
    const app = await stillness.track("the server's start", starting);
    const die = async () => {
      reject(new TypeError("fetch failed: the server is gone"));
      clock.kill();
      broker.die();
      await connection.cut();
    };
    this.#running = { app, gone, die };
  }

  /** In order, as on SIGTERM: what it has is finished, for which a little virtual time must pass. */
  stop(): Promise<void> {
    return this.#one(() => this.#stop());
  }

  async #stop(): Promise<void> {
    const running = this.#running;
    if (!running) return;
    await this.#options.broker.quiesce();
    if (this.#running !== running) return;
    this.#running = undefined;
    await this.#options.stillness.track("the server's stop", running.app.close());
    await running.die();
  }

  /** As SIGKILL: transactions are cut in the middle, nobody is told anything any more. */
  kill(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    if (!running) return Promise.resolve();
    const dead = running.die();
    return this.#one(async () => {
      // Only frees what this process holds for it: all its connections are dead.
      const remains = dead.then(() => running.app.close());
      await this.#options.stillness.track("the killed server's remains", remains);
    });
  }
}
