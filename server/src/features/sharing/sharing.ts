/** The feature's face: who asks for shared data, and which clients a person may manage. */
export { requireClient } from "./clients.ts";
export { requireDepartmentSight } from "./department-sight.ts";
export { reachedClients, requireReach, SHARERS, type SharingReach, sharingReachOf } from "./reach.ts";
export { clientOfToken, forgetExpiredTokens, type SharingClient } from "./tokens.ts";
