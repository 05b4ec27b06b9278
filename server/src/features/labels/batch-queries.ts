import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, sql } from "kysely";
import type { LabelBatchesTable } from "../../db/tables/retrofit.ts";
import type { Tables } from "../../db/tables.ts";
import type { ReachedRows } from "../../db/within-scope.ts";

type Db = Kysely<Tables>;

export interface BatchFilter {
  /** Regions only: a batch belongs to no enterprise. Absent: all, for the platform itself. */
  scope?: ReachedRows;
  labelBatchId?: string;
  text?: string | undefined;
}

export async function insertBatch(tx: Db, row: Insertable<LabelBatchesTable>): Promise<void> {
  await tx.insertInto("label_batches").values(row).execute();
}

function batchesMatching(db: Db, { scope, labelBatchId, text }: BatchFilter) {
  return db
    .selectFrom("label_batches as b")
    .innerJoin("regions as r", "r.region_code", "b.region_code")
    .$if(scope !== undefined && !scope.everywhere, (query) =>
      query.where((where) =>
        where.or(scope!.regions.map((code) => where("b.region_code", "like", `${code}%` as RegionCode))),
      ),
    )
    .$if(labelBatchId !== undefined, (query) => query.where("b.label_batch_id", "=", labelBatchId!))
    .$if(text !== undefined, (query) => query.where(sql<boolean>`strpos(lower(b.name), lower(${text})) > 0`));
}

export async function countBatches(db: Db, filter: BatchFilter): Promise<number> {
  const row = await batchesMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function selectBatches(db: Db, filter: BatchFilter, limit: number, offset: number) {
  const countOf = (state: string) => sql<number>`
    (select count(*) from label_batch_items i join machine_labels l using (machine_code)
     where i.label_batch_id = b.label_batch_id and l.state = ${state})`;
  return await batchesMatching(db, filter)
    .select([
      "b.label_batch_id",
      "b.name",
      "b.kind",
      "b.region_code",
      "b.label_count",
      "b.made_at",
      "b.printed_at",
      "b.print_count",
      "r.name as region_name",
      countOf("blank").as("blank_count"),
      countOf("bound").as("bound_count"),
      countOf("void").as("void_count"),
    ])
    .orderBy("b.made_at", "desc")
    .orderBy("b.label_batch_id")
    .limit(limit)
    .offset(offset)
    .execute();
}

export type BatchRow = Awaited<ReturnType<typeof selectBatches>>[number];

export async function markPrinted(tx: Db, labelBatchId: string, by: PersonId, at: Date): Promise<void> {
  await tx
    .updateTable("label_batches")
    .set((expression) => ({
      printed_at: at,
      printed_by: by,
      print_count: expression("print_count", "+", 1),
    }))
    .where("label_batch_id", "=", labelBatchId)
    .execute();
}
