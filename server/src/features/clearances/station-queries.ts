import type { KeyAreaId, RegionCode } from "@hanyouxu/protocol";
import type { StationCause } from "@hanyouxu/rules";
import type { Kysely, Updateable } from "kysely";
import type { StationCallsTable } from "../../db/tables/clearances.ts";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinRegions } from "../../db/within-scope.ts";

type Db = Kysely<Tables>;

export interface CalledStation {
  cause: StationCause;
  level: number;
  region: RegionCode;
  dueAtMs: number | null;
}

/** What a message calls the key area. */
export async function findAreaName(db: Db, keyAreaId: KeyAreaId): Promise<string> {
  const row = await db
    .selectFrom("key_areas")
    .select("name")
    .where("key_area_id", "=", keyAreaId)
    .executeTakeFirstOrThrow();
  return row.name;
}

/** A new call, or the open one passed on to a wider region, which anybody there may accept again. */
export async function upsertCall(
  tx: Db,
  newId: string,
  clearanceId: string,
  { cause, level, region, dueAtMs }: CalledStation,
  atMs: number,
): Promise<string> {
  const due_at = dueAtMs === null ? null : new Date(dueAtMs);
  const open = await tx
    .updateTable("station_calls")
    .set({ level, region_code: region, due_at, status: "alerted", accepted_at: null, accepted_by: null })
    .where("clearance_id", "=", clearanceId)
    .where("status", "in", ["alerted", "accepted", "on-site"])
    .returning("station_call_id")
    .executeTakeFirst();
  if (open) return open.station_call_id;
  await tx
    .insertInto("station_calls")
    .values({
      station_call_id: newId,
      clearance_id: clearanceId,
      cause,
      status: "alerted",
      region_code: region,
      level,
      called_at: new Date(atMs),
      due_at,
      accepted_at: null,
      accepted_by: null,
      arrived_at: null,
      arrival_distance_metres: null,
      decided_at: null,
      reason: null,
    })
    .execute();
  return newId;
}

export async function updateCall(
  tx: Db,
  stationCallId: string,
  change: Updateable<StationCallsTable>,
): Promise<void> {
  await tx.updateTable("station_calls").set(change).where("station_call_id", "=", stationCallId).execute();
}

export interface CallFilter {
  stationCallId?: string;
  clearanceId?: string;
  isOpen?: boolean;
  region?: string | undefined;
  /** Absent: all, for the platform itself. */
  scope?: ReachedRows;
}

function callsMatching(db: Db, filter: CallFilter) {
  const { scope } = filter;
  return db
    .selectFrom("station_calls as s")
    .innerJoin("clearances as c", "c.clearance_id", "s.clearance_id")
    .innerJoin("key_areas as a", "a.key_area_id", "c.key_area_id")
    .innerJoin("machines as m", "m.machine_id", "c.machine_id")
    .innerJoin("enterprises as e", "e.enterprise_id", "c.enterprise_id")
    .innerJoin("regions as r", "r.region_code", "c.region_code")
    .leftJoin("persons as p", "p.person_id", "s.accepted_by")
    .$if(scope !== undefined, (query) => query.where(withinRegions(scope!, "c.region_code")))
    .$if(filter.stationCallId !== undefined, (query) =>
      query.where("s.station_call_id", "=", filter.stationCallId!),
    )
    .$if(filter.clearanceId !== undefined, (query) => query.where("s.clearance_id", "=", filter.clearanceId!))
    .$if(filter.isOpen !== undefined, (query) =>
      query.where("s.decided_at", filter.isOpen ? "is" : "is not", null),
    )
    .$if(filter.region !== undefined, (query) =>
      query.where("c.region_code", "like", `${filter.region}%` as RegionCode),
    );
}

/** Open ones in the order they came; decided ones the latest first. */
export async function selectCalls(db: Db, filter: CallFilter, limit: number, offset: number) {
  const query = callsMatching(db, filter)
    .selectAll("s")
    .select([
      "a.name as key_area_name",
      "m.name as machine_name",
      "e.name as enterprise_name",
      "r.name as region_name",
      "c.region_code as place_region_code",
      "c.latitude_degrees",
      "c.longitude_degrees",
      "c.accuracy_metres",
      "c.floor",
      "p.name_ciphertext as accepted_by_ciphertext",
    ])
    .limit(limit)
    .offset(offset);
  return await (filter.isOpen === true
    ? query.orderBy("s.called_at").orderBy("s.station_call_id")
    : query.orderBy("s.called_at", "desc").orderBy("s.station_call_id", "desc")
  ).execute();
}

export type CallRow = Awaited<ReturnType<typeof selectCalls>>[number];

export async function countCalls(db: Db, filter: CallFilter): Promise<number> {
  const row = await callsMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}
