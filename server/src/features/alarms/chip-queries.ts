import type { ChipId, MachineId, WorkSessionId } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import { policyOfRegion, type StoredPolicy } from "../../db/region-policy.ts";
import type { Tables } from "../../db/tables.ts";

/** The open work session of a machine: whose hands it is in. */
export async function openWorkOf(tx: Kysely<Tables>, machineId: MachineId) {
  return await tx
    .selectFrom("work_sessions")
    .select(["work_session_id", "welder_id", "site_owner_enterprise_id", "clearance_id"])
    .where("machine_id", "=", machineId)
    .where("status", "in", ["granted", "energised"])
    .executeTakeFirst();
}

/** Whether a session of that id was ever granted to the chip: a work session, or an installer's test of the relay. */
export async function isGrantedByUs(
  tx: Kysely<Tables>,
  chipId: ChipId,
  workSessionId: WorkSessionId,
): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`
    select exists (select from work_sessions where work_session_id = ${workSessionId} and chip_id = ${chipId})
        or exists (select from commands where chip_id = ${chipId} and kind = 'grant'
                   and body->>'workSessionId' = ${workSessionId}) as known`.execute(tx);
  return rows[0]!.known;
}

/** The numbers of some regions, by region. */
export async function policiesOf(
  tx: Kysely<Tables>,
  regions: readonly string[],
  nowMs: number,
): Promise<ReadonlyMap<string, StoredPolicy | null>> {
  if (regions.length === 0) return new Map();
  const { rows } = await sql<{ region: string; policy: StoredPolicy | null }>`
    select region, ${policyOfRegion(sql`region`, nowMs)} as policy
    from unnest(${[...new Set(regions)]}::text[]) as r (region)`.execute(tx);
  return new Map(rows.map(({ region, policy }) => [region, policy]));
}

export interface HotMachine {
  machine_id: MachineId;
  region_code: string;
  temperature_celsius: number | null;
}

/** Machines with a temperature alarm that lasts, open or history, as their chips measure now. */
export async function selectHotMachines(db: Kysely<Tables>): Promise<HotMachine[]> {
  return await db
    .selectFrom("alarms as a")
    .innerJoin("machines as m", "m.machine_id", "a.machine_id")
    .innerJoin("twins as t", "t.chip_id", "m.chip_id")
    .select(["m.machine_id", "m.region_code", "t.temperature_celsius"])
    .where("a.kind", "=", "temperature")
    .where("a.condition", "=", "active")
    .where((where) => where.or([where("a.closed_at", "is", null), where("a.handling", "=", "recorded")]))
    .execute();
}
