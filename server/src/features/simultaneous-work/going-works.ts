import { type ConflictSide, MOST_EXTENT_METRES } from "@hanyouxu/api";
import type { EnterpriseId, PersonId, RegionCode } from "@hanyouxu/protocol";
import {
  type ConflictKind,
  type HotWorkRegime,
  hotWorkRegimeOf,
  mostConflictMetres,
  type PlacedWork,
} from "@hanyouxu/rules";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";

type Db = Kysely<Tables>;

/** Fewer than a degree of latitude has anywhere, so that nothing near is missed. */
export const LEAST_METRES_PER_DEGREE = 110_000;

/** Hot work or declared work with all that conflicts ask of it. */
export interface GoingWork {
  /** `clearance:…`, `permit:…` or `other-work:…`. */
  key: string;
  /** The key of the permit that the work of a clearance is done under. */
  permitKey: string | null;
  placed: PlacedWork;
  side: ConflictSide;
  regionCode: RegionCode;
  enterpriseId: EnterpriseId | null;
  siteOwnerId: EnterpriseId | null;
  /** The welder and whoever watches, of hot work. */
  people: readonly PersonId[];
}

interface WorkRow {
  subject: ConflictSide["subject"];
  id: string;
  permit_id: string | null;
  kind: ConflictKind;
  regime: HotWorkRegime | "special-equipment" | null;
  region_code: RegionCode;
  enterprise_id: EnterpriseId | null;
  enterprise_name: string | null;
  site_owner_enterprise_id: EnterpriseId | null;
  site_owner_name: string | null;
  place_name: string;
  latitude_degrees: number;
  longitude_degrees: number;
  accuracy_metres: number;
  extent_metres: number;
  floor: string | null;
  height_metres: number | null;
  begins_at: Date;
  ends_at: Date | null;
  welder_person_id: PersonId | null;
  watch_person_id: PersonId | null;
}

/** A span of time in milliseconds since 1970; `toMs` null: without an end. */
export interface TimeSpan {
  fromMs: number;
  toMs: number | null;
}

/**
 * Open clearances from the entry to the closed smoulder watch: a welder who prepares is about to begin, and embers
 * catch what is sprayed. Whose work it is the permit says, or else the machine.
 */
const clearances = (where: RawBuilder<unknown>) => sql`
  select 'clearance' as subject, c.clearance_id as id, c.permit_id, 'hot-work' as kind,
         coalesce(h.regime, v.regime) as regime, c.region_code,
         coalesce(h.contractor_enterprise_id, c.enterprise_id) as enterprise_id, c.site_owner_enterprise_id,
         a.name as place_name, c.latitude_degrees, c.longitude_degrees, c.accuracy_metres,
         0::double precision as extent_metres, c.floor, null::double precision as height_metres,
         c.opened_at as begins_at, null::timestamptz as ends_at, w.person_id as welder_person_id, c.watch_person_id
  from clearances c
  join key_areas a on a.key_area_id = c.key_area_id
  join key_area_versions v on v.key_area_id = c.key_area_id and v.version = c.key_area_version
  join welders w on w.welder_id = c.welder_id
  left join hot_work_permits h on h.permit_id = c.permit_id
  where ${where}`;

const permits = (where: RawBuilder<unknown>) => sql`
  select 'permit', h.permit_id, h.permit_id, 'hot-work', h.regime, h.region_code,
         coalesce(h.contractor_enterprise_id, m.enterprise_id, h.site_owner_enterprise_id),
         h.site_owner_enterprise_id, coalesce(a.name, nullif(h.place_description, ''), h.permit_number),
         h.latitude_degrees, h.longitude_degrees, coalesce(h.point_accuracy_metres, 0), 0, h.floor, null,
         coalesce(h.valid_from, h.planned_from), coalesce(h.valid_to, h.planned_to), h.welder_person_id,
         h.fire_watch_person_id
  from hot_work_permits h
  left join machines m on m.machine_id = h.machine_id
  left join key_areas a on a.key_area_id = h.key_area_id
  where h.latitude_degrees is not null and h.longitude_degrees is not null
    and h.planned_from is not null and h.planned_to is not null and ${where}`;

const otherWorks = (where: RawBuilder<unknown>) => sql`
  select 'other-work', o.other_work_id, null, o.kind, null, o.region_code, o.enterprise_id,
         o.site_owner_enterprise_id, o.place_description, o.latitude_degrees, o.longitude_degrees, 0,
         o.extent_metres, o.floor, o.height_metres, o.planned_from, o.planned_to, null, null
  from other_works o
  where o.ended_at is null and ${where}`;

/**
 * All that goes on, or is allowed to, within a span of time. A permit whose clearance is open counts once, as that.
 * @param near only what can be within reach of this work; absent: everything everywhere
 */
export async function worksWithin(
  db: Db,
  { fromMs, toMs }: TimeSpan,
  near?: GoingWork["placed"],
): Promise<GoingWork[]> {
  const inBox = near === undefined ? () => sql`true` : boxAround(near);
  const from = new Date(fromMs);
  const before = (column: string) =>
    toMs === null ? sql`true` : sql`${sql.ref(column)} < ${new Date(toMs)}`;
  return await selectWorks(
    db,
    sql`${clearances(sql`c.ended_at is null and ${before("c.opened_at")} and ${inBox("c")}`)}
      union all
      ${permits(sql`h.status = 'approved' and coalesce(h.valid_to, h.planned_to) > ${from}
        and ${before("h.valid_from")} and ${inBox("h")} and not exists (
          select from clearances c where c.permit_id = h.permit_id and c.ended_at is null)`)}
      union all
      ${otherWorks(sql`o.planned_to > ${from} and ${before("o.planned_from")} and ${inBox("o")}`)}`,
  );
}

/** Whether a row's place can be near enough to a work, whatever both take up. @param alias of the row's table */
function boxAround({ place, extentMetres }: GoingWork["placed"]): (alias: string) => RawBuilder<unknown> {
  const latitudes = (mostConflictMetres + extentMetres + MOST_EXTENT_METRES) / LEAST_METRES_PER_DEGREE;
  const longitudes = latitudes / Math.max(0.01, Math.cos((place.latitudeDegrees * Math.PI) / 180));
  const { latitudeDegrees: north, longitudeDegrees: east } = place;
  return (
    alias,
  ) => sql`${sql.ref(`${alias}.latitude_degrees`)} between ${north - latitudes} and ${north + latitudes}
    and ${sql.ref(`${alias}.longitude_degrees`)} between ${east - longitudes} and ${east + longitudes}`;
}

export type WorkSubject = Pick<ConflictSide, "subject" | "id">;

/** One work that is not over, a permit also before it is approved; undefined when it is over or nowhere yet. */
export async function goingWork(db: Db, { subject, id }: WorkSubject): Promise<GoingWork | undefined> {
  const ofId = {
    clearance: () => clearances(sql`c.clearance_id = ${id}::uuid and c.ended_at is null`),
    permit: () =>
      permits(sql`h.permit_id = ${id}::uuid and h.status in ('draft', 'submitted', 'approved', 'suspended')`),
    "other-work": () => otherWorks(sql`o.other_work_id = ${id}::uuid`),
  } as const;
  // The first of a union names the columns.
  const query =
    subject === "clearance" ? ofId.clearance() : sql`${clearances(sql`false`)} union all ${ofId[subject]()}`;
  return (await selectWorks(db, query))[0];
}

async function selectWorks(db: Db, union: RawBuilder<unknown>): Promise<GoingWork[]> {
  const { rows } = await sql<WorkRow>`
    select w.*, e.name as enterprise_name, s.name as site_owner_name
    from (${union}) w
    left join enterprises e on e.enterprise_id = w.enterprise_id
    left join enterprises s on s.enterprise_id = w.site_owner_enterprise_id`.execute(db);
  return rows.map(workOf);
}

function workOf(row: WorkRow): GoingWork {
  const place = {
    latitudeDegrees: row.latitude_degrees,
    longitudeDegrees: row.longitude_degrees,
    accuracyMetres: row.accuracy_metres,
  };
  const { kind, floor, extent_metres: extentMetres } = row;
  const regime = row.regime === null ? "general" : regimeOf(row.regime);
  return {
    key: `${row.subject}:${row.id}`,
    permitKey: row.permit_id === null ? null : `permit:${row.permit_id}`,
    placed: {
      work: kind === "hot-work" ? { kind, regime } : { kind },
      // A welder of no firm is a firm of his own.
      firmId: row.enterprise_id ?? `person:${row.welder_person_id}`,
      place,
      extentMetres,
      floor,
      heightMetres: row.height_metres,
      fromMs: row.begins_at.getTime(),
      toMs: row.ends_at?.getTime() ?? null,
    },
    side: {
      subject: row.subject,
      id: row.id,
      kind,
      enterpriseName: row.enterprise_name,
      siteOwnerName: row.site_owner_name,
      placeName: row.place_name,
      place,
      extentMetres,
      floor,
      from: row.begins_at.toISOString(),
      to: row.ends_at?.toISOString() ?? null,
    },
    regionCode: row.region_code,
    enterpriseId: row.enterprise_id,
    siteOwnerId: row.site_owner_enterprise_id,
    people: [row.welder_person_id, row.watch_person_id].filter((id) => id !== null),
  };
}

/** A key area's regime is an enterprise's; a permit has one of hot work already. */
function regimeOf(regime: NonNullable<WorkRow["regime"]>): HotWorkRegime {
  return regime === "special-equipment" ? hotWorkRegimeOf(regime) : regime;
}
