import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ApiClient, machineRoutes } from "@hanyouxu/api";
import { type DemoMachine, type Fleet, startFleet } from "@hanyouxu/simulator";
import type { System } from "../src/index.ts";
import { expect } from "./fixtures.ts";

/** Chips that a spec brings online beside the system's. */
export interface OwnFleet extends AsyncDisposable {
  fleet: Fleet;
  /** Holds one folder a machine, by its id: what the chip keeps is in `journal`. */
  dir: string;
}

/** Brings more of the county's machines online, until they are disposed of. */
export async function bringOnline(
  { url, clock, enrol, mosquitto }: System,
  regulator: ApiClient,
  machines: readonly DemoMachine[],
): Promise<OwnFleet> {
  const dir = mkdtempSync(join(tmpdir(), "hy-e2e-chips-"));
  const fleet = startFleet({
    machines,
    dir,
    clock,
    seed: 1,
    enrol,
    platformUrl: url,
    ...(mosquitto ? { brokerUrl: mosquitto.url } : {}),
    onFailure: (machine, error) => process.stderr.write(`chip of ${machine.name}: ${error}\n`),
  });
  await fleet.started;
  for (const { machineId } of machines) {
    await expect
      .poll(async () => (await regulator.call(machineRoutes.getMachine, { params: { machineId } })).state)
      .not.toBe("offline");
  }
  return {
    fleet,
    dir,
    async [Symbol.asyncDispose]() {
      await fleet.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
