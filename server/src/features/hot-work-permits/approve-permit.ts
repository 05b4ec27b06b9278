import type { ApprovalBody } from "@hanyouxu/api";
import { bytesToHex, type PersonId } from "@hanyouxu/protocol";
import type { Reason } from "@hanyouxu/rules";
import { sniffPicture } from "../../blobs/sniff-picture.ts";
import { sha256 } from "../../crypto/sha256.ts";
import { newVerificationCode } from "../../crypto/verification-code.ts";
import { approvalPolicyFrom, hotWorkPolicyFrom, storedPolicyOf } from "../../db/region-policy.ts";
import type { StoredPermitDecision } from "../../db/tables/hot-work-permits.ts";
import { AppError, type ErrorCode } from "../../errors.ts";
import { cleanPicture, type Picture } from "../../pictures/clean-picture.ts";
import { withPhoto } from "../photos/photos.ts";
import { placeProblem, roleProblem, validityOf } from "./approval-checks.ts";
import { workBeforeApproval } from "./earlier-work.ts";
import { isGasAboveLimit } from "./gas-tests.ts";
import { changePermit, type PermitContext, requireStatus } from "./permit-changes.ts";
import { isWatchUntrained } from "./permit-completeness.ts";
import { hotWorkFactsOf } from "./permit-facts.ts";
import { decideHotWork, gradeAsked } from "./permit-law.ts";
import { type LockedPermit, updatePermit } from "./queries.ts";

/** What an approval would write, and what the law says to it. */
interface Examined {
  columns: {
    approver_person_id: PersonId;
    approver_role: ApprovalBody["asRole"];
    approved_at: Date;
    valid_from: Date;
    valid_to: Date;
    approval_latitude_degrees: number;
    approval_longitude_degrees: number;
    approval_accuracy_metres: number;
    approval_distance_metres: number;
    approval_fixed_at: Date;
  };
  stored: StoredPermitDecision;
}

export interface ApprovalResult {
  outcome: "grant" | "refuse" | "require";
  reasons: Reason[];
}

/**
 * Approves a permit at its place, signed. What is wrong with who signs, where and when is refused and audited as an
 * attempt; what the law says is stored with the permit, grant or not.
 * @param permit as seen; may be approved by this person
 * @throws AppError hot_work_permit.wrong_status | .approver_is_… | .position_too_old | .position_too_vague |
 *   .approver_not_on_site | .starts_before_approval | .time_over | .watch_untrained | .gas_above_limit |
 * *   .work_has_begun, photo.invalid
 */
export async function approvePermit(
  ctx: PermitContext,
  permit: LockedPermit,
  approverId: PersonId,
  body: ApprovalBody,
): Promise<ApprovalResult> {
  requireStatus(permit, "submitted");
  const signature = signatureOf(body.signature);
  const { columns, stored } = await examine(ctx, permit, approverId, body);
  const { outcome, reasons } = stored.decision;
  const { permit_id: permitId } = permit;
  if (outcome !== "grant") {
    const rules = reasons.map(({ ruleId }) => ruleId);
    const step = { permitId, actor: approverId, action: "hot_work_permit.law_refused", details: { rules } };
    await changePermit(ctx, step, async (tx, locked) => {
      requireStatus(locked, "submitted");
      await updatePermit(tx, permitId, { decision: JSON.stringify(stored) });
      return undefined;
    });
    return { outcome, reasons };
  }
  const photo = { personId: approverId, kind: "permit-signature" as const, picture: signature };
  const details = { distanceMetres: Math.round(columns.approval_distance_metres), role: body.asRole };
  const step = { permitId, actor: approverId, action: "hot_work_permit.approved", details };
  await withPhoto(ctx, photo, (tx, blobId) =>
    changePermit({ ...ctx, db: tx }, step, async (_, locked) => {
      requireStatus(locked, "submitted");
      if (await workBeforeApproval(tx, locked)) throw new AppError("hot_work_permit.work_has_begun");
      await updatePermit(tx, permitId, {
        ...columns,
        status: "approved",
        status_reason: null,
        status_changed_by: approverId,
        status_changed_at: columns.approved_at,
        grade_decided: gradeAsked(stored.facts, columns.approved_at.getTime(), stored.policy),
        signature_blob_id: blobId,
        verification_code: newVerificationCode(ctx.random),
        decision: JSON.stringify(stored),
      });
      const validFromMs = columns.valid_from.getTime();
      const validToMs = columns.valid_to.getTime();
      await ctx.onChange(tx, { permitId, kind: "approved", approverId, validFromMs, validToMs });
      return { signature: bytesToHex(sha256(signature.bytes)), packsDigest: stored.decision.packsDigest };
    }),
  );
  return { outcome, reasons };
}

/** Everything about an approval but the writing. */
async function examine(
  ctx: PermitContext,
  permit: LockedPermit,
  approverId: PersonId,
  { position, asRole, validFrom }: ApprovalBody,
): Promise<Examined> {
  const nowMs = ctx.clock.nowMs();
  const point = { latitudeDegrees: permit.latitude_degrees!, longitudeDegrees: permit.longitude_degrees! };
  const submittedAtMs = permit.submitted_at!.getTime();
  const numbers = await storedPolicyOf(ctx.db, permit.region_code, nowMs);
  const approval = approvalPolicyFrom(numbers);
  const place = placeProblem(point, submittedAtMs, position, approval, nowMs);
  const validity = validityOf(permit, validFrom, nowMs);
  const attempt = {
    distanceMetres: Math.round(place.distanceMetres),
    accuracyMetres: position.accuracyMetres,
    policyVersion: approval.version,
  };
  const refuse = async (code: ErrorCode, details: Record<string, unknown> = {}): Promise<never> => {
    await ctx.audit.record(ctx.db, {
      actor: approverId,
      action: "hot_work_permit.approval_refused",
      subject: `hot_work_permit:${permit.permit_id}`,
      details: { number: permit.permit_number, code, ...attempt, ...details },
    });
    throw new AppError(code, { details: { ...attempt, ...details } });
  };
  const role = roleProblem(permit, approverId);
  if (role) return await refuse(role);
  if (place.problem) return await refuse(place.problem);
  if ("problem" in validity) return await refuse(validity.problem);
  if (await isWatchUntrained(ctx.db, permit)) return await refuse("hot_work_permit.watch_untrained");
  if (await isGasAboveLimit(ctx.db, permit)) return await refuse("hot_work_permit.gas_above_limit");
  const workSessionId = await workBeforeApproval(ctx.db, permit);
  if (workSessionId) return await refuse("hot_work_permit.work_has_begun", { workSessionId });
  const columns = {
    approver_person_id: approverId,
    approver_role: asRole,
    approved_at: new Date(nowMs),
    valid_from: new Date(validity.validFromMs),
    valid_to: new Date(validity.validToMs),
    approval_latitude_degrees: position.latitudeDegrees,
    approval_longitude_degrees: position.longitudeDegrees,
    approval_accuracy_metres: position.accuracyMetres,
    approval_distance_metres: place.distanceMetres,
    approval_fixed_at: new Date(place.fixedAtMs),
  };
  const facts = await hotWorkFactsOf(ctx.db, { ...permit, ...columns }, { moment: "issue", atMs: nowMs });
  return { columns, stored: decideHotWork(facts, nowMs, hotWorkPolicyFrom(numbers)) };
}

/** A drawn signature: a PNG, without anything but its image. @throws AppError photo.invalid */
function signatureOf(base64: string): Picture {
  const bytes = new Uint8Array(Buffer.from(base64, "base64"));
  const picture = sniffPicture(bytes)?.mediaType === "image/png" && cleanPicture(bytes);
  if (!picture) throw new AppError("photo.invalid");
  return picture;
}
