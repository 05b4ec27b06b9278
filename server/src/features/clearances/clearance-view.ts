import type { Clearance, ClearanceDetail, ClearanceHistoryEntry, StationCall } from "@hanyouxu/api";
import { type ClearanceEffect, isReadyToStart, phaseOf, shownSteps, stepClearance } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { HIDDEN_NAME, maskName } from "../../crypto/mask.ts";
import { conflictsOf } from "../simultaneous-work/simultaneous-work.ts";
import type { ClearancePart } from "./policy.ts";
import { type ClearanceRow, selectEvents, selectSmoulderChecks } from "./queries.ts";
import { selectScenes } from "./scene-queries.ts";
import { aroundScenes, sceneCheckOf } from "./scene-view.ts";
import { type CallRow, selectCalls } from "./station-queries.ts";

type ViewContext = Pick<AppContext, "db" | "clock" | "personalData">;

/** How much of the people its reader sees. */
export interface ClearanceSight {
  part: ClearancePart;
  /** Staff whose department knows people here. */
  isNamed: boolean;
}

function nameIn(
  ctx: Pick<AppContext, "personalData">,
  sealed: Uint8Array,
  { isOwn, isNamed }: { isOwn: boolean; isNamed: boolean },
): string {
  if (!isOwn && !isNamed) return HIDDEN_NAME;
  const name = ctx.personalData.open("name", sealed);
  return isOwn ? name : maskName(name);
}

export function clearanceOf(
  ctx: Pick<AppContext, "personalData">,
  row: ClearanceRow,
  { part, isNamed }: ClearanceSight,
): Clearance {
  const sight = { isOwn: part === "welder", isNamed: isNamed || part !== "none" };
  return {
    clearanceId: row.clearance_id,
    phase: row.phase,
    keyAreaId: row.key_area_id,
    keyAreaName: row.key_area_name,
    keyAreaKind: row.key_area_kind,
    machineId: row.machine_id,
    machineName: row.machine_name,
    welderName: nameIn(ctx, row.welder_name_ciphertext, sight),
    enterpriseName: row.enterprise_name,
    region: row.region_code,
    regionName: row.region_name,
    openedAt: row.opened_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

export async function clearanceDetail(
  ctx: ViewContext,
  row: ClearanceRow,
  sight: ClearanceSight,
): Promise<ClearanceDetail> {
  const { clearance_id: clearanceId, policy } = row;
  const nowMs = ctx.clock.nowMs();
  // What time has brought about since the last step shows at once, before the sweep has written it.
  const { state } = stepClearance(row.state, { kind: "time" }, policy, nowMs, 0);
  const scenes = await selectScenes(ctx.db, { clearanceId }, 100, 0);
  const calls = await selectCalls(ctx.db, { clearanceId }, 100, 0);
  const around = await aroundScenes(ctx, scenes);
  const named = { isOwn: false, isNamed: sight.isNamed || sight.part !== "none" };
  return {
    ...clearanceOf(ctx, row, sight),
    phase: phaseOf(state, nowMs),
    steps: shownSteps(state, nowMs),
    isReadyToStart: isReadyToStart(state, nowMs),
    place: placeOf(row),
    floor: row.floor,
    part: sight.part,
    permit: state.permit && {
      permitId: state.permit.permitId,
      status: state.permit.status,
      validFrom: momentOf(state.permit.validFromMs || null),
      validTo: momentOf(state.permit.validToMs || null),
    },
    // While a scene waits, what a program proposes is for its judges alone.
    sceneChecks: scenes.map((scene) => {
      const check = sceneCheckOf(scene, around);
      return check.status === "waiting" ? { ...check, program: null } : check;
    }),
    sceneAttemptsLeft: Math.max(0, policy.sceneAttempts - state.scene.fails),
    sceneValidTo: momentOf(state.scene.validToMs),
    stationCalls: calls.map((call) => stationCallOf(ctx, call, named.isNamed)),
    watch:
      state.watch && row.watch_name_ciphertext
        ? {
            name: nameIn(ctx, row.watch_name_ciphertext, { ...named, isOwn: sight.part === "watch" }),
            status: state.watch.status,
            dueAt: state.watch.status === "present" ? null : momentOf(state.watch.dueAtMs),
          }
        : null,
    machineCode: sight.part === "welder" ? row.machine_code : null,
    workSessionId: state.work.openSessionId,
    hasWorked: state.work.sessionCount > 0,
    smoulder: state.smoulder && {
      startedAt: momentOf(state.smoulder.startedAtMs)!,
      endsAt: momentOf(state.smoulder.endsAtMs)!,
      nextCheckDueAt: momentOf(
        state.smoulder.nextCheckDueAtMs > state.smoulder.endsAtMs ? null : state.smoulder.nextCheckDueAtMs,
      ),
      checks: (await selectSmoulderChecks(ctx.db, clearanceId)).map((check) => ({
        at: check.at.toISOString(),
        isSafe: check.is_safe,
        note: check.note,
        personName: nameIn(ctx, check.name_ciphertext, named),
      })),
    },
    conflicts: await conflictsOf(ctx, { subject: "clearance", id: clearanceId }),
    smoulderMinutes: state.smoulderPlan.minutes,
    now: new Date(nowMs).toISOString(),
  };
}

const momentOf = (atMs: number | null): string | null =>
  atMs === null ? null : new Date(atMs).toISOString();

export function placeOf(
  row: Pick<ClearanceRow, "latitude_degrees" | "longitude_degrees" | "accuracy_metres">,
) {
  return {
    latitudeDegrees: row.latitude_degrees,
    longitudeDegrees: row.longitude_degrees,
    accuracyMetres: row.accuracy_metres,
  };
}

export function stationCallOf(
  ctx: Pick<AppContext, "personalData">,
  row: CallRow,
  isNamed: boolean,
): StationCall {
  const accepted = row.accepted_by_ciphertext;
  return {
    stationCallId: row.station_call_id,
    clearanceId: row.clearance_id,
    cause: row.cause,
    status: row.status,
    region: row.region_code,
    level: row.level,
    calledAt: row.called_at.toISOString(),
    dueAt: row.due_at?.toISOString() ?? null,
    acceptedAt: row.accepted_at?.toISOString() ?? null,
    acceptedByName: accepted ? nameIn(ctx, accepted, { isOwn: false, isNamed }) : null,
    arrivedAt: row.arrived_at?.toISOString() ?? null,
    decidedAt: row.decided_at?.toISOString() ?? null,
    reason: row.reason,
    evidenceIds: row.evidence_ids,
  };
}

export async function clearanceHistory(
  ctx: ViewContext,
  clearanceId: string,
  isNamed: boolean,
): Promise<ClearanceHistoryEntry[]> {
  return (await selectEvents(ctx.db, clearanceId)).map((row) => ({
    seq: row.seq,
    at: row.at.toISOString(),
    kind: row.event.kind,
    phase: row.phase,
    actorName: row.name_ciphertext && nameIn(ctx, row.name_ciphertext, { isOwn: false, isNamed }),
    effects: row.effects.map(effectWord),
  }));
}

const effectWord = (effect: ClearanceEffect) => (effect.kind === "tell" ? effect.what : effect.kind);
