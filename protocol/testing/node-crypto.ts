import {
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

/** @param pkcs8Pem a P-256 private key */
export function keyPairFromPem(pkcs8Pem: string): KeyPair {
  const privateKey = createPrivateKey(pkcs8Pem);
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
