import type { RunningPlatform } from "../platform/platform.ts";
import { Worker } from "../worker.ts";
import type { ScanTrace } from "./scanning-phone.ts";
import type { StormEvent, StormTask } from "./storm.ts";
import type { ChipTrace } from "./tapped-link.ts";

export interface ChipsTask {
  platform: RunningPlatform;
  chipFlash: "memory" | "file";
}

export interface StartsTask {
  starts: number;
  startsPerSecond: number;
  /** Over all other chips, meanwhile. */
  samplesPerSecond: number;
  samplesPerMessage: number;
}

export interface StartsDone {
  scans: ScanTrace[];
  chips: Record<string, Partial<ChipTrace>>;
  /** Why starts failed, and how many. */
  failures: Record<string, number>;
  samplesSent: number;
  seconds: number;
}

export interface FloodTask {
  seconds: number;
  warmUpSeconds: number;
  samplesPerMessage: number;
  /** Unacknowledged messages of each chip. */
  window: number;
}

export interface FloodDone {
  /** By the platform's broker, warming up included. */
  samplesAcknowledged: number;
  /** After warming up. */
  samplesPerSecond: number;
}

/** The county's chips and phones in a process of their own. */
export class Chips {
  readonly #worker = new Worker(new URL("./chips-worker.ts", import.meta.url));

  /** Enrols and connects all chips, signs all phones in. */
  open(task: ChipsTask): Promise<void> {
    return this.#worker.ask("open", task);
  }

  runStarts(task: StartsTask): Promise<StartsDone> {
    return this.#worker.ask("runStarts", task);
  }

  /** As many samples as the windows let through. */
  flood(task: FloodTask): Promise<FloodDone> {
    return this.#worker.ask("flood", task);
  }

  /** Events that raise alarms. */
  storm(task: StormTask): Promise<StormEvent[]> {
    return this.#worker.ask("storm", task);
  }

  stop(): Promise<void> {
    return this.#worker.stop();
  }
}
