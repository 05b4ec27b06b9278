import { bytesToHex, chipIdFromSpki, ES256, hexToBytes, type Signer } from "@hanyouxu/protocol";
import { type KeyPair, keyPairFromSecret, sha256 } from "../testing/node-crypto.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** TEST ONLY: anyone can compute these keys. They make the vectors reproducible and guard nothing. */
const secretOf = (name: string): Uint8Array => sha256(utf8(`hy1 test vectors, not a secret: ${name}`));

export const CODE_KEY = secretOf("machine codes");
const KEYS = {
  "platform-a": keyPairFromSecret(secretOf("platform-a")),
  "platform-b": keyPairFromSecret(secretOf("platform-b")),
  stranger: keyPairFromSecret(secretOf("stranger")),
  chip: keyPairFromSecret(secretOf("chip")),
  "other-chip": keyPairFromSecret(secretOf("other-chip")),
};
export type KeyName = keyof typeof KEYS;

export const CHIP = chipIdFromSpki(sha256, KEYS.chip.spki);
export const OTHER_CHIP = chipIdFromSpki(sha256, KEYS["other-chip"].spki);

export function keyPair(name: KeyName): KeyPair {
  return KEYS[name];
}

/** What keys.json says. */
export function keysFile(): object {
  return {
    note: "TEST ONLY. These keys guard nothing; never trust them outside a test.",
    algorithm:
      "ES256 (COSE -7), P-256; keyId is the first 4 bytes of SHA-256 over spki; chipId the base32 of its first 10",
    externalAad: bytesToHex(utf8("hy1")),
    machineCodeKey: bytesToHex(CODE_KEY),
    keys: Object.entries(KEYS).map(([name, { spki, keyId }]) => ({
      name,
      privateKey: bytesToHex(secretOf(name)),
      spki: bytesToHex(spki),
      keyId: bytesToHex(keyId),
      chipId: chipIdFromSpki(sha256, spki),
    })),
  };
}

/**
 * ES256 is randomised: a signature is made once and kept in signatures.json, so that generating again changes nothing
 * but what a change of the frames changes.
 */
export class KeptSignatures {
  readonly #kept: Readonly<Record<string, string>>;
  readonly #used = new Map<string, string>();

  constructor(kept: Readonly<Record<string, string>>) {
    this.#kept = kept;
  }

  signer(name: KeyName, algorithm = ES256): Signer {
    const { keyId, signer } = KEYS[name];
    return {
      algorithm,
      keyId,
      sign: (toBeSigned) => {
        const id = `${name}:${bytesToHex(sha256(toBeSigned))}`;
        const kept = this.#used.get(id) ?? this.#kept[id] ?? bytesToHex(signer.sign(toBeSigned));
        this.#used.set(id, kept);
        return hexToBytes(kept)!;
      },
    };
  }

  used(): Record<string, string> {
    return Object.fromEntries([...this.#used].sort());
  }
}
