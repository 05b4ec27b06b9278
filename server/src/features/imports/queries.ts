import type { EnterpriseId, MachineCode, MachineId, PersonId, RegionCode } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, sql } from "kysely";
import type { ImportStatus, ImportsTable } from "../../db/tables/imports.ts";
import type { Tables } from "../../db/tables.ts";

export async function selectRegions(db: Kysely<Tables>) {
  return await db.selectFrom("regions").select(["region_code", "name"]).execute();
}

export interface EnterpriseRow {
  enterprise_id: EnterpriseId;
  uscc: string;
  name: string;
  industry: string | null;
  region_code: RegionCode;
}

/** By USCC. */
export async function selectEnterprisesByUscc(
  db: Kysely<Tables>,
  usccs: readonly string[],
): Promise<ReadonlyMap<string, EnterpriseRow>> {
  const { rows } = await sql<EnterpriseRow>`
    select enterprise_id, uscc, name, industry, region_code from enterprises
    where uscc = any(${[...new Set(usccs)]}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.uscc, row]));
}

const machineColumns =
  sql.raw(`machine_id, machine_code, enterprise_id, serial_number, name, model, process, is_mobile,
  region_code, home_latitude_degrees, home_longitude_degrees`);

export interface KnownMachine {
  machine_id: MachineId;
  machine_code: MachineCode;
  enterprise_id: EnterpriseId;
  serial_number: string | null;
  name: string;
  model: string;
  process: string;
  is_mobile: boolean;
  region_code: RegionCode;
  home_latitude_degrees: number | null;
  home_longitude_degrees: number | null;
}

export async function selectMachinesByCode(
  db: Kysely<Tables>,
  codes: readonly MachineCode[],
): Promise<ReadonlyMap<string, KnownMachine>> {
  const { rows } = await sql<KnownMachine>`
    select ${machineColumns} from machines where machine_code = any(${[...codes]}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.machine_code, row]));
}

/** By enterprise and maker's number, a space between. */
export async function selectMachinesByFactoryNumber(
  db: Kysely<Tables>,
  enterpriseIds: readonly EnterpriseId[],
  numbers: readonly string[],
): Promise<ReadonlyMap<string, KnownMachine>> {
  const { rows } = await sql<KnownMachine>`
    select ${machineColumns} from machines
    where enterprise_id = any(${[...enterpriseIds]}::uuid[]) and serial_number = any(${[...numbers]}::text[])`.execute(
    db,
  );
  return new Map(rows.map((row) => [`${row.enterprise_id} ${row.serial_number}`, row]));
}

export async function insertImport(db: Kysely<Tables>, row: Insertable<ImportsTable>): Promise<void> {
  await db.insertInto("imports").values(row).execute();
}

export interface ImportFilter {
  importId?: string;
  uploadedBy?: PersonId;
  kind?: ImportsTable["kind"];
  status?: ImportStatus;
}

function importsMatching(db: Kysely<Tables>, filter: ImportFilter) {
  return db
    .selectFrom("imports as i")
    .innerJoin("persons as p", "p.person_id", "i.uploaded_by")
    .$if(filter.importId !== undefined, (query) => query.where("i.import_id", "=", filter.importId!))
    .$if(filter.uploadedBy !== undefined, (query) => query.where("i.uploaded_by", "=", filter.uploadedBy!))
    .$if(filter.kind !== undefined, (query) => query.where("i.kind", "=", filter.kind!))
    .$if(filter.status !== undefined, (query) => query.where("i.status", "=", filter.status!));
}

export type ImportRow = Awaited<ReturnType<typeof selectImports>>[number];

/** Newest first, without the files. */
export async function selectImports(db: Kysely<Tables>, filter: ImportFilter, limit: number, offset: number) {
  return await importsMatching(db, filter)
    .select([
      "i.import_id",
      "i.kind",
      "i.file_name",
      "i.file_format",
      "i.file_bytes",
      "i.file_sha256",
      "i.file_until",
      "i.uploaded_by",
      "i.uploaded_at",
      "i.scope",
      "i.status",
      "i.mode",
      "i.rows_total",
      "i.rows_done",
      "i.rows_bad",
      "i.rows_example",
      "i.warnings",
      "i.to_insert",
      "i.to_update",
      "i.unchanged",
      "i.problem",
      "i.checked_at",
      "i.applied_at",
      "p.name_ciphertext",
    ])
    .orderBy("i.uploaded_at", "desc")
    .orderBy("i.import_id", "desc")
    .limit(limit)
    .offset(offset)
    .execute();
}

export async function countImports(db: Kysely<Tables>, filter: ImportFilter): Promise<number> {
  const row = await importsMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Issues in the order of the rows. */
export async function selectIssues(
  db: Kysely<Tables>,
  filter: { importId: string; isWarning?: boolean },
  part?: { limit: number; offset: number },
) {
  return await db
    .selectFrom("import_issues")
    .select(["row_number", "column_key", "code", "is_warning", "details"])
    .where("import_id", "=", filter.importId)
    .$if(filter.isWarning !== undefined, (query) => query.where("is_warning", "=", filter.isWarning!))
    .orderBy("row_number")
    .orderBy("place")
    .$if(part !== undefined, (query) => query.limit(part!.limit).offset(part!.offset))
    .execute();
}

export async function countIssues(
  db: Kysely<Tables>,
  filter: { importId: string; isWarning?: boolean },
): Promise<number> {
  const row = await db
    .selectFrom("import_issues")
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .where("import_id", "=", filter.importId)
    .$if(filter.isWarning !== undefined, (query) => query.where("is_warning", "=", filter.isWarning!))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function selectFile(db: Kysely<Tables>, importId: string): Promise<Uint8Array | null> {
  const row = await db
    .selectFrom("imports")
    .select("file_ciphertext")
    .where("import_id", "=", importId)
    .executeTakeFirst();
  return row?.file_ciphertext ?? null;
}
