import { createCsrPem, createMemoryStorage } from "@hanyouxu/chip/hosts/node";
import type { VirtualClock } from "@hanyouxu/protocol";
import { type DemoMachine, type EnrolChip, type Fleet, OnlineMachine } from "@hanyouxu/simulator";
import type { SeenMachine } from "../invariants/invariant.ts";
import { seededBytes, seededKeys } from "./seeded.ts";
import type { VirtualBroker } from "./virtual-broker.ts";
import type { WorldRecord } from "./world-record.ts";

export interface VirtualFleetOptions {
  machines: readonly DemoMachine[];
  clock: VirtualClock;
  seed: number;
  broker: VirtualBroker;
  record: WorldRecord;
  enrol: EnrolChip;
  onFailure(machine: DemoMachine, error: unknown): void;
}

/** A fleet whose chips talk over memory links and keep their flash in memory, over losses of power too. */
export async function startVirtualFleet(options: VirtualFleetOptions): Promise<Fleet> {
  const online = new Map<string, OnlineMachine>();
  for (const machine of options.machines) {
    online.set(machine.machineId, await bringOnline(machine, options));
  }
  const machines = [...online.values()];
  return {
    machines,
    started: Promise.resolve(),
    onOnline: (run) => machines.forEach(run),
    machine: (machineId) => online.get(machineId),
    async stop() {
      await Promise.all(machines.map(({ chip }) => chip.stop()));
    },
    kill() {
      for (const { chip } of machines) chip.kill();
    },
  };
}

async function bringOnline(
  machine: DemoMachine,
  { clock, seed, broker, record, enrol, onFailure }: VirtualFleetOptions,
): Promise<OnlineMachine> {
  const path = `${seed}/${machine.machineId}`;
  const keys = seededKeys(`${path}/key`);
  const { machineId } = machine;
  const enrolment = await enrol({ machineId, chipId: keys.chipId, csrPem: createCsrPem(keys) });
  return new OnlineMachine({
    machine,
    identity: { keys, enrolment, dir: "" },
    clock,
    seed,
    storage: record.recording(keys.chipId, createMemoryStorage()),
    random: seededBytes(`${path}/chip`),
    link: () => broker.linkOf(keys.chipId).link,
    idleReadingMs: 15_000,
    workingReadingMs: 1_000,
    onFailure,
  });
}

/** One machine as the invariants see it, always as it is now. */
export class ObservedMachine implements SeenMachine {
  readonly at: OnlineMachine;
  #wasPowered = false;
  #workSessionId: string | undefined;

  constructor(at: OnlineMachine) {
    this.at = at;
  }

  /** Looks at the relay after a step. */
  follow(record: WorldRecord, nowMs: number, note: (line: string) => void): void {
    const { isPowered, at } = this;
    const workSessionId = isPowered ? at.chip.state().work?.grant.workSessionId : undefined;
    if (isPowered === this.#wasPowered && workSessionId === this.#workSessionId) return;
    this.#wasPowered = isPowered;
    this.#workSessionId = workSessionId;
    const { machineId } = at.machine;
    note(`${machineId} ${isPowered ? `has power for ${workSessionId}` : "has no power"}`);
    record.seeRelay(
      machineId,
      at.chipId,
      { isClosed: isPowered, workSessionId, hasPower: at.hasPower, place: at.world.body.place },
      nowMs,
    );
  }

  get machineId(): string {
    return this.at.machine.machineId;
  }

  get chipId(): SeenMachine["chipId"] {
    return this.at.chipId;
  }

  get isPowered(): boolean {
    return this.at.isPowered;
  }

  get isLoopCut(): boolean {
    return this.at.world.controls.isLoopCut;
  }

  /** As read last: between two readings nobody can know. */
  get gasLelPermille(): number | null {
    return this.at.chip.state().reading?.gas?.lelPermille ?? null;
  }

  get isCaughtUp(): boolean {
    const { log, link } = this.at.chip.state();
    return this.at.hasPower && link.phase === "up" && log.pending.length === 0;
  }
}
