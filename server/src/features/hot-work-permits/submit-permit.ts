import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { requireOwn } from "./draft-permit.ts";
import { changePermit, type PermitContext, requireStatus } from "./permit-changes.ts";
import { completenessOf } from "./permit-completeness.ts";
import type { PermitWelder } from "./permit-references.ts";
import { type LockedPermit, updatePermit } from "./queries.ts";

/** How far outside of its area's box a point may lie: fixes of phones err. */
const POINT_MARGIN_DEGREES = 0.001;

/**
 * The welder submits his draft, complete and in order as far as the law can tell now.
 * @throws AppError hot_work_permit.wrong_status | .incomplete (with `missing` and `reasons`) | .time_over |
 *   .point_outside_area, role.forbidden
 */
export async function submitPermit(
  ctx: PermitContext,
  welder: PermitWelder,
  permitId: string,
): Promise<void> {
  const step = { permitId, actor: welder.personId, action: "hot_work_permit.submitted" };
  await changePermit(ctx, step, async (tx, permit) => {
    requireOwn(permit, welder);
    requireStatus(permit, "draft");
    const nowMs = ctx.clock.nowMs();
    const { missing, reasons } = await completenessOf(tx, permit, nowMs);
    if (missing.length > 0 || reasons.length > 0) {
      throw new AppError("hot_work_permit.incomplete", { details: { missing, reasons } });
    }
    if (permit.planned_to!.getTime() <= nowMs) throw new AppError("hot_work_permit.time_over");
    if (!(await isPointInArea(tx, permit))) throw new AppError("hot_work_permit.point_outside_area");
    const at = new Date(nowMs);
    await updatePermit(tx, permit.permit_id, {
      status: "submitted",
      submitted_at: at,
      status_changed_by: welder.personId,
      status_changed_at: at,
    });
    return { regime: permit.regime, grade: permit.grade_declared };
  });
}

/** Within the box around the area: enough that a permit of one place is not approved at another. */
async function isPointInArea(tx: Kysely<Tables>, permit: LockedPermit): Promise<boolean> {
  const { key_area_id, latitude_degrees: latitude, longitude_degrees: longitude } = permit;
  if (key_area_id === null || latitude === null || longitude === null) return true;
  const area = await tx
    .selectFrom("key_areas")
    .select(["west_degrees", "south_degrees", "east_degrees", "north_degrees"])
    .where("key_area_id", "=", key_area_id)
    .executeTakeFirstOrThrow();
  return (
    latitude >= area.south_degrees - POINT_MARGIN_DEGREES &&
    latitude <= area.north_degrees + POINT_MARGIN_DEGREES &&
    longitude >= area.west_degrees - POINT_MARGIN_DEGREES &&
    longitude <= area.east_degrees + POINT_MARGIN_DEGREES
  );
}
