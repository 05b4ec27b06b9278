import type { Appeal } from "@hanyouxu/api";
import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, sql } from "kysely";
import type { AppealsTable } from "../../db/tables/credit.ts";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinRegions } from "../../db/within-scope.ts";

type Db = Kysely<Tables>;

export interface AppealFilter {
  scope?: ReachedRows;
  appealId?: string;
  askedBy?: PersonId;
  status?: Appeal["status"] | undefined;
  region?: string | undefined;
}

function appealsMatching(db: Db, { scope, appealId, askedBy, status, region }: AppealFilter) {
  return db
    .selectFrom("appeals as a")
    .innerJoin("regions as r", "r.region_code", "a.region_code")
    .leftJoin("credit_bookings as b", "b.credit_booking_id", "a.credit_booking_id")
    .leftJoin("rectifications as o", "o.rectification_id", "a.rectification_id")
    .leftJoin("enterprises as e", "e.enterprise_id", "a.enterprise_id")
    .leftJoin("welders as w", "w.welder_id", "a.welder_id")
    .leftJoin("persons as p", "p.person_id", "w.person_id")
    .$if(scope !== undefined, (query) => query.where(withinRegions(scope!, "a.region_code")))
    .$if(appealId !== undefined, (query) => query.where("a.appeal_id", "=", appealId!))
    .$if(askedBy !== undefined, (query) => query.where("a.asked_by", "=", askedBy!))
    .$if(status !== undefined, (query) => query.where("a.status", "=", status!))
    .$if(region !== undefined, (query) => query.where("a.region_code", "like", `${region}%` as RegionCode));
}

/** Open ones first, those whose time ends first before the others. */
export async function selectAppeals(db: Db, filter: AppealFilter, limit: number, offset: number) {
  return await appealsMatching(db, filter)
    .selectAll("a")
    .select(["r.name as region_name", "e.name as enterprise_name", "p.name_ciphertext"])
    .select(["b.cause", "b.points", "o.rectification_number"])
    .orderBy(sql`a.status <> 'open'`)
    .orderBy("a.decide_by")
    .orderBy("a.appeal_id")
    .limit(limit)
    .offset(offset)
    .execute();
}

export type AppealRow = Awaited<ReturnType<typeof selectAppeals>>[number];

export async function countAppeals(db: Db, filter: AppealFilter): Promise<number> {
  const row = await appealsMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function insertAppeal(tx: Db, row: Insertable<AppealsTable>): Promise<void> {
  await tx.insertInto("appeals").values(row).execute();
}

/** Held to the end of the transaction. */
export async function lockAppeal(tx: Db, appealId: string) {
  return await tx
    .selectFrom("appeals")
    .selectAll()
    .where("appeal_id", "=", appealId)
    .forUpdate()
    .executeTakeFirst();
}

export async function selectDueAppeals(db: Db, now: Date, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom("appeals")
    .select("appeal_id")
    .where("next_at", "<=", now)
    .orderBy("next_at")
    .limit(limit)
    .execute();
  return rows.map(({ appeal_id }) => appeal_id);
}

/** A booking, and whose it is. */
export async function lockBooking(tx: Db, bookingId: string) {
  return await tx
    .selectFrom("credit_bookings as b")
    .leftJoin("welders as w", "w.welder_id", "b.welder_id")
    .selectAll("b")
    .select("w.person_id")
    .where("b.credit_booking_id", "=", bookingId)
    .forUpdate("b")
    .executeTakeFirst();
}

export async function lockOrder(tx: Db, rectificationId: string) {
  return await tx
    .selectFrom("rectifications")
    .select(["rectification_id", "enterprise_id", "region_code", "issued_by", "issued_at", "ended_at"])
    .where("rectification_id", "=", rectificationId)
    .forUpdate()
    .executeTakeFirst();
}
