import { addWorkingHours, rectificationHours } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import { rectificationPolicyOf } from "../../db/region-policy.ts";
import type { Tables } from "../../db/tables.ts";
import type { Stored } from "./change-rectification.ts";

type Place = Pick<Stored, "region_code">;

/** By when staff re-inspect what is handed in now. */
export async function reinspectionDeadline(tx: Kysely<Tables>, row: Place, now: Date): Promise<Date> {
  const { policy, calendar } = await rectificationPolicyOf(tx, row.region_code, now.getTime());
  return new Date(addWorkingHours(now.getTime(), policy.reinspectionHours, calendar));
}

/** By when a firm rectifies what goes back to it now. */
export async function rectificationDeadline(
  tx: Kysely<Tables>,
  row: Place & Pick<Stored, "severity">,
  now: Date,
): Promise<Date> {
  const { policy, calendar } = await rectificationPolicyOf(tx, row.region_code, now.getTime());
  return new Date(addWorkingHours(now.getTime(), rectificationHours(row.severity, policy), calendar));
}
