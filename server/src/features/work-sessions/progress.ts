import type { WorkSessionProgress } from "@hanyouxu/api";
import { defaultStartPolicy } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { isOnline } from "../twins/twins.ts";
import type { SessionSight } from "./policy.ts";
import type { ProgressRow } from "./queries.ts";
import { workSessionOf } from "./work-session-view.ts";

/** A session with what its machine reads now, as the working screen follows it. */
export function progressOf(
  ctx: Pick<AppContext, "clock" | "personalData" | "powerHints">,
  stored: ProgressRow,
  { isOwn, isNamed, hasReadings }: SessionSight,
): WorkSessionProgress {
  const nowMs = ctx.clock.nowMs();
  const row = withPower(stored, ctx.powerHints.poweredAtMs(stored.work_session_id, nowMs));
  const isRunning = row.status === "energised" && row.relay_closed === true;
  return {
    ...workSessionOf(ctx, row, { isOwn, isNamed }),
    currentAmps: isRunning && hasReadings ? row.current_amps : null,
    voltageVolts: isRunning && hasReadings ? row.voltage_volts : null,
    isArcing: isRunning && row.arc_on === true,
    isMachineOnline:
      row.last_heard_at !== null &&
      isOnline(
        { isGone: row.is_gone === true, lastHeardAtMs: row.last_heard_at.getTime() },
        nowMs,
        defaultStartPolicy.chipLeaseSeconds,
      ),
    now: new Date(nowMs).toISOString(),
  };
}

/** The row as it will be when the chip's verified answer is stored. */
function withPower(row: ProgressRow, poweredAtMs: number | undefined): ProgressRow {
  if (row.status !== "granted" || poweredAtMs === undefined) return row;
  return { ...row, status: "energised", energised_at: new Date(poweredAtMs) };
}
