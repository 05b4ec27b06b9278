/** The feature's face: who asks for shared data, and which clients a person may manage. */
export { requireClient } from "./clients.ts";
export { clientOfToken, forgetExpiredTokens, type SharingClient } from "./tokens.ts";

/** Who registers departments' programs, each within the regions of the role. */
export const SHARERS = ["operator", "regulator"] as const;
