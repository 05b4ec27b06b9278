import type { PermitMeasureId } from "@hanyouxu/api";
import { bytesToHex, type PersonId } from "@hanyouxu/protocol";
import { sha256 } from "../../crypto/sha256.ts";
import { AppError } from "../../errors.ts";
import { pictureOf, withPhoto } from "../photos/photos.ts";
import { changePermit, type PermitContext } from "./permit-changes.ts";
import { type LockedPermit, selectPermitPhotos } from "./queries.ts";

const MOST_PHOTOS = 40;

/**
 * A picture of a measure while the permit is a draft; a phone that lost the answer sends the same again, which counts
 * once.
 * @throws AppError hot_work_permit.not_found | .not_draft, role.forbidden, hot_work_permit.too_many_photos, request.invalid
 */
export async function addPermitPhoto(
  ctx: PermitContext,
  { permitId, personId }: { permitId: string; personId: PersonId },
  { measure, picture: base64 }: { measure: PermitMeasureId; picture: string },
): Promise<void> {
  const picture = pictureOf(base64);
  const digest = bytesToHex(sha256(Buffer.from(base64, "base64")));
  if (await hasPhoto(ctx, permitId, measure, digest)) return;
  const step = {
    permitId,
    actor: personId,
    action: "hot_work_permit.photo_added",
    details: { measure, digest },
  };
  await withPhoto(ctx, { personId, kind: "permit-photo", picture }, (tx, blobId) =>
    changePermit({ ...ctx, db: tx }, step, async (_, permit) => {
      if (permit.welder_person_id !== personId) throw new AppError("role.forbidden");
      if (permit.status !== "draft") throw new AppError("hot_work_permit.not_draft");
      const photos = await selectPermitPhotos(tx, permit.permit_id);
      if (photos.length >= MOST_PHOTOS) throw new AppError("hot_work_permit.too_many_photos");
      await tx
        .insertInto("hot_work_permit_photos")
        .values({
          photo_id: blobId!,
          permit_id: permit.permit_id,
          measure,
          digest,
          taken_by: personId,
          taken_at: new Date(ctx.clock.nowMs()),
        })
        .execute();
      return undefined;
    }),
  );
}

async function hasPhoto(
  ctx: Pick<PermitContext, "db">,
  permitId: string,
  measure: PermitMeasureId,
  digest: string,
): Promise<boolean> {
  const photos = await selectPermitPhotos(ctx.db, permitId as LockedPermit["permit_id"]);
  return photos.some((photo) => photo.measure === measure && photo.digest === digest);
}
