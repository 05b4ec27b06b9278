import type { PersonId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";

/** What was done about a station, its people or its roster. */
export async function auditStation(
  ctx: Pick<AppContext, "audit">,
  tx: AppContext["db"],
  actor: PersonId,
  fireStationId: string,
  action: string,
  details: Record<string, unknown> = {},
): Promise<void> {
  await ctx.audit.record(tx, { actor, action, subject: `fire-station:${fireStationId}`, details });
}
