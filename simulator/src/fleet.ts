import type { ChipLink } from "@hanyouxu/chip";
import type { Clock } from "@hanyouxu/protocol";
import { type ChipIdentity, type EnrolChip, openChipIdentity } from "./chip-identity.ts";
import type { County, DemoMachine } from "./county/types.ts";
import { OnlineMachine } from "./online-machine.ts";
import { wait } from "./wait.ts";

/** A fair sample of the county that a laptop carries with half a core. */
export const defaultChipsOnline = 250;

export interface FleetOptions {
  /** The machines to bring online, in this order. */
  machines: readonly DemoMachine[];
  /** Keys, certificates and flash of the chips: kept, so that a second start is the same fleet. */
  dir: string;
  clock: Clock;
  seed: number | string;
  enrol: EnrolChip;
  /** `memory` for short tests: a new process is then a fleet of chips that forgot. */
  storage?: "file" | "memory";
  /** Where chips connect, when the broker has moved since they were enrolled: a demonstration's port may change. */
  brokerUrl?: string;
  /** Where chips with a camera send their pictures; without it none has one. */
  platformUrl?: string | undefined;
  /** Machines with a camera beside those whose traits say so. */
  filmed?: readonly string[];
  /** Instead of MQTT over mutual TLS: a link of the testbed's. */
  link?: (identity: ChipIdentity) => ChipLink;
  idleReadingMs?: number;
  workingReadingMs?: number;
  /** Between one chip's boot and the next: a county does not plug in all at once. */
  bootGapMs?: number;
  /** Stops bringing further machines online. */
  signal?: AbortSignal;
  /** A chip's flash or enrolment failed; the others go on. */
  onFailure?(machine: DemoMachine, error: unknown): void;
}

export interface Fleet {
  /** Those online so far. */
  machines: readonly OnlineMachine[];
  /** Resolves when every machine has been brought online. */
  started: Promise<void>;
  /** Calls `run` for every machine online already, and for each that comes. */
  onOnline(run: (machine: OnlineMachine) => void): void;
  machine(machineId: string): OnlineMachine | undefined;
  /** Every chip shuts down in order. */
  stop(): Promise<void>;
  /** As a power cut. */
  kill(): void;
}

const workers = 4;

/** Brings chips online, each with its own key over its own mutual TLS connection. */
export function startFleet(options: FleetOptions): Fleet {
  const { clock, bootGapMs = 10, onFailure = () => {} } = options;
  const online = new Map<string, OnlineMachine>();
  const listeners: ((machine: OnlineMachine) => void)[] = [];
  const leaving = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, leaving.signal]) : leaving.signal;

  async function identityOf({ machineId }: DemoMachine): Promise<ChipIdentity> {
    const { dir, enrol, brokerUrl } = options;
    const identity = await openChipIdentity(dir, machineId, enrol);
    return brokerUrl ? { ...identity, enrolment: { ...identity.enrolment, brokerUrl } } : identity;
  }

  async function bringOnline(machine: DemoMachine): Promise<void> {
    try {
      const identity = await identityOf(machine);
      if (signal.aborted) return;
      const settings = {
        machine,
        identity,
        clock,
        seed: options.seed,
        storage: options.storage ?? "file",
        link: options.link,
        platformUrl: options.platformUrl,
        isFilmed: options.filmed?.includes(machine.machineId) ?? false,
        // Looked at more often than reported: tamper and bypass show between two reports.
        idleReadingMs: options.idleReadingMs ?? 15_000,
        workingReadingMs: options.workingReadingMs ?? 1_000,
        onFailure,
      };
      const at = new OnlineMachine(settings);
      online.set(machine.machineId, at);
      for (const run of listeners) run(at);
    } catch (error) {
      onFailure(machine, error);
    }
  }

  /** Some at a time: the platform signs a certificate while the next chip makes its key. */
  async function bringAllOnline(): Promise<void> {
    const queue = options.machines.values();
    const worker = async () => {
      for (const machine of queue) {
        if (signal.aborted) return;
        await bringOnline(machine);
        if (bootGapMs > 0) await wait(clock, bootGapMs * workers, signal).catch(() => {});
      }
    };
    await Promise.all(Array.from({ length: workers }, worker));
  }

  return {
    get machines() {
      return [...online.values()];
    },
    started: bringAllOnline(),
    onOnline(run) {
      listeners.push(run);
      for (const at of online.values()) run(at);
    },
    machine: (machineId) => online.get(machineId),
    async stop() {
      leaving.abort();
      await Promise.all([...online.values()].map(({ chip }) => chip.stop()));
    },
    kill() {
      leaving.abort();
      for (const { chip } of online.values()) chip.kill();
    },
  };
}

/** The machines of a county of which `count` chips shall be online: the cast first, without its offline machine. */
export function machinesToBringOnline(county: County, count: number): DemoMachine[] {
  return county.machines
    .filter(({ machineId }) => machineId !== county.cast.machines.offline)
    .slice(0, count);
}
