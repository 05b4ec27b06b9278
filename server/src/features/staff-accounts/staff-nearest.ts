import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";

/** GB/T 2260 and GB/T 10114: province, prefecture, county, township. */
const CODE_LENGTHS = [2, 4, 6, 9] as const;

/** How many levels of the region tree lie above a region. */
export function levelsAbove(region: RegionCode): number {
  const own = CODE_LENGTHS.findIndex((length) => length >= region.length);
  return own === -1 ? CODE_LENGTHS.length - 1 : own;
}

/** The own region at level 0, its parent at level 1, and so on up to the province. */
export function callRegion(region: RegionCode, level: number): RegionCode {
  return region.slice(0, CODE_LENGTHS[Math.max(0, levelsAbove(region) - level)]) as RegionCode;
}

/** A call to those who answer for a place, from a level of the region tree. */
export interface StaffCall {
  place: RegionCode;
  /** Told is who lies within. */
  called: RegionCode;
  roles: readonly string[];
  /** Who calls needs no telling. */
  except?: PersonId;
}

/**
 * Who answers for a place: staff whose region contains it and lies within `called`; where there are none, the nearest
 * level above that has some. Nobody is told who answers for a whole province because a township has its own.
 */
export async function staffNearest(
  db: Kysely<Tables>,
  place: RegionCode,
  called: RegionCode,
  roles: readonly string[],
): Promise<PersonId[]> {
  const [found] = await staffNearestOf(db, [{ place, called, roles }]);
  return found!;
}

/** The same for many calls at once, in their order. */
export async function staffNearestOf(db: Kysely<Tables>, calls: readonly StaffCall[]): Promise<PersonId[][]> {
  if (calls.length === 0) return [];
  const places = [...new Set(calls.map(({ place }) => place))];
  const roles = [...new Set(calls.flatMap((call) => call.roles))];
  const staff = await db
    .selectFrom("role_grants")
    .select(["person_id", "region_code", "role"])
    .where(sql<boolean>`role = any(${roles}::text[])`)
    .where("enterprise_id", "is", null)
    .where("region_code", "is not", null)
    .where(sql<boolean>`exists (select from unnest(${places}::text[]) as p (place)
                                where p.place like region_code || '%')`)
    .execute();
  const found = new Map<string, PersonId[]>();
  return calls.map((call) => {
    const key = JSON.stringify(call);
    const people = found.get(key) ?? nearestOf(call, staff);
    found.set(key, people);
    return people;
  });
}

function nearestOf(
  { place, called, roles, except }: StaffCall,
  staff: readonly { person_id: PersonId; region_code: RegionCode | null; role: string }[],
): PersonId[] {
  const rows = staff.filter(
    ({ person_id, region_code, role }) =>
      roles.includes(role) && place.startsWith(region_code!) && person_id !== except,
  );
  const within = rows.filter(({ region_code }) => region_code!.startsWith(called));
  const above = Math.max(0, ...rows.map(({ region_code }) => region_code!.length));
  const found = within.length > 0 ? within : rows.filter(({ region_code }) => region_code!.length === above);
  return [...new Set(found.map(({ person_id }) => person_id))];
}
