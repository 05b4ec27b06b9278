import type { HotWorkPermitId, PersonId } from "@hanyouxu/protocol";
import {
  type ClearanceEvent,
  type ClearanceState,
  nextDeadlineMs,
  phaseOf,
  stepClearance,
} from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { type EffectContext, runEffects } from "./effects.ts";
import { insertEvent, type LockedClearance, lockClearance, updateClearance } from "./queries.ts";

export type EventContext = EffectContext & Pick<AppContext, "random" | "audit" | "personalData">;

/** One event of a clearance, taken or refused; what it leads to stands or falls with it. */
export interface TakenEvent {
  clearanceId: string;
  event: ClearanceEvent;
  /** Null: time, a chip or the platform. */
  actor: PersonId | null;
}

/**
 * Takes one event into a clearance, alone, and does what follows from it, in one transaction.
 * @param also runs in it before the event is taken: what it writes is undone when the event is refused
 * @throws AppError clearance.not_found | clearance.…, the state machine's word for why
 */
export async function takeEvent(
  ctx: EventContext,
  { clearanceId, event, actor }: TakenEvent,
  also?: (tx: Kysely<Tables>, row: LockedClearance) => Promise<void>,
): Promise<ClearanceState> {
  return await inTransaction(ctx.db, async (tx) => {
    const row = await lockClearance(tx, clearanceId);
    if (!row) throw new AppError("clearance.not_found");
    await also?.(tx, row);
    const atMs = ctx.clock.nowMs();
    const random = randomShare(ctx);
    const { state, effects, refusal } = stepClearance(row.state, event, row.policy, atMs, random);
    if (refusal) throw new AppError(`clearance.${refusal}`);
    if (effects.length === 0 && isSame(row.state, state)) return state;
    const seq = row.event_count + 1;
    const phase = phaseOf(state);
    await insertEvent(tx, {
      clearance_id: clearanceId,
      seq,
      at: new Date(atMs),
      event: JSON.stringify(event),
      random,
      phase,
      effects: JSON.stringify(effects),
      actor_id: actor,
    });
    const { openSessionId } = state.work;
    const mustStop = effects.some(({ kind }) => kind === "stop-new-arcs");
    await updateClearance(tx, clearanceId, {
      state: JSON.stringify(state),
      phase,
      event_count: seq,
      permit_id: (state.permit?.permitId as HotWorkPermitId | undefined) ?? null,
      watch_person_id: state.watch?.personId ?? null,
      open_work_session_id: openSessionId,
      must_stop: openSessionId !== null && (row.must_stop || mustStop),
      due_at: dueAt(state, row.policy),
      ended_at: state.end ? new Date(state.end.atMs) : null,
    });
    await runEffects(ctx, tx, { ...row, state }, effects);
    return state;
  });
}

/** When time alone takes it further. */
export function dueAt(state: ClearanceState, policy: LockedClearance["policy"]): Date | null {
  const atMs = nextDeadlineMs({ state, policy });
  return atMs === undefined ? null : new Date(atMs);
}

/** 0 ≤ number < 1. */
function randomShare(ctx: Pick<AppContext, "random">): number {
  return new DataView(ctx.random(4).buffer).getUint32(0) / 2 ** 32;
}

/** Nothing but the clock has moved. */
function isSame(before: ClearanceState, after: ClearanceState): boolean {
  return JSON.stringify({ ...before, atMs: 0 }) === JSON.stringify({ ...after, atMs: 0 });
}
