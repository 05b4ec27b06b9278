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

/** The newest telemetry of machines, lately heard, whose sensors last showed at least so much gas: `most` chips after one. */
export async function selectGasBatches(
  db: Kysely<Tables>,
  {
    heardSince,
    startsSince,
    leastLelPercent,
    after,
    most,
  }: {
    heardSince: Date;
    startsSince: Date;
    leastLelPercent: number;
    after: ChipId | undefined;
    most: number;
  },
  nowMs: number,
): Promise<GasBatches[]> {
  const { rows } = await sql<
    Omit<GasBatches, "payloads"> & { starts_at: Date | null; payload: Uint8Array | null }
  >`
    with gassy as (
      select t.chip_id, m.machine_id, m.enterprise_id, m.region_code,
             t.latitude_degrees, t.longitude_degrees
      from twins t join machines m on m.chip_id = t.chip_id
      where t.last_heard_at > ${heardSince} and t.gas_lel_percent >= ${leastLelPercent}
        and t.chip_id > ${after ?? ""}
      order by t.chip_id limit ${most}
    )
    select g.*, h.starts_at, h.payload, ${policyOfRegion(sql.ref("g.region_code"), nowMs)} as policy
    from gassy g
    left join lateral (
      select starts_at, payload from telemetry_hot where chip_id = g.chip_id and starts_at > ${startsSince}
    ) h on true
    order by g.chip_id, h.starts_at`.execute(db);
  const chips = new Map<ChipId, GasBatches>();
  for (const { starts_at, payload, ...chip } of rows) {
    const known = chips.get(chip.chip_id) ?? { ...chip, payloads: [] };
    if (starts_at && payload) known.payloads.push({ startsAt: starts_at, payload });
    chips.set(chip.chip_id, known);
  }
  return [...chips.values()];
}
