import type { GasTestBody } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import { gasLimit, gasTestPlaces } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { pictureOf, withPhoto } from "../photos/photos.ts";
import { changePermit, type PermitContext, requireStatus } from "./permit-changes.ts";
import { type LockedPermit, selectGasTests, updatePermit } from "./queries.ts";

/**
 * A sample, entered once. During the work one above the limit suspends the permit at once.
 * @param mayAdd whether the caller may test under this permit
 * @throws AppError hot_work_permit.not_found | .wrong_status | .gas_test_time, role.forbidden, request.invalid
 */
export async function addGasTest(
  ctx: PermitContext,
  { permitId, tester }: { permitId: string; tester: PersonId },
  body: GasTestBody,
  mayAdd: (permit: LockedPermit) => boolean,
): Promise<void> {
  const sampledAt = new Date(body.sampledAt);
  const recordedAt = new Date(ctx.clock.nowMs());
  if (sampledAt > recordedAt) throw new AppError("hot_work_permit.gas_test_time");
  const photo = body.photo === null ? null : pictureOf(body.photo);
  const blob = photo && { personId: tester, kind: "permit-photo" as const, picture: photo };
  const step = { permitId, actor: tester, action: "hot_work_permit.gas_tested" };
  await withPhoto(ctx, blob, (tx, blobId) =>
    changePermit({ ...ctx, db: tx }, step, async (_, permit) => {
      if (!mayAdd(permit)) throw new AppError("role.forbidden");
      requireStatus(permit, "draft", "submitted", "approved", "suspended");
      await tx
        .insertInto("hot_work_gas_tests")
        .values({
          gas_test_id: ctx.newId(),
          permit_id: permit.permit_id,
          sampled_at: sampledAt,
          recorded_at: recordedAt,
          place: body.place,
          gas: body.gas,
          lel_vol_percent: body.lelVolPercent,
          measured_vol_percent: body.measuredVolPercent,
          oxygen_vol_percent: body.oxygenVolPercent,
          within_metres: body.withinMetres,
          tester_person_id: tester,
          photo_blob_id: blobId,
        })
        .execute();
      const isSuspended = permit.status === "approved" && (await isGasAboveLimit(tx, permit));
      if (isSuspended) await suspendForGas(ctx, tx, permit, tester);
      return { place: body.place, gas: body.gas, measured: body.measuredVolPercent, isSuspended };
    }),
  );
}

/** Whether the newest sample of some place is above the limit that its LEL gives; an unknown LEL gets the stricter. */
export async function isGasAboveLimit(db: Kysely<Tables>, permit: LockedPermit): Promise<boolean> {
  const tests = await selectGasTests(db, permit.permit_id);
  return gasTestPlaces.some((place) => {
    const newest = tests.findLast((test) => test.place === place);
    const measured = newest?.measured_vol_percent ?? null;
    return measured !== null && measured > gasLimit(newest!.lel_vol_percent ?? 0).volPercent;
  });
}

async function suspendForGas(
  ctx: PermitContext,
  tx: Kysely<Tables>,
  permit: LockedPermit,
  by: PersonId,
): Promise<void> {
  await updatePermit(tx, permit.permit_id, {
    status: "suspended",
    status_reason: "气体分析超过限值 gas above the limit",
    status_changed_by: by,
    status_changed_at: new Date(ctx.clock.nowMs()),
  });
  await ctx.onChange(tx, { permitId: permit.permit_id, kind: "suspended" });
}
