import type { Role } from "@hanyouxu/api";

/** Who reads and sets the numbers of a region: those who answer for it. */
export const REGION_POLICY_ROLES = ["operator", "regulator"] as const satisfies Role[];
