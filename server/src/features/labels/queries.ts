import type { LabelState } from "@hanyouxu/api";
import type { MachineCode, MachineId, PersonId, RegionCode } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, sql } from "kysely";
import { recordset } from "../../db/bulk.ts";
import type { RefusedCodesTable } from "../../db/tables/retrofit.ts";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinScope } from "../../db/within-scope.ts";

type Db = Kysely<Tables>;

export async function selectLabel(db: Db, machineCode: MachineCode) {
  return await db
    .selectFrom("machine_labels")
    .selectAll()
    .where("machine_code", "=", machineCode)
    .executeTakeFirst();
}

/** The same, and nobody else changes it until the transaction ends. */
export async function lockLabel(tx: Db, machineCode: MachineCode) {
  return await tx
    .selectFrom("machine_labels")
    .selectAll()
    .where("machine_code", "=", machineCode)
    .forUpdate()
    .executeTakeFirst();
}

export interface NewLabel {
  machine_code: MachineCode;
  region_code: RegionCode;
  machine_id: MachineId | null;
}

/** Adds labels, bound where they name a machine; those that are there already stay as they are. */
export async function insertLabels(tx: Db, labels: readonly NewLabel[], madeAt: Date): Promise<void> {
  await sql`
    insert into machine_labels (machine_code, region_code, state, machine_id, made_at, bound_at)
    select r.machine_code, r.region_code, case when r.machine_id is null then 'blank' else 'bound' end,
           r.machine_id, ${madeAt}::timestamptz,
           case when r.machine_id is null then null else ${madeAt}::timestamptz end
    from ${recordset(labels, "machine_code text, region_code text, machine_id uuid")}
    on conflict (machine_code) do nothing`.execute(tx);
}

export async function insertBatchItems(
  tx: Db,
  labelBatchId: string,
  codes: readonly MachineCode[],
): Promise<void> {
  const rows = codes.map((machine_code, place) => ({ machine_code, place }));
  await sql`
    insert into label_batch_items (label_batch_id, place, machine_code)
    select ${labelBatchId}::uuid, r.place, r.machine_code
    from ${recordset(rows, "machine_code text, place integer")}`.execute(tx);
}

export async function markVoid(
  tx: Db,
  codes: readonly MachineCode[],
  by: PersonId,
  reason: string,
  at: Date,
): Promise<void> {
  await tx
    .updateTable("machine_labels")
    .set({ state: "void", voided_at: at, voided_by: by, void_reason: reason })
    .where("machine_code", "in", codes)
    .where("state", "!=", "void")
    .execute();
}

export async function markBound(
  tx: Db,
  machineCode: MachineCode,
  machineId: MachineId,
  at: Date,
): Promise<void> {
  await tx
    .updateTable("machine_labels")
    .set({ state: "bound", machine_id: machineId, bound_at: at })
    .where("machine_code", "=", machineCode)
    .where("state", "=", "blank")
    .execute();
}

/** Machines with their codes, locked, in the order of their ids. */
export async function lockMachines(tx: Db, machineIds: readonly string[]) {
  return await tx
    .selectFrom("machines")
    .select(["machine_id", "machine_code", "region_code", "enterprise_id"])
    .where("machine_id", "in", machineIds as MachineId[])
    .orderBy("machine_id")
    .forUpdate()
    .execute();
}

export async function setMachineCode(tx: Db, machineId: MachineId, machineCode: MachineCode): Promise<void> {
  await tx
    .updateTable("machines")
    .set({ machine_code: machineCode })
    .where("machine_id", "=", machineId)
    .execute();
}

export async function hasRegion(db: Db, regionCode: string): Promise<boolean> {
  const row = await db
    .selectFrom("regions")
    .select("region_code")
    .where("region_code", "=", regionCode as RegionCode)
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertRefusedCode(db: Db, row: Insertable<RefusedCodesTable>): Promise<void> {
  await db.insertInto("refused_codes").values(row).execute();
}

/** What the sheets show: the place of a label that is void now stays empty. */
export async function selectSheetLabels(db: Db, labelBatchId: string) {
  return await db
    .selectFrom("label_batch_items as i")
    .innerJoin("machine_labels as l", "l.machine_code", "i.machine_code")
    .leftJoin("machines as m", "m.machine_id", "l.machine_id")
    .select(["i.place", "l.machine_code", "m.name", "m.model"])
    .where("i.label_batch_id", "=", labelBatchId)
    .where("l.state", "!=", "void")
    .orderBy("i.place")
    .execute();
}

export interface LabelFilter {
  scope: ReachedRows;
  state?: LabelState | undefined;
  batchId?: string | undefined;
  text?: string | undefined;
}

function labelsMatching(db: Db, filter: LabelFilter) {
  return db
    .selectFrom("machine_labels as l")
    .innerJoin("regions as r", "r.region_code", "l.region_code")
    .leftJoin("machines as m", "m.machine_id", "l.machine_id")
    .leftJoin("enterprises as e", "e.enterprise_id", "m.enterprise_id")
    .leftJoinLateral(
      (from) =>
        from
          .selectFrom("label_batch_items as i")
          .innerJoin("label_batches as b", "b.label_batch_id", "i.label_batch_id")
          .select(["b.label_batch_id", "b.name as batch_name", "i.place", "b.printed_at"])
          .whereRef("i.machine_code", "=", "l.machine_code")
          .$if(filter.batchId !== undefined, (query) => query.where("i.label_batch_id", "=", filter.batchId!))
          .orderBy("b.made_at", "desc")
          .limit(1)
          .as("p"),
      (join) => join.onTrue(),
    )
    .where(withinScope(filter.scope, "l.region_code", "m.enterprise_id"))
    .$if(filter.state !== undefined, (query) => query.where("l.state", "=", filter.state!))
    .$if(filter.batchId !== undefined, (query) => query.where("p.label_batch_id", "is not", null))
    .$if(filter.text !== undefined, (query) =>
      query.where(
        sql<boolean>`(strpos(l.machine_code, upper(replace(${filter.text}, '-', ''))) > 0
                      or strpos(lower(m.name), lower(${filter.text})) > 0
                      or strpos(lower(e.name), lower(${filter.text})) > 0)`,
      ),
    );
}

export async function countLabels(db: Db, filter: LabelFilter): Promise<number> {
  const row = await labelsMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

export type LabelSort = "madeAt" | "-madeAt" | "machineCode" | "-machineCode";

export async function selectLabels(
  db: Db,
  filter: LabelFilter,
  sort: LabelSort,
  limit: number,
  offset: number,
) {
  const direction = sort.startsWith("-") ? "desc" : "asc";
  return await labelsMatching(db, filter)
    .select([
      "l.machine_code",
      "l.state",
      "l.region_code",
      "l.machine_id",
      "l.made_at",
      "l.voided_at",
      "l.void_reason",
      "r.name as region_name",
      "m.name as machine_name",
      "m.model as machine_model",
      "e.name as enterprise_name",
      "p.label_batch_id",
      "p.batch_name",
      "p.place",
      "p.printed_at",
    ])
    .orderBy(sort.endsWith("madeAt") ? "l.made_at" : "l.machine_code", direction)
    .orderBy("l.machine_code")
    .limit(limit)
    .offset(offset)
    .execute();
}

export async function countRefusedCodes(db: Db, scope: ReachedRows) {
  const rows = await db
    .selectFrom("refused_codes as c")
    .select(["c.reason", (expression) => expression.fn.countAll<number>().as("count")])
    .where(sql<boolean>`(c.region_code is null or ${withinRegions(scope)})`)
    .groupBy("c.reason")
    .execute();
  const of = (reason: string) => rows.find((row) => row.reason === reason)?.count ?? 0;
  return { forged: of("forged"), void: of("void"), blank: of("blank") };
}

export async function selectRefusedCodes(
  db: Db,
  scope: ReachedRows,
  reason: "forged" | "void" | "blank" | undefined,
  limit: number,
  offset: number,
) {
  return await db
    .selectFrom("refused_codes as c")
    .leftJoin("machines as m", "m.machine_id", "c.machine_id")
    .select(["c.refused_code_id", "c.machine_code", "c.reason", "c.refused_at", "m.name as machine_name"])
    .where(sql<boolean>`(c.region_code is null or ${withinRegions(scope)})`)
    .$if(reason !== undefined, (query) => query.where("c.reason", "=", reason!))
    .orderBy("c.refused_at", "desc")
    .orderBy("c.refused_code_id")
    .limit(limit)
    .offset(offset)
    .execute();
}

function withinRegions(scope: ReachedRows) {
  if (scope.everywhere) return sql<boolean>`true`;
  const within = scope.regions.map((code) => sql`c.region_code like ${`${code}%`}`);
  return within.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(within, sql` or `)})`;
}
