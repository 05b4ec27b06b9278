/** The feature's face: what other features, sweeps and the testbed use of it. */
export {
  type NewConsentText,
  privacyTextNow,
  publishConsentText,
  recordConsent,
  standingPrivacyConsents,
} from "./consents.ts";
export { TOMBSTONE } from "./erase.ts";
export { eraseDue } from "./erasure.ts";
export { type CountTable, suppressSmallCells } from "./small-cells.ts";
export { unmaskable } from "./unmasking.ts";
