import type { DemoMachine, DemoWelder } from "@hanyouxu/simulator";
import { Worker } from "../worker.ts";
import type { StartTrace } from "./start-traces.ts";
import type { ToldOfAlarms } from "./told-of-alarms.ts";

export type DatabaseName = "pglite" | "postgresql";
export type BrokerName = "embedded" | "mosquitto";

export interface PlatformTask {
  database: DatabaseName;
  broker: BrokerName;
  /** How many pairs of a machine and a welder who may start it. */
  jobs: number;
  /** How many machines besides. */
  otherChips: number;
}

/** Processor time in ms: of the server's own thread, and of its whole process. */
export interface BusyMs {
  thread: number;
  process: number;
}

export interface RunningPlatform {
  url: string;
  jobs: { machine: DemoMachine; welder: DemoWelder }[];
  others: DemoMachine[];
}

/** A platform in a process of its own, for a bench; it lives in a folder that goes with it. */
export class Platform {
  readonly #worker = new Worker(new URL("./platform-worker.ts", import.meta.url));

  start(task: PlatformTask): Promise<RunningPlatform> {
    return this.#worker.ask("start", task);
  }

  /** When each start passed each point, by work session. */
  starts(): Promise<Record<string, Partial<StartTrace>>> {
    return this.#worker.ask("starts");
  }

  /** Samples that lie in the database now. */
  storedSamples(): Promise<number> {
    return this.#worker.ask("storedSamples");
  }

  /** How many ingest batches were committed, and how long one took. */
  ingestBatches(): Promise<{ count: number; meanMs: number }> {
    return this.#worker.ask("ingestBatches");
  }

  /** Gives everybody who is told of alarms something that can ring. */
  giveStaffPhones(): Promise<void> {
    return this.#worker.ask("giveStaffPhones");
  }

  /** Every machine of the county has a chip that was just heard; how many there are. */
  fitAllMachines(): Promise<number> {
    return this.#worker.ask("fitAllMachines");
  }

  /** So many machines move and weld, as telemetry would say. */
  moveMachines(count: number): Promise<void> {
    return this.#worker.ask("moveMachines", count);
  }

  /** Processor time so far. */
  busy(): Promise<BusyMs> {
    return this.#worker.ask("busy");
  }

  /** The alarms in the tables, and what people were told of them. */
  toldOfAlarms(): Promise<ToldOfAlarms> {
    return this.#worker.ask("toldOfAlarms");
  }

  /** Versions of the engines behind it. */
  engines(): Promise<Record<string, string>> {
    return this.#worker.ask("engines");
  }

  stop(): Promise<void> {
    return this.#worker.stop();
  }
}
