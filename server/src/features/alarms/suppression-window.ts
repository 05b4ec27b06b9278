import type { Selectable } from "kysely";
import type { AlarmSuppressionsTable } from "../../db/tables/alarms.ts";
import type { AlarmFact } from "./alarm-fact.ts";

/** A time of declared maintenance that holds now; all that it names must fit, no kinds: every kind. */
export type SuppressionWindow = Pick<
  Selectable<AlarmSuppressionsTable>,
  "suppression_id" | "kinds" | "region_code" | "enterprise_id" | "machine_id"
>;

/** The first window that covers what happened. */
export function windowOver(
  windows: readonly SuppressionWindow[],
  {
    kind,
    region,
    enterpriseId,
    machineId,
  }: Pick<AlarmFact, "kind" | "region" | "enterpriseId" | "machineId">,
): string | undefined {
  return windows.find(
    (window) =>
      (window.kinds.length === 0 || window.kinds.includes(kind)) &&
      (window.region_code === null || region?.startsWith(window.region_code)) &&
      (window.enterprise_id === null || window.enterprise_id === enterpriseId) &&
      (window.machine_id === null || window.machine_id === machineId),
  )?.suppression_id;
}
