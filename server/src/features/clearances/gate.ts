import type { PersonId, WorkSessionId } from "@hanyouxu/protocol";
import { type ClearanceFacts, type HotWorkPerson, isWatchGood, shanghaiDay } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { hotWorkPolicyOf } from "../../db/region-policy.ts";
import { AppError } from "../../errors.ts";
import { trainedFireWatch } from "../fire-watches/fire-watches.ts";
import { decideHotWork, hotWorkFactsOf, type OnPermitChange } from "../hot-work-permits/hot-work-permits.ts";
import { countWatchedBy, selectClearance, selectOpenUnder, selectPermitRow } from "./queries.ts";
import { type EventContext, takeEvent } from "./take-event.ts";

/** What starting work asks of clearances. */
export function clearanceGate(ctx: EventContext) {
  return {
    /** The hot-work packs' decision for the start, on the permit and what the clearance knows beside it. */
    async lawAtStart(clearanceId: string, nowMs: number): Promise<ClearanceFacts["law"] | undefined> {
      const row = await selectClearance(ctx.db, clearanceId);
      if (!row?.permit_id) return undefined;
      const permit = await selectPermitRow(ctx.db, row.permit_id);
      const { watch, work } = row.state;
      const facts = await hotWorkFactsOf(ctx.db, permit, {
        moment: "start",
        atMs: nowMs,
        progress: { lastWorkEndedAtMs: work.lastEndedAtMs },
        isWatchPresent: isWatchGood(row.state),
        pointsPerWatch: watch && (await countWatchedBy(ctx.db, watch.personId)),
        hasChanged: false,
      });
      // Who watches now counts, whoever was named when the permit was applied for.
      if (watch) facts.people.fireWatch = await watchFacts(ctx, watch.personId, nowMs);
      const policy = await hotWorkPolicyOf(ctx.db, row.region_code, nowMs);
      const { outcome, reasons } = decideHotWork(facts, nowMs, policy).decision;
      return { outcome, reasons };
    },

    /** From now on the clearance answers for the session; false when it does not allow it any more. */
    async begin(clearanceId: string, workSessionId: WorkSessionId): Promise<boolean> {
      try {
        const event = { kind: "session-started", workSessionId } as const;
        await takeEvent(ctx, { clearanceId, event, actor: null });
        return true;
      } catch (error) {
        if (error instanceof AppError && error.code.startsWith("clearance.")) return false;
        throw error;
      }
    },
  };
}

async function watchFacts(
  { db }: Pick<AppContext, "db">,
  id: PersonId,
  nowMs: number,
): Promise<HotWorkPerson> {
  const training = await trainedFireWatch(db, id, shanghaiDay(nowMs));
  return { id, isTrained: training !== undefined, trainedToDay: training?.trainedTo ?? null };
}

/** A permit was approved, suspended, resumed or ended: what is open under it hears of it, or refuses it for all. */
export function permitListener(ctx: EventContext): OnPermitChange {
  return async (tx, change) => {
    const { permitId } = change;
    const event =
      change.kind === "approved"
        ? ({ ...change, kind: "permit-approved" } as const)
        : ({ kind: `permit-${change.kind}`, permitId } as const);
    for (const clearanceId of await selectOpenUnder(tx, permitId)) {
      await takeEvent({ ...ctx, db: tx }, { clearanceId, event, actor: null });
    }
  };
}
