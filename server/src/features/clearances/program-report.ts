import { weighReport } from "@hanyouxu/rules";
import { inTransaction } from "../../db/in-transaction.ts";
import { clearancePolicyFrom, storedPolicyOf } from "../../db/region-policy.ts";
import { AppError } from "../../errors.ts";
import { checkerText, type SceneReport } from "../../scene-checker/scene-checker.ts";
import { type AskedRow, updateAsk } from "./program-queries.ts";
import { judgeScene } from "./scene.ts";
import { isWaitingLocked } from "./scene-queries.ts";
import type { EventContext } from "./take-event.ts";

/**
 * A program's report: a verdict where the region's policy of this moment lets this version decide alone and nothing is
 * doubtful, else a proposal that staff see and decide about.
 */
export async function takeProgramReport(
  ctx: EventContext,
  { scene_check_id: sceneCheckId, clearance_id: clearanceId, region_code, evidence_ids }: AskedRow,
  report: SceneReport,
): Promise<void> {
  const nowMs = ctx.clock.nowMs();
  const foundBy = checkerText(report.checker);
  const findings = report.findings.map((finding) => ({ ...finding, foundBy }));
  // What a region has taken back counts at once, whatever held when the clearance was opened.
  const policy = clearancePolicyFrom(await storedPolicyOf(ctx.db, region_code, nowMs));
  const hasSeenAll = evidence_ids.every((id) => report.lookedAt.includes(id));
  const becomes = weighReport({ ...report, hasSeenAll }, policy.sceneDecidingPrograms.includes(foundBy));
  const said = {
    ask_due_at: null,
    failure: null,
    checker_version: report.checker.version,
    verdict: report.verdict,
    findings: JSON.stringify(findings),
    reason: report.reason === "" ? null : report.reason,
    looked_at: [...report.lookedAt],
    reported_at: new Date(nowMs),
  };
  const save = async (tx: EventContext["db"], status: "proposed" | "decided" | "late") => {
    if (!(await updateAsk(tx, sceneCheckId, { ...said, status }))) return false;
    await ctx.audit.record(tx, {
      actor: foundBy,
      action: "scene_check.reported",
      subject: `scene-check:${sceneCheckId}`,
      details: { clearanceId, verdict: report.verdict, status, policy: policy.version, hasSeenAll },
    });
    return true;
  };
  if (becomes === "to-staff") {
    await inTransaction(ctx.db, async (tx) => {
      await save(tx, (await isWaitingLocked(tx, sceneCheckId)) ? "proposed" : "late");
    });
    return;
  }
  try {
    await inTransaction(ctx.db, async (tx) => {
      const judgement = { ...report, verdict: becomes, findings };
      if (await save(tx, "decided")) await judgeScene({ ...ctx, db: tx }, sceneCheckId, judgement, null);
    });
  } catch (error) {
    // Staff were quicker, or the clearance is over: it is kept, and counts for nothing.
    if (!(error instanceof AppError)) throw error;
    await inTransaction(ctx.db, async (tx) => await save(tx, "late"));
  }
}
