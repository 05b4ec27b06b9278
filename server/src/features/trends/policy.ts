import type { Role } from "@hanyouxu/api";

/** Who looks at trends and reports what a visit found, for regions; a firm is not shown others' risk. */
export const TREND_ROLES = ["operator", "regulator", "station-staff"] as const satisfies Role[];
/** Who plans inspections. */
export const PLAN_ROLES = ["operator", "regulator"] as const satisfies Role[];
