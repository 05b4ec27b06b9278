import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import type { Signer, Verifier } from "@hanyouxu/protocol";

/** COSE algorithm number of ECDSA with P-256 and SHA-256 (RFC 9053 §2.1). */
const es256 = -7;

export interface PlatformKeys {
  /** Signs grants, commands and acknowledgements: the first of the trusted keys. */
  signer: Signer;
  /** Trusts all platform keys: the current one and the one that it replaces or that will replace it. */
  verifier: Verifier;
  /** What a chip is given to trust, current key first. */
  trusted: readonly TrustedKey[];
}

export interface TrustedKey {
  algorithm: number;
  keyId: Uint8Array;
  /** SubjectPublicKeyInfo, DER. */
  spki: Uint8Array;
}

/** The first four bytes of SHA-256 over a public key's SPKI. */
export function keyIdOf(spki: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("sha256").update(spki).digest().subarray(0, 4));
}

/**
 * The platform's signing keys from PKCS#8 PEM texts, current key first.
 * @throws when one of them is not a P-256 private key.
 */
export function platformKeys(privateKeyPems: readonly string[]): PlatformKeys {
  const pairs = privateKeyPems.map((pem) => {
    const privateKey = createPrivateKey(pem);
    requireP256(privateKey);
    const publicKey = createPublicKey(privateKey);
    const spki = new Uint8Array(publicKey.export({ type: "spki", format: "der" }));
    return { privateKey, publicKey, spki, keyId: keyIdOf(spki) };
  });
  const [current] = pairs;
  if (!current) throw new Error("no platform signing key given");
  return {
    signer: es256Signer(current.privateKey, current.keyId),
    verifier: es256Verifier(pairs),
    trusted: pairs.map(({ spki, keyId }) => ({ algorithm: es256, keyId, spki })),
  };
}

function es256Signer(privateKey: KeyObject, keyId: Uint8Array): Signer {
  return {
    algorithm: es256,
    keyId,
    sign: (toBeSigned) =>
      new Uint8Array(sign("sha256", toBeSigned, { key: privateKey, dsaEncoding: "ieee-p1363" })),
  };
}

function es256Verifier(keys: readonly { publicKey: KeyObject; keyId: Uint8Array }[]): Verifier {
  return {
    verify(algorithm, keyId, toBeSigned, signature) {
      if (algorithm !== es256 || signature.length !== 64) return false;
      const key = keys.find((candidate) => Buffer.compare(candidate.keyId, keyId) === 0);
      if (!key) return false;
      return verify("sha256", toBeSigned, { key: key.publicKey, dsaEncoding: "ieee-p1363" }, signature);
    },
  };
}

function requireP256(key: KeyObject): void {
  if (key.asymmetricKeyType !== "ec" || key.asymmetricKeyDetails?.namedCurve !== "prime256v1") {
    throw new Error("a platform signing key must be an EC key on P-256");
  }
}
