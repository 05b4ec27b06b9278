import type { CreditBooking } from "@hanyouxu/api";
import type { EnterpriseId, RegionCode, WelderId } from "@hanyouxu/protocol";
import { type CreditHolder, FULL_CREDIT } from "@hanyouxu/rules";
import { type Insertable, type Kysely, sql } from "kysely";
import type { CreditBookingsTable } from "../../db/tables/credit.ts";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinRegions } from "../../db/within-scope.ts";

type Db = Kysely<Tables>;
export type Ending = NonNullable<CreditBooking["endedWhy"]>;

/** False when the same is booked already and holds. */
export async function insertBooking(tx: Db, row: Insertable<CreditBookingsTable>): Promise<boolean> {
  const result = await tx
    .insertInto("credit_bookings")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export async function endBookingsOfCause(tx: Db, causeId: string, why: Ending, at: Date): Promise<void> {
  await tx
    .updateTable("credit_bookings")
    .set({ ended_at: at, ended_why: why })
    .where("cause_id", "=", causeId)
    .where("ended_at", "is", null)
    .execute();
}

/** False when it held no longer. */
export async function endBooking(tx: Db, bookingId: string, why: Ending, at: Date): Promise<boolean> {
  const result = await tx
    .updateTable("credit_bookings")
    .set({ ended_at: at, ended_why: why })
    .where("credit_booking_id", "=", bookingId)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export interface AccountFilter {
  holder: CreditHolder;
  holderId?: string;
  /** Of these regions: a firm sees its own by another way. */
  scope?: ReachedRows;
  region?: string | undefined;
  /** Only those with less. */
  below?: number;
}

export interface AccountRow {
  holder_id: WelderId | EnterpriseId;
  region_code: RegionCode;
  region_name: string;
  /** A welder's. */
  name_ciphertext: Uint8Array | null;
  /** A firm's. */
  name: string | null;
  credit: number;
}

/** Welders, or firms, with their points. */
function accountsMatching({ holder, holderId, scope, region, below }: AccountFilter) {
  const who =
    holder === "welder"
      ? sql`select w.welder_id as holder_id, w.region_code, p.name_ciphertext, null::text as name
            from welders w join persons p using (person_id)`
      : sql`select e.enterprise_id as holder_id, e.region_code, null::bytea as name_ciphertext,
                   e.name
            from enterprises e`;
  const column = holder === "welder" ? sql.ref("b.welder_id") : sql.ref("b.enterprise_id");
  const conditions = [
    ...(scope ? [withinRegions(scope, "h.region_code")] : []),
    ...(holderId === undefined ? [] : [sql`h.holder_id = ${holderId}::uuid`]),
    ...(region === undefined ? [] : [sql`h.region_code like ${`${region}%`}`]),
    ...(below === undefined ? [] : [sql`c.credit < ${below}`]),
  ];
  return sql`
    from (${who}) h
    join regions r on r.region_code = h.region_code
    cross join lateral (
      select greatest(0, least(${FULL_CREDIT}, ${FULL_CREDIT} + coalesce(sum(b.points), 0)))::int as credit
      from credit_bookings b where ${column} = h.holder_id and b.ended_at is null) c
    where ${conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)}`;
}

/** The fewest points first. */
export async function selectAccounts(
  db: Db,
  filter: AccountFilter,
  limit: number,
  offset: number,
): Promise<AccountRow[]> {
  const { rows } = await sql<AccountRow>`
    select h.holder_id, h.region_code, h.name_ciphertext, h.name, r.name as region_name, c.credit
    ${accountsMatching(filter)}
    order by c.credit, h.holder_id limit ${limit} offset ${offset}`.execute(db);
  return rows;
}

export async function countAccounts(db: Db, filter: AccountFilter): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`select count(*)::int as count ${accountsMatching(filter)}`.execute(db);
  return rows[0]!.count;
}

const MOST_SHOWN = 200;

/** What was booked for one welder or firm, the latest first, each with its appeal. */
export async function selectBookings(db: Db, holder: CreditHolder, holderId: string) {
  return await db
    .selectFrom("credit_bookings as b")
    .leftJoin("appeals as a", "a.credit_booking_id", "b.credit_booking_id")
    .selectAll("b")
    .select(["a.appeal_id", "a.status as appeal_status"])
    .where(holder === "welder" ? "b.welder_id" : "b.enterprise_id", "=", holderId as never)
    .orderBy("b.booked_at", "desc")
    .orderBy("b.credit_booking_id", "desc")
    .limit(MOST_SHOWN)
    .execute();
}

export type BookingRow = Awaited<ReturnType<typeof selectBookings>>[number];
