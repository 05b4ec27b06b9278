import type { ProgramReport, SceneCheck } from "@hanyouxu/api";
import type { AppContext } from "../../context.ts";
import { type ProgramRow, selectPrograms } from "./program-queries.ts";
import { type SceneRow, type ShownRow, selectShown } from "./scene-queries.ts";

/** What belongs to some scenes: what was shown by its id, what programs said by the scene's. */
export interface AroundScenes {
  evidence: ReadonlyMap<string, ShownRow>;
  programs: ReadonlyMap<string, ProgramRow>;
}

export async function aroundScenes(
  { db }: Pick<AppContext, "db">,
  scenes: readonly Pick<SceneRow, "scene_check_id" | "evidence_ids">[],
): Promise<AroundScenes> {
  const shown = await selectShown(
    db,
    scenes.flatMap(({ evidence_ids }) => evidence_ids),
  );
  const programs = await selectPrograms(
    db,
    scenes.map(({ scene_check_id }) => scene_check_id),
  );
  return {
    evidence: new Map(shown.map((row) => [row.evidence_id as string, row])),
    programs: new Map(programs.map((row) => [row.scene_check_id, row])),
  };
}

export function sceneCheckOf(row: SceneRow, { evidence, programs }: AroundScenes): SceneCheck {
  const program = programs.get(row.scene_check_id);
  return {
    sceneCheckId: row.scene_check_id,
    attempt: row.attempt,
    status: row.status,
    note: row.note,
    evidence: row.evidence_ids.flatMap((evidenceId) => {
      const shown = evidence.get(evidenceId);
      return shown
        ? [
            {
              evidenceId,
              kind: shown.kind,
              takenAt: shown.taken_at.toISOString(),
              digits: shown.digits,
              demand: shown.demand,
            },
          ]
        : [];
    }),
    findings: row.findings,
    reason: row.reason,
    submittedAt: row.submitted_at.toISOString(),
    dueAt: row.due_at.toISOString(),
    decidedAt: row.decided_at?.toISOString() ?? null,
    checker: row.checker,
    checkerVersion: row.checker_version,
    program: program ? programReportOf(program) : null,
  };
}

function programReportOf(row: ProgramRow): ProgramReport {
  return {
    checker: row.checker,
    checkerVersion: row.checker_version,
    status: row.status,
    verdict: row.verdict,
    findings: row.findings,
    reason: row.reason,
    reportedAt: row.reported_at?.toISOString() ?? null,
  };
}
