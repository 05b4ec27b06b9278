import type { SceneFinding, SceneVerdict } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import { AppError } from "../../errors.ts";
import { requireEvidence } from "../evidence/evidence.ts";
import type { Person } from "../sign-in/sign-in.ts";
import { insertSceneCheck, lockSceneCheck, newSinceMs, settleSceneCheck } from "./scene-queries.ts";
import { type EventContext, takeEvent } from "./take-event.ts";

/** Pictures of the scene are of the scene: so near the hot-work point. */
const SCENE_METRES = 200;

/**
 * The welder shows the scene.
 * @throws AppError evidence.… | clearance.…
 */
export async function submitScene(
  ctx: EventContext,
  person: Person,
  clearanceId: string,
  { evidenceIds, note }: { evidenceIds: readonly string[]; note: string },
): Promise<void> {
  const sceneCheckId = ctx.newId();
  const event = { kind: "scene-submitted", sceneCheckId } as const;
  const submitted = new Date(ctx.clock.nowMs());
  await takeEvent(ctx, { clearanceId, event, actor: person.personId }, async (tx, row) => {
    const { latitude_degrees: latitudeDegrees, longitude_degrees: longitudeDegrees } = row;
    await requireEvidence(ctx, tx, evidenceIds, {
      personId: person.personId,
      purpose: "scene",
      subjectId: clearanceId,
      // What was found wanting is not shown again.
      notBeforeMs: await newSinceMs(tx, clearanceId, row.opened_at),
      near: { position: { latitudeDegrees, longitudeDegrees }, metres: SCENE_METRES },
    });
    await insertSceneCheck(tx, {
      scene_check_id: sceneCheckId,
      clearance_id: clearanceId,
      attempt: row.state.scene.attempts + 1,
      region_code: row.region_code,
      status: "waiting",
      checker: "staff",
      evidence_ids: [...evidenceIds],
      note,
      findings: "[]",
      reason: null,
      submitted_at: submitted,
      due_at: new Date(submitted.getTime() + row.policy.sceneReviewMinutes * 60_000),
      decided_at: null,
      decided_by: null,
    });
  });
}

export interface Judgement {
  verdict: SceneVerdict;
  findings: readonly SceneFinding[];
  reason: string;
}

/**
 * The verdict about one attempt, by staff or by a model; once only.
 * @param by null: a model
 * @throws AppError scene_check.not_found | scene_check.decided | clearance.…
 */
export async function judgeScene(
  ctx: EventContext,
  sceneCheckId: string,
  { verdict, findings, reason }: Judgement,
  by: PersonId | null,
): Promise<void> {
  const check = await lockSceneCheck(ctx.db, sceneCheckId);
  if (!check) throw new AppError("scene_check.not_found");
  const clearanceId = check.clearance_id;
  const event = { kind: "scene-judged", sceneCheckId, verdict } as const;
  await takeEvent(ctx, { clearanceId, event, actor: by }, async (tx, row) => {
    // A welder with a staff account is no judge in his own case.
    if (by === row.state.welderPersonId) throw new AppError("role.forbidden");
    const isSettled = await settleSceneCheck(tx, sceneCheckId, {
      status: verdict,
      findings: JSON.stringify(findings),
      reason: reason === "" ? null : reason,
      decided_at: new Date(ctx.clock.nowMs()),
      decided_by: by,
    });
    if (!isSettled) throw new AppError("scene_check.decided");
    await ctx.audit.record(tx, {
      actor: by ?? check.checker,
      action: "scene_check.judged",
      subject: `scene-check:${sceneCheckId}`,
      details: { clearanceId, verdict, hazards: findings.map(({ hazard }) => hazard), reason },
    });
  });
}

/** Whether a picture found unsafe belongs to what was shown. @throws AppError request.invalid, naming the finding */
export function requireShown(
  evidenceIds: readonly string[],
  findings: readonly SceneFinding[],
  message: string,
): void {
  const index = findings.findIndex(
    ({ evidenceId }) => evidenceId !== null && !evidenceIds.includes(evidenceId),
  );
  if (index < 0) return;
  throw new AppError("request.invalid", {
    fields: [{ path: `body.findings.${index}.evidenceId`, message }],
  });
}
