import { createHash } from "node:crypto";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { pauseMs } from "../../outbound/asking-again.ts";
import { Unreachable } from "../../outbound/unreachable.ts";
import type { ScenePicture, SceneQuestion } from "../../scene-checker/scene-checker.ts";
import { openEvidence } from "../evidence/evidence.ts";
import { type AskedRow, claimAsks, selectAsked, updateAsk } from "./program-queries.ts";
import { takeProgramReport } from "./program-report.ts";
import { selectShown } from "./scene-queries.ts";
import type { EventContext } from "./take-event.ts";

/** Longer than two attempts of a minute and the pause between them. */
const LEASE_MS = 180_000;
const AT_ONCE = 4;
const pauses = { firstPauseMs: 10_000, longestPauseMs: 60_000 };

type AskContext = EventContext & Pick<AppContext, "sceneChecker" | "blobs" | "log">;

/** Asks the program about scenes that wait, each until it answers or its time for staff is over. Call it every second. */
export async function askSceneProgram(ctx: AskContext): Promise<number> {
  if (!ctx.sceneChecker) return 0;
  const nowMs = ctx.clock.nowMs();
  const asks = await claimAsks(ctx.db, new Date(nowMs), new Date(nowMs + LEASE_MS), AT_ONCE);
  const asked = await Promise.allSettled(
    asks.map(async ({ scene_check_id, tries }) => await askAbout(ctx, scene_check_id, tries)),
  );
  const failures = asked.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} scenes were not asked about`);
  return asks.length;
}

async function askAbout(ctx: AskContext, sceneCheckId: string, tries: number): Promise<void> {
  const asked = await selectAsked(ctx.db, sceneCheckId);
  if (!asked) return;
  if (asked.status !== "waiting" || asked.ended_at) {
    await updateAsk(ctx.db, sceneCheckId, { status: "late", ask_due_at: null });
    return;
  }
  try {
    const report = await ctx.sceneChecker!.check(await questionOf(ctx, asked));
    await takeProgramReport(ctx, asked, report);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    ctx.log.warn({ reason: error.reason, sceneCheckId }, "the scene checker gave no answer");
    const nextMs = ctx.clock.nowMs() + pauseMs(ctx.random, tries, pauses);
    const isOver = nextMs >= asked.due_at.getTime();
    await updateAsk(ctx.db, sceneCheckId, {
      status: isOver ? "silent" : "asking",
      ask_due_at: isOver ? null : new Date(nextMs),
      failure: error.reason,
    });
  }
}

async function questionOf(ctx: AskContext, asked: AskedRow): Promise<SceneQuestion> {
  const shown = await selectShown(ctx.db, asked.evidence_ids);
  return {
    sceneCheckId: asked.scene_check_id,
    attempt: asked.attempt,
    submittedAtMs: asked.submitted_at.getTime(),
    dueAtMs: asked.due_at.getTime(),
    regime: asked.regime,
    keyAreaKind: asked.kind,
    pictures: await Promise.all(
      shown.map(async ({ evidence_id: evidenceId, kind, taken_at }) => {
        const { mediaType, sizeBytes, sha256, open } = await pictureOf(ctx, evidenceId);
        return { evidenceId, kind, mediaType, sizeBytes, sha256, takenAtMs: taken_at.getTime(), open };
      }),
    ),
  };
}

/** A picture as it goes out, with the digest of what goes out: cleaning has made other bytes of it. */
async function pictureOf(
  ctx: AskContext,
  evidenceId: string,
): Promise<Pick<ScenePicture, "mediaType" | "sizeBytes" | "sha256" | "open">> {
  const { mediaType, sizeBytes, read } = await openEvidence(ctx, evidenceId).catch((cause: unknown) => {
    // Erased meanwhile, or restored from another day: staff see that too.
    if (cause instanceof AppError) throw new Unreachable("scene checker", "picture-missing", { cause });
    throw cause;
  });
  const open = () => read(0, sizeBytes);
  const hash = createHash("sha256");
  for await (const part of open()) hash.update(part);
  return { mediaType, sizeBytes, sha256: hash.digest("hex"), open };
}
