import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import {
  bytesEqual,
  type ChipId,
  chipIdFromSpki,
  ES256,
  KEY_ID_BYTES,
  type Signer,
  type Verifier,
} from "@hanyouxu/protocol";

export interface ChipKeys {
  chipId: ChipId;
  /** SubjectPublicKeyInfo, DER. */
  spki: Uint8Array;
  /** PKCS#8. */
  privateKeyPem: string;
  signer: Signer;
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("sha256").update(bytes).digest());
}

export function createChipKeys(): ChipKeys {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  return chipKeys(privateKey.export({ type: "pkcs8", format: "pem" }) as string);
}

/** @throws when `privateKeyPem` is not a P-256 private key in PKCS#8 */
export function chipKeys(privateKeyPem: string): ChipKeys {
  const privateKey = createPrivateKey(privateKeyPem);
  if (privateKey.asymmetricKeyDetails?.namedCurve !== "prime256v1") {
    throw new Error("a chip's key must be an EC key on P-256");
  }
  const spki = spkiOf(createPublicKey(privateKey));
  return { chipId: chipIdFromSpki(sha256, spki), spki, privateKeyPem, signer: es256Signer(privateKey, spki) };
}

function es256Signer(privateKey: KeyObject, spki: Uint8Array): Signer {
  return {
    algorithm: ES256,
    keyId: keyIdOf(spki),
    sign: (toBeSigned) =>
      new Uint8Array(sign("sha256", toBeSigned, { key: privateKey, dsaEncoding: "ieee-p1363" })),
  };
}

/** Trusts the platform keys given as SPKI (DER). @throws when one is not a public key */
export function es256Verifier(spkis: readonly Uint8Array[]): Verifier {
  const keys = spkis.map((spki) => ({
    keyId: keyIdOf(spki),
    publicKey: createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" }),
  }));
  return {
    verify(algorithm, keyId, toBeSigned, signature) {
      if (algorithm !== ES256 || signature.length !== 64) return false;
      const key = keys.find((candidate) => bytesEqual(candidate.keyId, keyId));
      if (!key) return false;
      return verify("sha256", toBeSigned, { key: key.publicKey, dsaEncoding: "ieee-p1363" }, signature);
    },
  };
}

function keyIdOf(spki: Uint8Array): Uint8Array {
  return sha256(spki).slice(0, KEY_ID_BYTES);
}

function spkiOf(publicKey: KeyObject): Uint8Array {
  return new Uint8Array(publicKey.export({ type: "spki", format: "der" }));
}
