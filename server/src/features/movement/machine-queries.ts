import type { MovementSort, movementFilter } from "@hanyouxu/api";
import type { EnterpriseId, MachineId, PersonId, RegionCode } from "@hanyouxu/protocol";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { z } from "zod";
import type { FoundMovement, WorkPlace } from "../../db/tables/movement.ts";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinScope } from "../../db/within-scope.ts";
import { movementOrder } from "./movement-order.ts";

type Db = Kysely<Tables>;

export interface MachineMovementFilter {
  scope?: ReachedRows;
  machineId?: string;
  kind?: z.infer<typeof movementFilter>;
  region?: string;
  text?: string;
}

export interface MachineMovementRow {
  machine_id: MachineId;
  name: string;
  model: string;
  enterprise_id: EnterpriseId;
  enterprise_name: string;
  region_code: RegionCode;
  region_name: string;
  is_mobile: boolean;
  kind: FoundMovement;
  found: FoundMovement;
  override: "mobile" | "fixed" | null;
  override_reason: string | null;
  overridden_at: Date | null;
  overridden_by_name: Uint8Array | null;
  /** Null: not looked at yet. */
  places: WorkPlace[] | null;
  place_count: number;
  moves: number;
  farthest_metres: number;
  days: number;
  worked_days: number;
  simulated_days: number;
  from_day: string | null;
  to_day: string | null;
  classified_at: Date | null;
}

/** A person's word counts before the classifier's. */
const kindInSql = sql`coalesce(v.override, v.found, 'undecided')`;

function machinesMatching({
  scope,
  machineId,
  kind,
  region,
  text,
}: MachineMovementFilter): RawBuilder<unknown> {
  const conditions = [
    sql`m.status <> 'scrapped'`,
    scope && withinScope(scope, "m.region_code", "m.enterprise_id"),
    machineId && sql`m.machine_id = ${machineId}::uuid`,
    kind && (kind === "overridden" ? sql`v.override is not null` : sql`${kindInSql} = ${kind}`),
    region && sql`m.region_code like ${`${region}%`}`,
    text &&
      sql`(strpos(lower(m.name), lower(${text})) > 0 or strpos(lower(m.model), lower(${text})) > 0
           or strpos(lower(e.name), lower(${text})) > 0
           or strpos(m.machine_code, upper(replace(${text}, '-', ''))) > 0)`,
  ].filter((condition) => condition !== undefined && condition !== "");
  return sql`
    from machines m
    join enterprises e on e.enterprise_id = m.enterprise_id
    join regions r on r.region_code = m.region_code
    left join machine_movements v on v.machine_id = m.machine_id
    left join persons p on p.person_id = v.overridden_by
    where ${sql.join(conditions, sql` and `)}`;
}

export async function selectMachineMovements(
  db: Db,
  filter: MachineMovementFilter,
  sort: MovementSort,
  part: { limit: number; offset: number },
): Promise<MachineMovementRow[]> {
  const { rows } = await sql<MachineMovementRow>`
    select m.machine_id, m.name, m.model, m.enterprise_id, e.name as enterprise_name, m.region_code,
           r.name as region_name, m.is_mobile, ${kindInSql} as kind, coalesce(v.found, 'undecided') as found,
           v.override, v.override_reason, v.overridden_at, p.name_ciphertext as overridden_by_name, v.places,
           coalesce(v.place_count, 0) as place_count, coalesce(v.moves, 0) as moves,
           coalesce(v.farthest_metres, 0) as farthest_metres, coalesce(v.days, 0) as days,
           coalesce(v.worked_days, 0) as worked_days, coalesce(v.simulated_days, 0) as simulated_days,
           v.from_day, v.to_day, v.classified_at
    ${machinesMatching(filter)}
    order by ${movementOrder(sort, "m.region_code")}, m.machine_id
    limit ${part.limit} offset ${part.offset}`.execute(db);
  return rows;
}

export async function countMachineMovements(db: Db, filter: MachineMovementFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count ${machinesMatching(filter)}`.execute(
    db,
  );
  return rows[0]!.count;
}

export interface Override {
  kind: "mobile" | "fixed";
  reason: string;
  by: PersonId;
  at: Date;
}

export async function writeOverride(tx: Db, machineId: MachineId, override: Override): Promise<void> {
  const columns = {
    override: override.kind,
    override_reason: override.reason,
    overridden_by: override.by,
    overridden_at: override.at,
  };
  await tx
    .insertInto("machine_movements")
    .values({ machine_id: machineId, ...columns })
    .onConflict((conflict) => conflict.column("machine_id").doUpdateSet(columns))
    .execute();
}

/** False when there was none. */
export async function deleteOverride(tx: Db, machineId: MachineId): Promise<boolean> {
  const result = await tx
    .updateTable("machine_movements")
    .set({ override: null, override_reason: null, overridden_by: null, overridden_at: null })
    .where("machine_id", "=", machineId)
    .where("override", "is not", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
