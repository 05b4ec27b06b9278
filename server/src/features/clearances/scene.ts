import type { SceneFinding } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import {
  type CheckerName,
  checkerText,
  type SceneReport,
  staffChecker,
} from "../../scene-checker/scene-checker.ts";
import { requireEvidence } from "../evidence/evidence.ts";
import type { Person } from "../sign-in/sign-in.ts";
import { insertProgramAsk } from "./program-queries.ts";
import { insertSceneCheck, lockSceneCheck, newSinceMs, settleSceneCheck } from "./scene-queries.ts";
import { type EventContext, takeEvent } from "./take-event.ts";

/** Pictures of the scene are of the scene: so near the hot-work point. */
const SCENE_METRES = 200;

/**
 * The welder shows the scene: it waits for staff from now on, and a program that is configured is asked beside them.
 * @throws AppError evidence.… | clearance.…
 */
export async function submitScene(
  ctx: EventContext & Pick<AppContext, "sceneChecker">,
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
      checker: staffChecker.checkerId,
      evidence_ids: [...evidenceIds],
      note,
      findings: "[]",
      reason: null,
      submitted_at: submitted,
      due_at: new Date(submitted.getTime() + row.policy.sceneReviewMinutes * 60_000),
      decided_at: null,
      decided_by: null,
    });
    if (ctx.sceneChecker) await insertProgramAsk(tx, sceneCheckId, ctx.sceneChecker.checkerId, submitted);
  });
}

export interface Judgement extends Pick<SceneReport, "verdict" | "reason"> {
  checker: CheckerName;
  findings: readonly SceneFinding[];
}

/**
 * The verdict about one attempt, whoever judged it; once only. Every attempt counts alike.
 * @param by null: a program
 * @throws AppError scene_check.not_found | scene_check.decided | clearance.…
 */
export async function judgeScene(
  ctx: EventContext,
  sceneCheckId: string,
  { checker, verdict, findings, reason }: Judgement,
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
      checker: checker.checkerId,
      checker_version: checker.version,
      findings: JSON.stringify(findings),
      reason: reason === "" ? null : reason,
      decided_at: new Date(ctx.clock.nowMs()),
      decided_by: by,
    });
    if (!isSettled) throw new AppError("scene_check.decided");
    await ctx.audit.record(tx, {
      actor: by ?? checkerText(checker),
      action: "scene_check.judged",
      subject: `scene-check:${sceneCheckId}`,
      details: {
        clearanceId,
        verdict,
        checker: checkerText(checker),
        hazards: findings.map(({ hazard, foundBy }) => ({ hazard, foundBy })),
        reason,
      },
    });
  });
}
