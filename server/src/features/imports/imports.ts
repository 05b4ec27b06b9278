import { createHash } from "node:crypto";
import type { BulkImport, FieldGroup, ImportKind, ImportMode, Language, SightLevel } from "@hanyouxu/api";
import { fillText } from "@hanyouxu/rules";
import type { FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { maskName } from "../../crypto/mask.ts";
import { AppError } from "../../errors.ts";
import { sniffSheet } from "../../sheets/sniff.ts";
import { type Person, requireRole, requireSight, type Scope, scopeOf } from "../sign-in/sign-in.ts";
import { applyImport, giveUp } from "./apply-import.ts";
import { checkImport, LEASE_MS } from "./check-import.ts";
import type { CheckContext } from "./checker.ts";
import { sealFile } from "./file.ts";
import { claimImport, forgetCheck, forgetOldFiles } from "./job-queries.ts";
import { problemTexts } from "./problems.ts";
import { countImports, type ImportRow, insertImport, selectImports } from "./queries.ts";

/** Who brings lists in: those who keep the register of a region, and officers for their own enterprise. */
const IMPORT_ROLES = ["operator", "regulator", "enterprise-officer"] as const;

/** Lists of machines and firms are brought in by who sees them; of welders by who knows people in full. */
const IMPORT_SIGHT = {
  enterprises: ["enterprises", "rows"],
  machines: ["machines", "rows"],
  welders: ["people", "personal"],
} as const satisfies Record<ImportKind, readonly [FieldGroup, SightLevel]>;

/**
 * Who may bring in lists of a kind, and where.
 * @throws AppError sign_in.required, role.forbidden, department.forbidden
 */
export function requireImporter(
  request: Pick<FastifyRequest, "person">,
  kind: ImportKind,
): { person: Person; scope: Scope } {
  const [group, level] = IMPORT_SIGHT[kind];
  return requireSight(request, group, level, IMPORT_ROLES);
}

/** Who looks at imports of the own. @throws AppError sign_in.required, role.forbidden */
export function requireImportRole(request: Pick<FastifyRequest, "person">): Person {
  return requireRole(request, ...IMPORT_ROLES);
}

const KEEP_FILE_MS = 7 * 24 * 3_600_000;
const MOST_OPEN_IMPORTS = 3;
const MOST_TRIES = 5;
/** What was found longer ago is looked at again before it is applied. */
const CHECK_HOLDS_MS = 3_600_000;

type ImportContext = Pick<AppContext, "db" | "clock" | "newId" | "personalData" | "audit">;

/**
 * Keeps an uploaded file, sealed, to be checked at once.
 * @throws AppError import.file_empty, import.file_type, import.too_many
 */
export async function uploadImport(
  ctx: ImportContext,
  { person, scope }: { person: Person; scope: Scope },
  file: { kind: ImportKind; fileName: string; bytes: Uint8Array },
): Promise<string> {
  if (file.bytes.length === 0) throw new AppError("import.file_empty");
  const format = sniffSheet(file.bytes);
  if (!format) throw new AppError("import.file_type");
  const open = await countImports(ctx.db, { uploadedBy: person.personId, status: "checking" });
  if (open >= MOST_OPEN_IMPORTS) throw new AppError("import.too_many");
  const importId = ctx.newId();
  const nowMs = ctx.clock.nowMs();
  const sha256 = new Uint8Array(createHash("sha256").update(file.bytes).digest());
  const sealed = sealFile(ctx, file.bytes);
  await ctx.db.transaction().execute(async (tx) => {
    await insertImport(tx, {
      import_id: importId,
      kind: file.kind,
      file_name: file.fileName,
      file_format: format,
      file_bytes: file.bytes.length,
      file_sha256: sha256,
      file_ciphertext: sealed,
      file_until: new Date(nowMs + KEEP_FILE_MS),
      uploaded_by: person.personId,
      uploaded_at: new Date(nowMs),
      scope: JSON.stringify(scope),
      status: "checking",
    });
    await ctx.audit.record(tx, {
      actor: person.personId,
      action: "import.uploaded",
      subject: `import:${importId}`,
      details: { kind: file.kind, fileSha256: Buffer.from(sha256).toString("hex"), bytes: file.bytes.length },
    });
  });
  return importId;
}

/** An import of the person's own; an operator of the whole platform reaches everybody's. @throws AppError import.not_found */
export async function requireImport(
  ctx: Pick<AppContext, "db">,
  person: Person,
  importId: string,
): Promise<ImportRow> {
  const [row] = await selectImports(ctx.db, { importId, ...reachOf(person) }, 1, 0);
  if (!row) throw new AppError("import.not_found");
  return row;
}

/** Whose imports a person sees. */
export function reachOf(person: Person): { uploadedBy?: Person["personId"] } {
  return scopeOf(person, ...IMPORT_ROLES).everywhere ? {} : { uploadedBy: person.personId };
}

/**
 * Decides for a checked import. What the person may reach counts as of now: where that, or the time since, makes the check
 * old, rows are looked at again first.
 * @throws AppError import.not_checked, import.has_bad_rows, import.nothing_good
 */
export async function decideImport(
  ctx: Pick<AppContext, "db" | "clock">,
  scope: Scope,
  row: ImportRow,
  mode: ImportMode,
): Promise<void> {
  if (row.status !== "checked") throw new AppError("import.not_checked");
  if (row.to_insert + row.to_update + row.unchanged === 0) throw new AppError("import.nothing_good");
  if (mode === "all-or-nothing" && row.rows_bad > 0) throw new AppError("import.has_bad_rows");
  const isFresh =
    sameScope(scope, row.scope as Scope) && ctx.clock.nowMs() - row.checked_at!.getTime() < CHECK_HOLDS_MS;
  const result = await ctx.db
    .updateTable("imports")
    .set({ status: isFresh ? "applying" : "checking", mode, scope: JSON.stringify(scope), tries: 0 })
    .where("import_id", "=", row.import_id)
    .where("status", "=", "checked")
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) throw new AppError("import.not_checked");
}

/** @throws AppError import.over */
export async function cancelImport(ctx: ImportContext, person: Person, row: ImportRow): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const result = await tx
      .updateTable("imports")
      .set({ status: "cancelled", file_ciphertext: null, claimed_by: null, claimed_until: null })
      .where("import_id", "=", row.import_id)
      .where("status", "in", ["checking", "checked", "applying"])
      .executeTakeFirst();
    if (result.numUpdatedRows === 0n) throw new AppError("import.over");
    await forgetCheck(tx, row.import_id);
    await ctx.audit.record(tx, {
      actor: person.personId,
      action: "import.cancelled",
      subject: `import:${row.import_id}`,
    });
  });
}

/** Works on what waits, one import after the other, until none does. Servers share them by claims. */
export async function runDueImports(ctx: CheckContext & Pick<AppContext, "audit">): Promise<void> {
  for (;;) {
    const nowMs = ctx.clock.nowMs();
    const held = await claimImport(ctx.db, { now: new Date(nowMs), until: new Date(nowMs + LEASE_MS) });
    if (!held) return;
    if (held.tries > MOST_TRIES) await giveUp(ctx, held);
    else if (held.status === "checking") await checkImport(ctx, held);
    else await applyImport(ctx, held);
  }
}

/** Files do not stay longer than their time. */
export async function forgetImportFiles(ctx: Pick<AppContext, "db" | "clock">): Promise<void> {
  await forgetOldFiles(ctx.db, new Date(ctx.clock.nowMs()));
}

/** An import as the API shows it. */
export function importOf(
  ctx: Pick<AppContext, "personalData">,
  row: ImportRow,
  language: Language,
): BulkImport {
  return {
    importId: row.import_id,
    kind: row.kind,
    fileName: row.file_name,
    fileBytes: row.file_bytes,
    fileSha256: Buffer.from(row.file_sha256).toString("hex"),
    fileUntil: row.file_until.toISOString(),
    uploadedAt: row.uploaded_at.toISOString(),
    uploadedByName: maskName(ctx.personalData.open("name", row.name_ciphertext)),
    status: row.status,
    mode: row.mode,
    rowsTotal: row.rows_total,
    rowsDone: row.rows_done,
    rowsBad: row.rows_bad,
    rowsExample: row.rows_example,
    warnings: row.warnings,
    toInsert: row.to_insert,
    toUpdate: row.to_update,
    unchanged: row.unchanged,
    problem: row.problem && {
      code: row.problem.code,
      message: fillText(problemTexts[row.problem.code as keyof typeof problemTexts], row.problem.details)[
        language === "en" ? "en" : "zh"
      ],
    },
    checkedAt: row.checked_at?.toISOString() ?? null,
    appliedAt: row.applied_at?.toISOString() ?? null,
  };
}

function sameScope(a: Scope, b: Scope): boolean {
  const plain = ({ everywhere, regions, enterprises }: Scope) =>
    JSON.stringify([everywhere, [...regions].sort(), [...enterprises].sort()]);
  return plain(a) === plain(b);
}
