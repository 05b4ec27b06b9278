import { createPublicKey, verify } from "node:crypto";

/** Whether a chip's key (SPKI, DER) made an ES256 signature in P1363 form; false for what is no signature. */
export function isSignedBy(spki: Uint8Array, toBeSigned: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
  return verify("sha256", toBeSigned, { key, dsaEncoding: "ieee-p1363" }, signature);
}
