import type { EvidenceId, PersonId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { deletePhotoFiles } from "../photos/photos.ts";
import { requireOwn } from "./create-evidence.ts";
import { deleteUnused } from "./queries.ts";

/** Takes one's own picture back. @throws AppError evidence.not_found | evidence.in_use */
export async function deleteOwn(
  ctx: Pick<AppContext, "db" | "blobs" | "log" | "audit">,
  personId: PersonId,
  evidenceId: EvidenceId,
): Promise<void> {
  const row = await requireOwn(ctx, personId, evidenceId);
  const blobIds = await ctx.db.transaction().execute(async (tx) => {
    const deleted = await deleteUnused(tx, evidenceId);
    if (!deleted) throw new AppError("evidence.in_use");
    await ctx.audit.record(tx, {
      actor: personId,
      action: "evidence.deleted",
      subject: `evidence:${evidenceId}`,
      details: { purpose: row.purpose, subjectId: row.subject_id, state: row.state },
    });
    return deleted;
  });
  await deletePhotoFiles(ctx, blobIds);
}
