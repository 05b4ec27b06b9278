import { createECDH, createHash, createPrivateKey } from "node:crypto";
import { type ChipKeys, chipKeys } from "@hanyouxu/chip/hosts/node";
import type { RandomBytes } from "@hanyouxu/protocol";
import { createRandom } from "@hanyouxu/simulator";

/** Reproducible bytes in the place of secure ones. */
export function seededBytes(seed: string): RandomBytes {
  const random = createRandom(seed);
  return (length) => Uint8Array.from({ length }, () => Math.floor(random.next() * 256));
}

/** A chip's key that is the same for the same seed: its id, and so every order by it, can be repeated. */
export function seededKeys(seed: string): ChipKeys {
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(createHash("sha256").update(seed).digest());
  const point = curve.getPublicKey();
  const base64url = (bytes: Buffer) => bytes.toString("base64url");
  const key = createPrivateKey({
    format: "jwk",
    key: {
      kty: "EC",
      crv: "P-256",
      d: base64url(curve.getPrivateKey()),
      x: base64url(point.subarray(1, 33)),
      y: base64url(point.subarray(33)),
    },
  });
  return chipKeys(key.export({ type: "pkcs8", format: "pem" }) as string);
}
