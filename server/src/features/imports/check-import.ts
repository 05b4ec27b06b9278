import { MAX_IMPORT_ROWS } from "@hanyouxu/api";
import { type Cell, ROWS_IN_PART } from "../../sheets/cell.ts";
import { SheetProblem } from "../../sheets/sheet-problem.ts";
import { type OpenSheet, openSheet } from "../../sheets/sheets.ts";
import type { Scope } from "../sign-in/sign-in.ts";
import { checkEnterprises } from "./check-enterprises.ts";
import { checkMachines } from "./check-machines.ts";
import { checkWelders } from "./check-welders.ts";
import type { CheckContext, MakeChecker } from "./checker.ts";
import { EXAMPLE_MARK, importColumns } from "./columns.ts";
import { fileOf } from "./file.ts";
import { matchHeads } from "./heads.ts";
import { isWarning } from "./issues.ts";
import { type ClaimedImport, forgetCheck, insertIssues, insertStaged, updateHeld } from "./job-queries.ts";
import { Places } from "./places.ts";
import { selectRegions } from "./queries.ts";
import { RowReader } from "./row-reader.ts";

export const LEASE_MS = 20_000;

/** Rows looked at in one go: some milliseconds of the event loop, then the database has the turn. */
const ROWS_AT_ONCE = ROWS_IN_PART;

/** More is never read by a person; the count of bad rows stays exact. */
const MOST_ISSUES = 20_000;

const checkers: Record<ClaimedImport["kind"], MakeChecker> = {
  enterprises: checkEnterprises,
  machines: checkMachines,
  welders: checkWelders,
};

/**
 * Looks at every row and makes the good ones ready; nothing is taken in. Begins anew where an earlier check was cut off.
 * Ends early when the claim is lost or the import cancelled.
 */
export async function checkImport(ctx: CheckContext, held: ClaimedImport): Promise<void> {
  try {
    await forgetCheck(ctx.db, held.import_id);
    const sheet = await openSheet(fileOf(ctx, held), held.file_format, MAX_IMPORT_ROWS);
    const head = findHead(sheet);
    const columns = importColumns[held.kind];
    const { places, missing, doubled } = matchHeads(head.cells, columns);
    const names = (list: typeof columns) => list.map(({ title }) => title.zh).join("、");
    if (missing.length > 0) return await refuse(ctx, held, "columns_missing", { columns: names(missing) });
    if (doubled.length > 0) return await refuse(ctx, held, "columns_doubled", { columns: names(doubled) });
    await checkRows(ctx, held, sheet, { headAt: head.index, places });
  } catch (error) {
    if (!(error instanceof SheetProblem)) throw error;
    await refuse(ctx, held, error.code, error.details);
  }
}

/** The first row that is not empty. */
function findHead(sheet: OpenSheet): { index: number; cells: readonly Cell[] } {
  const first = sheet.rows(0, 20);
  const index = first.findIndex((cells) => !isBlank(cells));
  if (index < 0) throw new SheetProblem("empty");
  return { index, cells: first[index]! };
}

async function checkRows(
  ctx: CheckContext,
  held: ClaimedImport,
  sheet: OpenSheet,
  { headAt, places }: { headAt: number; places: ReadonlyMap<string, number> },
): Promise<void> {
  const scope = held.scope as Scope;
  const checker = checkers[held.kind](ctx, scope, new Places(await selectRegions(ctx.db), scope));
  const counts = { rows_bad: 0, rows_example: 0, warnings: 0, to_insert: 0, to_update: 0, unchanged: 0 };
  const first = headAt + 1;
  let issueCount = 0;
  let blank = 0;
  for (let from = first; from < sheet.rowCount; from += ROWS_AT_ONCE) {
    const part = sheet.rows(from, ROWS_AT_ONCE);
    const rows: RowReader[] = [];
    part.forEach((cells, offset) => {
      if (isBlank(cells)) blank++;
      else if (isExample(cells)) counts.rows_example++;
      else rows.push(new RowReader(from + offset + 1, cells, places));
    });
    const outcomes = await checker.check(rows);
    const staged: { row_number: number; data: object }[] = [];
    rows.forEach((row, index) => {
      const outcome = outcomes[index];
      counts.warnings += row.issues.filter(isWarning).length;
      if (row.hasErrors() || !outcome) counts.rows_bad++;
      else if (outcome.fate === "same") counts.unchanged++;
      else {
        counts[outcome.fate === "insert" ? "to_insert" : "to_update"]++;
        staged.push({ row_number: row.rowNumber, data: outcome.data });
      }
    });
    const issues = rows
      .flatMap((row) =>
        row.issues.map((issue, place) => ({
          ...issue,
          rowNumber: row.rowNumber,
          place,
          isWarning: isWarning(issue),
        })),
      )
      .slice(0, MOST_ISSUES - issueCount);
    issueCount += issues.length;
    const isHeld = await ctx.db.transaction().execute(async (tx) => {
      const progress = {
        ...counts,
        rows_total: sheet.rowCount - first - blank,
        rows_done: Math.min(from + part.length, sheet.rowCount) - first - blank,
        claimed_until: new Date(ctx.clock.nowMs() + LEASE_MS),
      };
      if (!(await updateHeld(tx, held, progress))) return false;
      await insertIssues(tx, held.import_id, issues);
      await insertStaged(tx, held.import_id, staged);
      return true;
    });
    if (!isHeld) return;
  }
  if (sheet.rowCount - first - blank - counts.rows_example <= 0)
    return await refuse(ctx, held, "no_rows", {});
  await finish(ctx, held, counts.rows_bad);
}

/** Checked; or on to applying where the person has decided already and a look again was all that was needed. */
async function finish(ctx: CheckContext, held: ClaimedImport, rowsBad: number): Promise<void> {
  const isDecided = held.mode === "skip-bad-rows" || (held.mode === "all-or-nothing" && rowsBad === 0);
  await updateHeld(ctx.db, held, {
    status: isDecided ? "applying" : "checked",
    checked_at: new Date(ctx.clock.nowMs()),
    claimed_by: null,
    claimed_until: null,
    ...(isDecided ? {} : { mode: null, tries: 0 }),
  });
}

async function refuse(
  ctx: CheckContext,
  held: ClaimedImport,
  code: string,
  details: Record<string, unknown>,
): Promise<void> {
  await forgetCheck(ctx.db, held.import_id);
  await updateHeld(ctx.db, held, {
    status: "refused",
    problem: JSON.stringify({ code, details }),
    file_ciphertext: null,
    claimed_by: null,
    claimed_until: null,
  });
}

export function isBlank(cells: readonly Cell[]): boolean {
  return cells.every((cell) => cell === null || String(cell).trim() === "");
}

function isExample(cells: readonly Cell[]): boolean {
  return cells.some((cell) => typeof cell === "string" && cell.startsWith(EXAMPLE_MARK));
}
