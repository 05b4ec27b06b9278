import type { Position } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { requireEvidence } from "../evidence/evidence.ts";
import type { Person } from "../sign-in/sign-in.ts";
import { type CallRow, selectCalls, updateCall } from "./station-queries.ts";
import { type EventContext, takeEvent } from "./take-event.ts";
import { nearPoint } from "./watch.ts";

/** At the place: as near as the gate of what has to be looked at. */
const ARRIVAL_METRES = 200;

/** @throws AppError station_call.not_found */
export async function requireCall(ctx: Pick<AppContext, "db">, stationCallId: string): Promise<CallRow> {
  const [row] = await selectCalls(ctx.db, { stationCallId }, 1, 0);
  if (!row) throw new AppError("station_call.not_found");
  return row;
}

/** @throws AppError clearance.… */
export async function acceptCall(ctx: EventContext, person: Person, call: CallRow): Promise<void> {
  const { clearance_id: clearanceId, station_call_id: id } = call;
  const event = { kind: "station-accepted" } as const;
  const at = new Date(ctx.clock.nowMs());
  await takeEvent(ctx, { clearanceId, event, actor: person.personId }, async (tx, row) => {
    requireOpen(call);
    const due_at = new Date(at.getTime() + row.policy.stationArriveMinutes * 60_000);
    await updateCall(tx, id, { status: "accepted", accepted_at: at, accepted_by: person.personId, due_at });
    await record(ctx, tx, person, call, "accepted", {});
  });
}

/** @throws AppError clearance.place_unknown | clearance.too_far | station_call.not_yours | clearance.… */
export async function arriveAtCall(
  ctx: EventContext,
  person: Person,
  call: CallRow,
  position: Position | null,
): Promise<void> {
  const { clearance_id: clearanceId, station_call_id: id } = call;
  const event = { kind: "station-arrived" } as const;
  await takeEvent(ctx, { clearanceId, event, actor: person.personId }, async (tx, row) => {
    requireOwn(person, call);
    const near = nearPoint(row, position, ARRIVAL_METRES);
    if (!near) throw new AppError("clearance.place_unknown");
    const metres = Math.round(near.metres);
    if (!near.isNear) {
      throw new AppError("clearance.too_far", { details: { metres, watchDistanceMetres: ARRIVAL_METRES } });
    }
    await updateCall(tx, id, {
      status: "on-site",
      arrived_at: new Date(ctx.clock.nowMs()),
      arrival_distance_metres: near.metres,
      due_at: null,
    });
    await record(ctx, tx, person, call, "arrived", { metres });
  });
}

/** @throws AppError evidence.… | station_call.not_yours | clearance.… */
export async function decideCall(
  ctx: EventContext,
  person: Person,
  call: CallRow,
  {
    decision,
    reason,
    evidenceIds,
  }: { decision: "release" | "forbid"; reason: string; evidenceIds: string[] },
): Promise<void> {
  const { clearance_id: clearanceId, station_call_id: id } = call;
  const event = { kind: "station-decided", decision } as const;
  await takeEvent(ctx, { clearanceId, event, actor: person.personId }, async (tx) => {
    requireOwn(person, call);
    await requireEvidence(ctx, tx, evidenceIds, {
      personId: person.personId,
      purpose: "station",
      subjectId: id,
      notBeforeMs: call.arrived_at?.getTime() ?? call.called_at.getTime(),
    });
    await updateCall(tx, id, {
      status: decision === "release" ? "released" : "forbidden",
      decided_at: new Date(ctx.clock.nowMs()),
      reason,
      evidence_ids: evidenceIds,
      due_at: null,
    });
    await record(ctx, tx, person, call, decision === "release" ? "released" : "forbade", { reason });
  });
}

function requireOpen(call: CallRow): void {
  if (call.decided_at !== null) throw new AppError("clearance.station-order");
}

/** Who accepted goes on with it; another accepts first. */
function requireOwn(person: Person, call: CallRow): void {
  if (call.accepted_by !== null && call.accepted_by !== person.personId) {
    throw new AppError("station_call.not_yours");
  }
}

async function record(
  ctx: Pick<AppContext, "audit">,
  tx: Parameters<AppContext["audit"]["record"]>[0],
  person: Person,
  call: CallRow,
  what: "accepted" | "arrived" | "released" | "forbade",
  details: Record<string, unknown>,
): Promise<void> {
  await ctx.audit.record(tx, {
    actor: person.personId,
    action: `station_call.${what}`,
    subject: `station-call:${call.station_call_id}`,
    details: { clearanceId: call.clearance_id, ...details },
  });
}
