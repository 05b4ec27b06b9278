import type { Role } from "@hanyouxu/api";

/** Who reads the law's table and tries it out: those who answer for it. */
export const LAW_ROLES = ["operator", "regulator"] as const satisfies Role[];

/** Who says under which rules an enterprise works: never the enterprise itself. */
export const REGIME_ROLES = ["operator", "regulator", "station-staff"] as const satisfies Role[];
