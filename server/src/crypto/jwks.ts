import { createHash, createPublicKey } from "node:crypto";
import type { TrustedKey } from "./platform-keys.ts";

export interface EcJwk {
  kty: "EC";
  crv: "P-256";
  x: string;
  y: string;
  kid: string;
  alg: "ES256";
  use: "sig";
}

/** A public key of the platform as a JWK (RFC 7517) whose id is its thumbprint (RFC 7638). */
export function jwkOf({ spki }: Pick<TrustedKey, "spki">): EcJwk {
  const key = createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
  const { x, y } = key.export({ format: "jwk" });
  if (x === undefined || y === undefined) throw new Error("a platform key is no EC key");
  const thumbprint = createHash("sha256").update(JSON.stringify({ crv: "P-256", kty: "EC", x, y }));
  return { kty: "EC", crv: "P-256", x, y, kid: thumbprint.digest("base64url"), alg: "ES256", use: "sig" };
}
