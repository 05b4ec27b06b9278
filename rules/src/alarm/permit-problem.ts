import type { MachineId, WelderId } from "@hanyouxu/protocol";

/** What is wrong between work and the permit that it should be done under. */
export type PermitProblem =
  | "no-permit"
  | "too-early"
  | "time-over"
  | "suspended"
  | "ended"
  | "other-machine"
  | "other-welder";

/** The permit of work in a key area. Milliseconds since 1970. */
export interface PermitOfWork {
  status: "approved" | "suspended" | "expired" | "ended";
  /** When it was suspended or ended. */
  statusSinceMs: number | null;
  validFromMs: number | null;
  validToMs: number | null;
  /** Null: it names no machine. */
  machineId: MachineId | null;
  welderId: WelderId;
}

/**
 * Why work under power in a key area is outside its permit; undefined: it is within. A machine that was told to stop ends
 * the weld in hand first: for so long, `graceMinutes`, a permit that has just run out or was taken back is no problem yet.
 * @param permit undefined: there is none
 */
export function permitProblem(
  work: { machineId: MachineId; welderId: WelderId },
  permit: PermitOfWork | undefined,
  graceMinutes: number,
  nowMs: number,
): PermitProblem | undefined {
  if (!permit) return "no-permit";
  if (permit.machineId !== null && permit.machineId !== work.machineId) return "other-machine";
  if (permit.welderId !== work.welderId) return "other-welder";
  const graceMs = graceMinutes * 60_000;
  const isPast = (sinceMs: number | null) => sinceMs === null || nowMs - sinceMs >= graceMs;
  if (permit.validFromMs !== null && nowMs < permit.validFromMs) return "too-early";
  if (permit.status === "suspended" || permit.status === "ended") {
    return isPast(permit.statusSinceMs) ? permit.status : undefined;
  }
  const isOver = permit.validToMs !== null && nowMs >= permit.validToMs;
  return isOver && isPast(permit.validToMs) ? "time-over" : undefined;
}
