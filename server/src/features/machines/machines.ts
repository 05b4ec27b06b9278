import type { Machine, MachineDetail, MachineState } from "@hanyouxu/api";
import type { ChipId, MachineId } from "@hanyouxu/protocol";
import { defaultStartPolicy } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { sendCommand } from "../commands/commands.ts";
import { stopWork } from "../work-sessions/work-sessions.ts";
import { machineStateOf, stateFactsOf } from "./machine-state.ts";
import {
  isLockedByOrder,
  type MachineRow,
  selectForgetful,
  selectMachines,
  selectWanted,
  setMachineLock,
} from "./queries.ts";
import { isLockedByRectification } from "./rectification-locks.ts";

type ControlContext = Pick<
  AppContext,
  "db" | "clock" | "random" | "keys" | "broker" | "changes" | "audit" | "metrics" | "log"
>;

export function stateOfRow(row: MachineRow, nowMs: number): MachineState {
  return machineStateOf(stateFactsOf(row), nowMs, defaultStartPolicy.chipLeaseSeconds);
}

/** A chip heard from earlier than this counts as offline. */
export function onlineSince(nowMs: number): Date {
  return new Date(nowMs - defaultStartPolicy.chipLeaseSeconds * 1000);
}

export function machineOf(row: MachineRow, nowMs: number): Machine {
  return {
    machineId: row.machine_id,
    machineCode: row.machine_code,
    name: row.name,
    model: row.model,
    process: row.process as Machine["process"],
    isMobile: row.is_mobile,
    status: row.status,
    state: stateOfRow(row, nowMs),
    enterpriseId: row.enterprise_id,
    enterpriseName: row.enterprise_name,
    region: row.region_code,
    regionName: row.region_name,
    lockReason: row.lock_reason,
    workSessionId: row.work_session_id,
    heardAt: row.last_heard_at?.toISOString() ?? null,
  };
}

export function readingsOf(row: MachineRow): MachineDetail["readings"] {
  if (row.last_heard_at === null) return null;
  return {
    heardAt: row.last_heard_at.toISOString(),
    position:
      row.latitude_degrees === null || row.longitude_degrees === null
        ? null
        : {
            latitudeDegrees: row.latitude_degrees,
            longitudeDegrees: row.longitude_degrees,
            accuracyMetres: row.accuracy_metres ?? 0,
          },
    currentAmps: row.current_amps,
    voltageVolts: row.voltage_volts,
    temperatureCelsius: row.temperature_celsius,
    gasLelPercent: row.gas_lel_percent,
    batteryPercent: row.battery_percent,
    signalDbm: row.signal_dbm,
    clockTrust: row.clock_trust ?? "unknown",
    firmware: row.firmware,
  };
}

/** @throws AppError machine.not_found */
export async function requireMachine(ctx: Pick<AppContext, "db">, machineId: string): Promise<MachineRow> {
  const [row] = await selectMachines(ctx.db, { machineId });
  if (!row) throw new AppError("machine.not_found");
  return row;
}

/**
 * Remote stop by staff, with the reason in the audit log.
 * @throws AppError machine.not_working
 */
export async function stopMachine(
  ctx: ControlContext,
  machine: MachineRow,
  actor: string,
  reason: string,
): Promise<string> {
  if (!machine.work_session_id) throw new AppError("machine.not_working");
  await ctx.audit.record(ctx.db, {
    actor,
    action: "machine.stopped",
    subject: `machine:${machine.machine_id}`,
    details: { reason, workSessionId: machine.work_session_id },
  });
  return await stopWork(ctx, machine.work_session_id);
}

/**
 * Locks or unlocks. The wish is stored first, so that no start is granted from now on and a chip that is away is told
 * when it comes back. Null when there is no chip to tell.
 * @throws AppError machine.locked_by_order | machine.locked_by_rectification
 */
export async function setLock(
  ctx: ControlContext,
  machine: MachineRow,
  isLocked: boolean,
  actor: string,
  reason: string,
): Promise<string | null> {
  await ctx.db.transaction().execute(async (tx) => {
    if (!isLocked && (await isLockedByOrder(tx, machine.machine_id))) {
      throw new AppError("machine.locked_by_order");
    }
    if (!isLocked && (await isLockedByRectification(tx, machine.machine_id))) {
      throw new AppError("machine.locked_by_rectification");
    }
    await setMachineLock(tx, machine.machine_id as MachineId, isLocked, isLocked ? reason : null);
    await ctx.audit.record(tx, {
      actor,
      action: isLocked ? "machine.locked" : "machine.unlocked",
      subject: `machine:${machine.machine_id}`,
      details: { reason },
    });
  });
  if (!machine.chip_id) return null;
  return await sendCommand(ctx, machine.chip_id, { kind: "lock", locked: isLocked });
}

/** A chip that has had this long to act on a command is told again. */
const REMIND_AFTER_MS = 10_000;

type RemindContext = Pick<AppContext, "db" | "clock" | "random" | "keys" | "broker" | "metrics" | "log">;

/** Tells chips that are online what is wanted of them and not done: the command, or its answer, got lost. */
export async function remindForgetfulChips(ctx: RemindContext): Promise<number> {
  const nowMs = ctx.clock.nowMs();
  const heardSince = onlineSince(nowMs);
  const chipIds = await selectForgetful(ctx.db, new Date(nowMs - REMIND_AFTER_MS), heardSince);
  await remindChips(ctx, chipIds);
  return chipIds.length;
}

/** Tells chips, such as those that have just connected, what they may have missed: the wanted lock, a stop. */
export async function remindChips(ctx: RemindContext, chipIds: readonly ChipId[]): Promise<void> {
  if (chipIds.length === 0) return;
  for (const wanted of await selectWanted(ctx.db, chipIds)) {
    const { chip_id, wants_lock, has_lock, stopped_session_id: workSessionId } = wanted;
    if (wants_lock !== has_lock) await sendCommand(ctx, chip_id, { kind: "lock", locked: wants_lock });
    if (workSessionId) {
      await sendCommand(
        ctx,
        chip_id,
        { kind: "revoke", workSessionId, reason: "stopped" },
        { workSessionId },
      );
    }
  }
}

export { machineStateOf, type StateFacts, stateFactsOf } from "./machine-state.ts";
export {
  countMachines,
  type MachineFilter,
  type MachineRow,
  type MachineSort,
  selectChipEvents,
  selectMachines,
} from "./queries.ts";
export { heldByRectification, lockForRectification, unlockRectified } from "./rectification-locks.ts";
