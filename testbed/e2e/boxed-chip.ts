import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createApiClient } from "@hanyouxu/api";
import { createChipKeys } from "@hanyouxu/chip/hosts/node";
import type { MachineId } from "@hanyouxu/protocol";
import { type DemoMachine, OnlineMachine, openChipIdentity } from "@hanyouxu/simulator";
import { enrolChip } from "../src/enrol-chip.ts";
import type { System } from "../src/index.ts";

/** A chip as it comes out of its box: a key of its own, no certificate. */
export function boxedChip(dir: string) {
  const keys = createChipKeys();
  return {
    chipId: keys.chipId,
    /** The installer has given it the token: it enrols, is put into the machine and gets power. */
    async fit(system: System, machineId: string, token: string): Promise<OnlineMachine> {
      const folder = join(dir, machineId);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "key.pem"), keys.privateKeyPem);
      const api = createApiClient({ baseUrl: system.url, fetch });
      const identity = await openChipIdentity(dir, machineId as MachineId, ({ csrPem }) =>
        enrolChip(api, token, csrPem),
      );
      const machine: DemoMachine = { ...system.county.machines[0]!, machineId: machineId as MachineId };
      return new OnlineMachine({
        machine,
        identity,
        clock: system.clock,
        seed: 7,
        storage: "file",
        idleReadingMs: 500,
        workingReadingMs: 200,
        onFailure: (_machine, error) => process.stderr.write(`new chip: ${error}\n`),
      });
    },
  };
}
