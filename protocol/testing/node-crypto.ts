import {
  createECDH,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { ES256, KEY_ID_BYTES, type Signer, type Verifier } from "@hanyouxu/protocol";

export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("sha256").update(bytes).digest());
}

export function hmacSha256(key: Uint8Array): (bytes: Uint8Array) => Uint8Array {
  return (bytes) => new Uint8Array(createHmac("sha256", key).update(bytes).digest());
}

export interface KeyPair {
  spki: Uint8Array;
  keyId: Uint8Array;
  signer: Signer;
  publicKey: KeyObject;
}

/** @param secret the 32 bytes of a P-256 private key */
export function keyPairFromSecret(secret: Uint8Array): KeyPair {
  const ecdh = createECDH("prime256v1");
  ecdh.setPrivateKey(secret);
  const point = ecdh.getPublicKey();
  const base64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
  const privateKey = createPrivateKey({
    format: "jwk",
    key: {
      kty: "EC",
      crv: "P-256",
      d: base64Url(secret),
      x: base64Url(point.subarray(1, 33)),
      y: base64Url(point.subarray(33)),
    },
  });
  const publicKey = createPublicKey(privateKey);
  const spki = new Uint8Array(publicKey.export({ format: "der", type: "spki" }));
  const keyId = sha256(spki).slice(0, KEY_ID_BYTES);
  const signer: Signer = {
    algorithm: ES256,
    keyId,
    sign: (bytes) => new Uint8Array(sign("sha256", bytes, { key: privateKey, dsaEncoding: "ieee-p1363" })),
  };
  return { spki, keyId, signer, publicKey };
}

/** Trusts exactly `keys`. */
export function verifierOf(keys: readonly Pick<KeyPair, "keyId" | "publicKey">[]): Verifier {
  return {
    verify: (algorithm, keyId, toBeSigned, signature) => {
      const key = keys.find((candidate) => Buffer.compare(candidate.keyId, keyId) === 0);
      if (algorithm !== ES256 || !key) return false;
      return verify("sha256", toBeSigned, { key: key.publicKey, dsaEncoding: "ieee-p1363" }, signature);
    },
  };
}

export function publicKeyFromSpki(spki: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
}
