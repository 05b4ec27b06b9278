import type { ClearanceEvent, ClearanceRefusal } from "./clearance-state.ts";
import { type ClearanceTurn, stopNewArcs, tell } from "./clearance-turn.ts";
import { finishWork } from "./work-steps.ts";

type PermitEvent = Extract<ClearanceEvent, { permitId: string }>;

/** What happens to the permit. A permit that ends during work ends the work with it: a changed job needs a new one. */
export function takePermitEvent(turn: ClearanceTurn, event: PermitEvent): ClearanceRefusal | undefined {
  const { state } = turn;
  if (!state.demands.permit) return "not-demanded";
  if (event.kind === "permit-attached") {
    if (state.permit !== null) return "permit-attached-already";
    state.permit = {
      permitId: event.permitId,
      status: "waiting",
      approverId: null,
      validFromMs: 0,
      validToMs: 0,
    };
    return undefined;
  }
  const { permit } = state;
  if (permit?.permitId !== event.permitId) return "other-permit";
  switch (event.kind) {
    case "permit-approved": {
      if (permit.status !== "waiting") return "permit-attached-already";
      if (state.watch?.personId === event.approverId) return "approver-is-watch";
      const { approverId, validFromMs, validToMs } = event;
      state.permit = { ...permit, status: "approved", approverId, validFromMs, validToMs };
      tell(turn, "permit-approved", "welder");
      return undefined;
    }
    case "permit-suspended":
      if (permit.status !== "approved") return "permit-not-approved";
      state.permit = { ...permit, status: "suspended" };
      stopNewArcs(turn, "permit-suspended");
      tell(turn, "permit-suspended", "welder", "watch");
      return undefined;
    case "permit-resumed":
      if (permit.status !== "suspended") return "permit-not-approved";
      state.permit = { ...permit, status: "approved" };
      tell(turn, "permit-approved", "welder");
      return undefined;
    case "permit-ended":
      endPermit(turn, "permit-ended");
      return undefined;
  }
}

/** The permit is gone: before any work another can be attached; after it the smoulder watch follows. */
export function endPermit(turn: ClearanceTurn, because: "permit-ended" | "permit-expired"): void {
  stopNewArcs(turn, because);
  tell(turn, "permit-ended", "welder", "watch");
  if (turn.state.work.sessionCount > 0) finishWork(turn, true);
  else turn.state.permit = null;
}
