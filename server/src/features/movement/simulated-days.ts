import type { MachineId } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import { inBackground } from "../../db/background.ts";
import type { Tables } from "../../db/tables.ts";
import type { DayPlace } from "./day-places.ts";
import { keptOf } from "./kept-places.ts";
import { writeDays } from "./queries.ts";

/** The past days of a machine that no chip reported. */
export interface SimulatedDays {
  machineId: MachineId;
  days: readonly { day: string; places: readonly DayPlace[] }[];
}

/**
 * Gives a demonstration's machines a past, marked as simulated; the classifier sees it as it sees all other days. A
 * machine has it whole or not at all, and nobody waits for it: a few machines at a time.
 */
export async function addSimulatedDays(
  { db }: { db: Kysely<Tables> },
  machines: readonly SimulatedDays[],
): Promise<void> {
  const days = machines.flatMap(({ machineId, days: own }) =>
    own.map(({ day, places }) => ({ machine_id: machineId, day, places: keptOf(places) })),
  );
  await inBackground(() => db.transaction().execute((tx) => writeDays(tx, days, { isSimulated: true })));
}

/** The machines that have a simulated past. */
export async function machinesWithPast({ db }: { db: Kysely<Tables> }): Promise<Set<MachineId>> {
  const { rows } = await sql<{ machine_id: MachineId }>`
    select distinct machine_id from movement_days where is_simulated`.execute(db);
  return new Set(rows.map(({ machine_id }) => machine_id));
}
