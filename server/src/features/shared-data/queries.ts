import type { SharedResource } from "@hanyouxu/api";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";

/** A row of a feed: its id, the transaction that last changed it, and the columns of the resource. */
export interface FeedRow {
  id: string;
  xid: string;
  [column: string]: unknown;
}

interface FeedSource {
  /** Own text, never input. */
  table: string;
  id: string;
  region: string;
  columns: string;
}

/** `t` is always the table whose changes count. */
const SOURCES: Readonly<Record<SharedResource, FeedSource>> = {
  machines: {
    table: "machines t",
    id: "t.machine_id",
    region: "t.region_code",
    columns: `t.machine_code, t.name, t.model, t.process, t.is_mobile, t.status, t.is_locked, t.enterprise_id,
      t.region_code, t.home_latitude_degrees, t.home_longitude_degrees`,
  },
  enterprises: {
    table: "enterprises t",
    id: "t.enterprise_id",
    region: "t.region_code",
    columns: "t.name, t.uscc, t.industry, t.region_code, t.status",
  },
  certificates: {
    table: "certificates t join welders w using (welder_id) join persons p using (person_id)",
    id: "t.certificate_id",
    region: "w.region_code",
    columns: `w.pseudonym, p.name_ciphertext, t.family, t.item, t.number_ciphertext, t.valid_from, t.valid_to,
      t.review_due_on, t.status, w.region_code`,
  },
  "work-sessions": {
    table: "work_sessions t join welders w using (welder_id)",
    id: "t.work_session_id",
    region: "t.region_code",
    columns: `t.machine_id, t.enterprise_id, w.pseudonym, t.region_code, t.status, t.granted_at, t.energised_at,
      t.ended_at, t.end_reason, t.energised_ms, t.arc_ms`,
  },
};

export interface FeedQuestion {
  region: string;
  after?: { xid: string; id: string } | undefined;
  changedSince?: Date | undefined;
  limit: number;
}

/**
 * Rows in the order of their last change. Only those changed by a transaction older than every one still running are
 * shown, for none that is older can appear later: a reader that goes on from the last never misses one.
 */
export async function selectFeed(
  db: Kysely<Tables>,
  resource: SharedResource,
  { region, after, changedSince, limit }: FeedQuestion,
): Promise<FeedRow[]> {
  const source = SOURCES[resource];
  const id = sql.ref(source.id);
  const conditions: RawBuilder<unknown>[] = [
    sql`${sql.ref(source.region)} like ${`${region}%`}`,
    sql`t.changed_xid < pg_snapshot_xmin(pg_current_snapshot())`,
  ];
  if (after) conditions.push(sql`(t.changed_xid, ${id}) > (${after.xid}::text::xid8, ${after.id}::uuid)`);
  if (changedSince) conditions.push(sql`t.changed_at >= ${changedSince}::timestamptz`);
  const { rows } = await sql<FeedRow>`
    select ${id} as id, t.changed_xid::text as xid, ${sql.raw(source.columns)}
    from ${sql.raw(source.table)}
    where ${sql.join(conditions, sql` and `)}
    order by t.changed_xid, ${id}
    limit ${limit}`.execute(db);
  return rows;
}

export async function selectEpoch(db: Kysely<Tables>): Promise<string> {
  return (await db.selectFrom("shared_feed").select("epoch").executeTakeFirstOrThrow()).epoch;
}

/**
 * After a restore into a cluster with younger transaction numbers, rows bear numbers from its future: they are
 * numbered anew and cursors from before end. Costs four looks into indexes otherwise.
 */
export async function renewFeed(db: Kysely<Tables>): Promise<boolean> {
  const tables = ["machines", "enterprises", "certificates", "work_sessions"];
  const isFuture = sql`changed_xid >= pg_snapshot_xmax(pg_current_snapshot())`;
  const some = tables.map((table) => sql`exists (select from ${sql.table(table)} where ${isFuture})`);
  const { rows } = await sql<{ is_restored: boolean }>`
    select ${sql.join(some, sql` or `)} as is_restored`.execute(db);
  if (!rows[0]?.is_restored) return false;
  await db.transaction().execute(async (tx) => {
    await sql`update shared_feed set epoch = gen_random_uuid()`.execute(tx);
    for (const table of tables) {
      await sql`
        update ${sql.table(table)} set changed_xid = pg_current_xact_id()
        where changed_xid > pg_current_xact_id()`.execute(tx);
    }
  });
  return true;
}
