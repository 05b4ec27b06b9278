import type { Role } from "@hanyouxu/api";

/** Who asks what other numbers would have done: those who answer for a region's numbers. */
export const WHAT_IF_ROLES = ["operator", "regulator"] as const satisfies Role[];
