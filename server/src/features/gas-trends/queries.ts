import type { ChipId, EnterpriseId, MachineId, RegionCode } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import { policyOfRegion, type StoredPolicy } from "../../db/region-policy.ts";
import type { Tables } from "../../db/tables.ts";

export interface GasBatches {
  chip_id: ChipId;
  machine_id: MachineId;
  enterprise_id: EnterpriseId;
  region_code: RegionCode;
  latitude_degrees: number | null;
  longitude_degrees: number | null;
  policy: StoredPolicy | null;
  payloads: { startsAt: Date; payload: Uint8Array }[];
}

/** The newest telemetry of machines, lately heard, whose sensors last showed at least so much gas. */
export async function selectGasBatches(
  db: Kysely<Tables>,
  {
    heardSince,
    startsSince,
    leastLelPercent,
  }: { heardSince: Date; startsSince: Date; leastLelPercent: number },
  nowMs: number,
): Promise<GasBatches[]> {
  const { rows } = await sql<Omit<GasBatches, "payloads"> & { starts_at: Date; payload: Uint8Array }>`
    select t.chip_id, m.machine_id, m.enterprise_id, m.region_code, t.latitude_degrees, t.longitude_degrees,
           h.starts_at, h.payload,
           ${policyOfRegion(sql.ref("m.region_code"), nowMs)} as policy
    from twins t
    join machines m on m.chip_id = t.chip_id
    join telemetry_hot h on h.chip_id = t.chip_id and h.starts_at > ${startsSince}
    where t.last_heard_at > ${heardSince} and t.gas_lel_percent >= ${leastLelPercent}
    order by t.chip_id, h.starts_at`.execute(db);
  const chips = new Map<ChipId, GasBatches>();
  for (const { starts_at, payload, ...chip } of rows) {
    const known = chips.get(chip.chip_id) ?? { ...chip, payloads: [] };
    known.payloads.push({ startsAt: starts_at, payload });
    chips.set(chip.chip_id, known);
  }
  return [...chips.values()];
}
