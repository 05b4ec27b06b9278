import type { MachinePlace } from "@hanyouxu/api";
import type { MachineId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { selectPlacesOf } from "./queries.ts";

/** The key areas that a machine is in or may be in, as the API shows them, the longest stay first. */
export async function machinePlacesOf(
  { db }: Pick<AppContext, "db">,
  machineId: MachineId,
): Promise<MachinePlace[]> {
  const rows = await selectPlacesOf(db, machineId);
  return rows.map((row) => {
    const lastFixMs = row.memory?.fixes.last?.[3];
    return {
      keyAreaId: row.key_area_id,
      name: row.name,
      kind: row.kind,
      state: row.state,
      since: row.since.toISOString(),
      method: row.method,
      floor: row.floor,
      lastFixAt: lastFixMs === undefined ? null : new Date(lastFixMs).toISOString(),
      stopDueAt: row.stop_due_at?.toISOString() ?? null,
    };
  });
}
