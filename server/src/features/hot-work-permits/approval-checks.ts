import type { ApprovalBody } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import { type ApprovalPolicy, distanceMetres } from "@hanyouxu/rules";
import type { ErrorCode } from "../../errors.ts";
import type { LockedPermit } from "./queries.ts";

type Refusal = Extract<ErrorCode, `hot_work_permit.${string}`>;
type People = Pick<
  LockedPermit,
  "welder_person_id" | "supervisor_person_id" | "fire_watch_person_id" | "approver_person_id"
>;

/** Why a person cannot approve: he has another part on the permit already. */
export function roleProblem(permit: People, approverId: PersonId): Refusal | undefined {
  if (approverId === permit.welder_person_id) return "hot_work_permit.approver_is_welder";
  if (approverId === permit.fire_watch_person_id) return "hot_work_permit.approver_is_watch";
  if (approverId === permit.supervisor_person_id) return "hot_work_permit.approver_is_supervisor";
  return undefined;
}

export interface ApprovalPlace {
  /** Of the approver from the hot-work point. */
  distanceMetres: number;
  fixedAtMs: number;
}

/**
 * Where the approver stands, and why that proves nothing. The age is by the phone's own clock, so that a clock that is
 * wrong does not matter; a fix from before the submission was not made for this permit.
 */
export function placeProblem(
  point: { latitudeDegrees: number; longitudeDegrees: number },
  submittedAtMs: number,
  position: ApprovalBody["position"],
  policy: ApprovalPolicy,
  nowMs: number,
): ApprovalPlace & { problem: Refusal | undefined } {
  const fixedAtMs = nowMs - position.ageSeconds * 1000;
  const place = { distanceMetres: distanceMetres(point, position), fixedAtMs };
  const problem = () => {
    const isOld = position.ageSeconds > policy.approvalPositionSeconds || fixedAtMs < submittedAtMs;
    if (isOld) return "hot_work_permit.position_too_old";
    if (position.accuracyMetres > policy.approvalAccuracyMetres) return "hot_work_permit.position_too_vague";
    if (place.distanceMetres > policy.approvalDistanceMetres) return "hot_work_permit.approver_not_on_site";
    return undefined;
  };
  return { ...place, problem: problem() };
}

/** The time that an approval gives, or why it cannot. */
export function validityOf(
  permit: Pick<LockedPermit, "planned_from" | "planned_to">,
  validFrom: string | null,
  nowMs: number,
): { validFromMs: number; validToMs: number } | { problem: Refusal } {
  const validToMs = permit.planned_to!.getTime();
  const validFromMs =
    validFrom === null ? Math.max(nowMs, permit.planned_from!.getTime()) : Date.parse(validFrom);
  if (validFromMs < nowMs) return { problem: "hot_work_permit.starts_before_approval" };
  return validFromMs < validToMs ? { validFromMs, validToMs } : { problem: "hot_work_permit.time_over" };
}
