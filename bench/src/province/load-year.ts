import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Store } from "@hanyouxu/server";
import type { Province, ProvinceStart } from "@hanyouxu/simulator";
import { type Kysely, sql } from "kysely";

type Db = Store["db"];
/** Rows of decisions that are copied at once. */
const AT_ONCE = 400_000;
const TABLES = {
  decisions:
    "decision_id, decided_at, welder_id, machine_id, region_code, outcome, reasons, facts, policy, packs_digest, digest",
  work_sessions:
    "work_session_id, machine_id, chip_id, welder_id, enterprise_id, region_code, decision_id, status, granted_at, accept_by, expires_at, energised_at, ended_at, energised_ms, arc_ms",
} as const;
type Table = keyof typeof TABLES;

/**
 * Copies a year of starts from files, which the database reads itself: millions of rows in minutes. What indexes need
 * not be kept meanwhile are made at the end.
 */
export async function loadYear(
  db: Db,
  province: Province,
  say: (line: string) => void,
): Promise<{ decisions: number; sessions: number }> {
  const dir = mkdtempSync(join(tmpdir(), "hanyouxu-year-"));
  chmodSync(dir, 0o755);
  const stored = { decisions: 0, sessions: 0 };
  const indexes = await takeIndexesAway(db);
  try {
    let files = openFiles(dir);
    let waiting = 0;
    for (const starts of province.starts()) {
      const granted = starts.filter(({ workSessionId }) => workSessionId !== null);
      writeSync(files.decisions, starts.map(decisionLine).join(""));
      writeSync(files.work_sessions, granted.map(sessionLine).join(""));
      stored.decisions += starts.length;
      stored.sessions += granted.length;
      waiting += starts.length;
      if (waiting < AT_ONCE) continue;
      await copyFiles(db, dir, files);
      say(`statistics: ${stored.decisions} decisions stored`);
      files = openFiles(dir);
      waiting = 0;
    }
    await copyFiles(db, dir, files);
  } finally {
    rmSync(dir, { recursive: true });
  }
  say("statistics: making indexes");
  for (const index of indexes) await patiently(db, (tx) => sql.raw(index).execute(tx));
  return stored;
}

/** @returns the statements that make them again */
async function takeIndexesAway(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string; definition: string }>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i
    where i.indrelid in ('decisions'::regclass, 'work_sessions'::regclass) and not i.indisprimary
      and not exists (select from pg_constraint where conindid = i.indexrelid)`.execute(db);
  for (const { name } of rows) await sql`drop index ${sql.raw(name)}`.execute(db);
  return rows.map(({ definition }) => definition);
}

const fileOf = (dir: string, table: Table): string => join(dir, `${table}.tsv`);

function openFiles(dir: string): Record<Table, number> {
  const open = (table: Table) => openSync(fileOf(dir, table), "w", 0o644);
  return { decisions: open("decisions"), work_sessions: open("work_sessions") };
}

async function copyFiles(db: Db, dir: string, files: Record<Table, number>): Promise<void> {
  for (const [table, columns] of Object.entries(TABLES) as [Table, string][]) {
    closeSync(files[table]);
    await patiently(db, (tx) =>
      sql`copy ${sql.table(table)} (${sql.raw(columns)}) from ${sql.lit(fileOf(dir, table))}`.execute(tx),
    );
  }
}

/** Without the time limit of requests, and without looking up references: the generator keeps them. */
async function patiently(db: Db, work: (tx: Kysely<never>) => Promise<unknown>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql`set local statement_timeout = 0`.execute(tx);
    await work(tx as unknown as Kysely<never>);
  });
}

const line = (fields: readonly (string | number)[]): string => `${fields.join("\t")}\n`;

function decisionLine(start: ProvinceStart): string {
  const { decisionId, at, welderId, machineId, region, ruleId } = start;
  const reasons = ruleId === null ? "[]" : JSON.stringify([{ kind: "fail", ruleId }]);
  const outcome = ruleId === null ? "grant" : "refuse";
  return line([decisionId, at, welderId, machineId, region, outcome, reasons, "{}", "{}", "演示", "演示"]);
}

function sessionLine(start: ProvinceStart): string {
  const { workSessionId, machineId, chipId, welderId, firmId, region, decisionId, at, energisedMs, arcMs } =
    start;
  const ended = new Date(Date.parse(at) + energisedMs).toISOString();
  return line([
    ...[workSessionId!, machineId, chipId, welderId, firmId, region, decisionId, "ended"],
    ...[at, at, at, at, ended, energisedMs, arcMs],
  ]);
}
