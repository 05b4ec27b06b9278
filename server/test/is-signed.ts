import { createPublicKey, verify } from "node:crypto";
import type { EcJwk } from "../src/crypto/jwks.ts";

/** Whether a header `signature` (RFC 9421, labelled hy) is this key's over the base. */
export function isSigned(key: EcJwk, base: string, header: unknown): boolean {
  const signature = Buffer.from(String(header).replace(/^hy=:|:$/g, ""), "base64");
  const publicKey = createPublicKey({ key: { ...key }, format: "jwk" });
  return verify("sha256", Buffer.from(base), { key: publicKey, dsaEncoding: "ieee-p1363" }, signature);
}
