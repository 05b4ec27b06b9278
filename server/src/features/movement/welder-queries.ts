import type { MovementSort } from "@hanyouxu/api";
import type { RegionCode, WelderId } from "@hanyouxu/protocol";
import { shanghaiDayStartMs } from "@hanyouxu/rules";
import { type Kysely, type RawBuilder, sql } from "kysely";
import { recordset } from "../../db/bulk.ts";
import { hasOneConnection } from "../../db/pglite-dialect.ts";
import type { FoundMovement } from "../../db/tables/movement.ts";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinScope } from "../../db/within-scope.ts";
import { weldersReached } from "../welders/welders.ts";
import { movementOrder } from "./movement-order.ts";
import type { SessionPlace } from "./session-days.ts";

type Db = Kysely<Tables>;

/** Until when sessions were noted; undefined while another server notes some. */
export async function lockProgress(tx: Db): Promise<Date | undefined> {
  const row = await tx
    .selectFrom("movement_progress")
    .select("sessions_until")
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return row?.sessions_until;
}

/** Marks who had a session of some time, and notes that it is done. */
export async function noteWelders(tx: Db, from: Date, until: Date): Promise<void> {
  await sql`
    insert into welder_movements (welder_id)
    select distinct welder_id from work_sessions
    where granted_at >= ${from} and granted_at < ${until} and energised_at is not null
    on conflict (welder_id) do update set is_stale = true`.execute(tx);
  await tx.updateTable("movement_progress").set({ sessions_until: until }).execute();
}

export interface StaleWelder {
  welder_id: WelderId;
  /** As `StaleMachine.version`. */
  version: string;
}

/** As `takeStaleMachines`. */
export async function takeStaleWelders(tx: Db, toDay: string, limit: number): Promise<StaleWelder[]> {
  const { rows } = await sql<StaleWelder>`
    select welder_id, xmin::text as version from welder_movements where is_stale or classified_on < ${toDay}
    limit ${limit} ${hasOneConnection(tx) ? sql`` : sql`for update skip locked`}`.execute(tx);
  return rows;
}

/** Sessions in which there was power, with the places their decisions were made on. @param scope whose; absent: all */
export async function selectSessionPlaces(
  db: Db,
  { welderIds, fromDay, scope }: { welderIds: readonly WelderId[]; fromDay: string; scope?: ReachedRows },
): Promise<(SessionPlace & { welder_id: WelderId })[]> {
  const { rows } = await sql<SessionPlace & { welder_id: WelderId }>`
    select s.welder_id, s.granted_at, d.facts #> '{chip,position}' as chip_position,
           d.facts -> 'phonePosition' as phone_position
    from work_sessions s join decisions d using (decision_id)
    where s.welder_id = any(${[...welderIds]}::uuid[]) and s.energised_at is not null
      and s.granted_at >= ${new Date(shanghaiDayStartMs(fromDay))}
      and ${scope ? withinScope(scope, "s.region_code", "s.enterprise_id") : sql<boolean>`true`}
    order by s.welder_id, s.granted_at`.execute(db);
  return rows;
}

/** As `writeMachineMovements`. */
export async function writeWelderMovements(
  tx: Db,
  rows: readonly StaleWelder[],
  classifiedAt: Date,
  classifiedOn: string,
): Promise<void> {
  await sql`
    update welder_movements v set is_stale = false, classified_at = ${classifiedAt}, classified_on = ${classifiedOn},
      found = r.found, place_count = r.place_count, moves = r.moves, farthest_metres = r.farthest_metres,
      worked_days = r.worked_days, from_day = r.from_day, to_day = r.to_day
    from ${recordset(
      rows,
      `welder_id uuid, found text, place_count integer, moves integer, farthest_metres integer, worked_days integer,
       from_day text, to_day text, version text`,
    )}
    where v.welder_id = r.welder_id and v.xmin::text = r.version`.execute(tx);
}

export interface WelderMovementRow {
  welder_id: WelderId;
  name_ciphertext: Uint8Array;
  region_code: RegionCode;
  region_name: string;
  kind: FoundMovement;
  place_count: number;
  moves: number;
  farthest_metres: number;
  worked_days: number;
  from_day: string | null;
  to_day: string | null;
  classified_at: Date | null;
}

export interface WelderMovementFilter {
  scope?: ReachedRows;
  welderId?: string;
  kind?: FoundMovement;
  region?: string;
}

function weldersMatching({ scope, welderId, kind, region }: WelderMovementFilter): RawBuilder<unknown> {
  const conditions = [
    scope && weldersReached(scope),
    welderId && sql`w.welder_id = ${welderId}::uuid`,
    kind && sql`coalesce(v.found, 'undecided') = ${kind}`,
    region && sql`w.region_code like ${`${region}%`}`,
  ].filter((condition) => condition !== undefined && condition !== "");
  return sql`
    from welders w
    join persons p on p.person_id = w.person_id
    join regions r on r.region_code = w.region_code
    left join welder_movements v on v.welder_id = w.welder_id
    where ${conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)}`;
}

export async function selectWelderMovements(
  db: Db,
  filter: WelderMovementFilter,
  sort: MovementSort,
  part: { limit: number; offset: number },
): Promise<WelderMovementRow[]> {
  const { rows } = await sql<WelderMovementRow>`
    select w.welder_id, p.name_ciphertext, w.region_code, r.name as region_name,
           coalesce(v.found, 'undecided') as kind, coalesce(v.place_count, 0) as place_count,
           coalesce(v.moves, 0) as moves, coalesce(v.farthest_metres, 0) as farthest_metres,
           coalesce(v.worked_days, 0) as worked_days, v.from_day, v.to_day, v.classified_at
    ${weldersMatching(filter)}
    order by ${movementOrder(sort, "w.region_code")}, w.welder_id
    limit ${part.limit} offset ${part.offset}`.execute(db);
  return rows;
}

export async function countWelderMovements(db: Db, filter: WelderMovementFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count ${weldersMatching(filter)}`.execute(
    db,
  );
  return rows[0]!.count;
}
