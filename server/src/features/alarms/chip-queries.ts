import type { ChipId, MachineId, WorkSessionId } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import { recordset } from "../../db/bulk.ts";
import { policyOfRegion, type StoredPolicy } from "../../db/region-policy.ts";
import type { Tables } from "../../db/tables.ts";

/** The open work session of machines: whose hands they are in. */
export async function openWorksOf(tx: Kysely<Tables>, machineIds: readonly MachineId[]) {
  const rows = await tx
    .selectFrom("work_sessions")
    .select(["machine_id", "work_session_id", "welder_id", "site_owner_enterprise_id", "clearance_id"])
    .where(sql<boolean>`machine_id = any(${[...new Set(machineIds)]}::uuid[])`)
    .where("status", "in", ["granted", "energised"])
    .execute();
  return new Map(rows.map((row) => [row.machine_id, row]));
}

export type OpenWork = Awaited<ReturnType<typeof openWorksOf>> extends Map<unknown, infer Row> ? Row : never;

/** Of sessions that chips speak of, those never granted to them: neither as a work session nor as an installer's test of the relay. */
export async function selectStrangeSessions(
  tx: Kysely<Tables>,
  said: readonly { chipId: ChipId; workSessionId: WorkSessionId }[],
): Promise<ReadonlySet<WorkSessionId>> {
  if (said.length === 0) return new Set();
  const asked = said.map(({ chipId, workSessionId }) => ({ chip: chipId, session: workSessionId }));
  const { rows } = await sql<{ session: WorkSessionId }>`
    select r.session from ${recordset(asked, "chip text, session uuid")}
    where not exists (select from work_sessions where work_session_id = r.session and chip_id = r.chip)
      and not exists (select from commands where chip_id = r.chip and kind = 'grant'
                      and body->>'workSessionId' = r.session::text)`.execute(tx);
  return new Set(rows.map(({ session }) => session));
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
