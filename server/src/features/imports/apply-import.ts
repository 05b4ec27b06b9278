import type { AppContext } from "../../context.ts";
import { isForeignKeyViolation, isUniqueViolation } from "../../db/sql-errors.ts";
import { applyStaged } from "./apply-queries.ts";
import { type ClaimedImport, forgetCheck, lockHeld, updateHeld } from "./job-queries.ts";
import { selectImports } from "./queries.ts";

type ApplyContext = Pick<AppContext, "db" | "clock" | "audit">;

/**
 * Takes the good rows in: one transaction whatever the mode, with the record that they are in, so that a server killed at
 * any moment has done all of it or nothing, and nobody does it twice. When somebody else has meanwhile registered one of
 * them, everything is looked at again and then taken in.
 */
export async function applyImport(ctx: ApplyContext, held: ClaimedImport): Promise<void> {
  const { db, clock, audit } = ctx;
  try {
    await db.transaction().execute(async (tx) => {
      if (!(await lockHeld(tx, held))) return;
      await applyStaged(tx, held.import_id);
      await tx.deleteFrom("import_rows").where("import_id", "=", held.import_id).execute();
      await updateHeld(tx, held, {
        status: "applied",
        applied_at: new Date(clock.nowMs()),
        claimed_by: null,
        claimed_until: null,
      });
      const [row] = await selectImports(tx, { importId: held.import_id }, 1, 0);
      await audit.record(tx, {
        actor: held.uploaded_by,
        action: "import.applied",
        subject: `import:${held.import_id}`,
        details: {
          kind: held.kind,
          mode: held.mode,
          fileSha256: Buffer.from(row!.file_sha256).toString("hex"),
          inserted: row!.to_insert,
          updated: row!.to_update,
          unchanged: row!.unchanged,
          skipped: row!.rows_bad,
        },
      });
    });
  } catch (error) {
    if (!isUniqueViolation(error) && !isForeignKeyViolation(error)) throw error;
    await updateHeld(db, held, { status: "checking", rows_done: 0, claimed_by: null, claimed_until: null });
  }
}

/** Given up after several tries, each of which ended the server or threw. */
export async function giveUp(ctx: ApplyContext, held: ClaimedImport): Promise<void> {
  await forgetCheck(ctx.db, held.import_id);
  await updateHeld(ctx.db, held, {
    status: "failed",
    problem: JSON.stringify({ code: "gave_up", details: {} }),
    file_ciphertext: null,
    claimed_by: null,
    claimed_until: null,
  });
}
