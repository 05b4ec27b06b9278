import type { MachineId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { KeptPlace } from "../../db/tables/movement.ts";
import type { Tables } from "../../db/tables.ts";
import { writeDays } from "./queries.ts";

/** The past days of a machine that no chip reported. */
export interface SimulatedDays {
  machineId: MachineId;
  days: readonly { day: string; places: readonly KeptPlace[] }[];
}

/** Gives a demonstration's machines a past, marked as simulated; the classifier sees them as it sees all others. */
export async function addSimulatedDays(
  tx: Kysely<Tables>,
  machines: readonly SimulatedDays[],
): Promise<void> {
  const days = machines.flatMap(({ machineId, days: own }) =>
    own.map((day) => ({ machine_id: machineId, ...day })),
  );
  await writeDays(tx, days, { isSimulated: true });
}
