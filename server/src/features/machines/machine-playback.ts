import type { MachinePlayback } from "@hanyouxu/api";
import type { MachineId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { playedSamples, samplesBetween } from "../telemetry/telemetry.ts";

/**
 * Where a machine was and what was measured in it from `from` on and before `to`: by each chip while it sat in it, for
 * a chip that has moved on tells of another machine.
 */
export async function playBackMachine(
  { db }: Pick<AppContext, "db">,
  machineId: MachineId,
  from: Date,
  to: Date,
): Promise<MachinePlayback> {
  const fittings = await db
    .selectFrom("chip_fittings")
    .select(["chip_id", "fitted_at", "removed_at"])
    .where("machine_id", "=", machineId)
    .where("fitted_at", "<", to)
    .where((is) => is.or([is("removed_at", "is", null), is("removed_at", ">", from)]))
    .orderBy("fitted_at")
    .execute();
  const measured = [];
  for (const { chip_id, fitted_at, removed_at } of fittings) {
    const begin = fitted_at > from ? fitted_at : from;
    const end = removed_at && removed_at < to ? removed_at : to;
    measured.push(...(await samplesBetween(db, chip_id, begin, end)));
  }
  return { from: from.toISOString(), to: to.toISOString(), ...playedSamples(measured, from, to) };
}
