import type { WorkSessionProgress } from "@hanyouxu/api";
import type { ChipId } from "@hanyouxu/protocol";
import { defaultStartPolicy } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { isOnline } from "../twins/twins.ts";
import type { SessionSight } from "./policy.ts";
import type { WorkSessionRow } from "./queries.ts";
import { workSessionOf } from "./work-session-view.ts";

/** A session with what its machine reads now, as the working screen follows it. */
export async function progressOf(
  ctx: Pick<AppContext, "db" | "clock" | "personalData">,
  row: WorkSessionRow,
  { isOwn, isNamed, hasReadings }: SessionSight,
): Promise<WorkSessionProgress> {
  const nowMs = ctx.clock.nowMs();
  const twin = await selectReadings(ctx.db, row.chip_id);
  const isRunning = row.status === "energised" && twin?.relay_closed === true;
  return {
    ...workSessionOf(ctx, row, { isOwn, isNamed }),
    currentAmps: isRunning && hasReadings ? twin.current_amps : null,
    voltageVolts: isRunning && hasReadings ? twin.voltage_volts : null,
    isArcing: isRunning && twin.arc_on,
    isMachineOnline:
      twin !== undefined &&
      isOnline(
        { isGone: twin.is_gone, lastHeardAtMs: twin.last_heard_at.getTime() },
        nowMs,
        defaultStartPolicy.chipLeaseSeconds,
      ),
    now: new Date(nowMs).toISOString(),
  };
}

async function selectReadings(db: Kysely<Tables>, chipId: ChipId) {
  return await db
    .selectFrom("twins")
    .select(["relay_closed", "arc_on", "current_amps", "voltage_volts", "is_gone", "last_heard_at"])
    .where("chip_id", "=", chipId)
    .executeTakeFirst();
}
