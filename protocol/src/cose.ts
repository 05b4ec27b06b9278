import { type CborValue, encodeCbor } from "./cbor.ts";
import { decodeCbor } from "./cbor-reader.ts";
import { Fields } from "./fields.ts";
import type { Signer, Verifier } from "./ports.ts";
import { type Decoded, decoding, RejectedInput } from "./rejection.ts";

/** RFC 9053 §2.1. SM2 gets a number here when hardware has it: the algorithm is a header, not a constant. */
export const ES256 = -7;
const SIGNATURE_BYTES = 64;
export const KEY_ID_BYTES = 4;

const HEADER_ALGORITHM = 1;
const HEADER_KEY_ID = 4;

/** Signed alongside, never sent: a signature made for another purpose or protocol does not verify here. */
const EXTERNAL_AAD = Uint8Array.from("hy1", (letter) => letter.charCodeAt(0));

export interface Sign1 {
  algorithm: number;
  keyId: Uint8Array;
  payload: Uint8Array;
  signature: Uint8Array;
  /** The Sig_structure (RFC 9052 §4.4) that the signature covers. */
  toBeSigned: Uint8Array;
}

/**
 * COSE_Sign1 (RFC 9052 §4.2), untagged, algorithm and key id in the protected header.
 * @param externalAad what the signature is for: commands by default
 */
export function sign1(payload: Uint8Array, signer: Signer, externalAad = EXTERNAL_AAD): Uint8Array {
  const protectedHeader = encodeCbor(
    new Map<number, CborValue>([
      [HEADER_ALGORITHM, signer.algorithm],
      [HEADER_KEY_ID, signer.keyId],
    ]),
  );
  const signature = signer.sign(sigStructure(protectedHeader, payload, externalAad));
  return encodeCbor([protectedHeader, new Map(), payload, signature]);
}

/** Reads the structure without checking the signature: for callers whose verification is asynchronous (WebCrypto). */
export function parseSign1(bytes: Uint8Array, externalAad = EXTERNAL_AAD): Decoded<Sign1> {
  return decoding(() => readSign1(bytes, externalAad));
}

/** The payload of a COSE_Sign1 whose signature a trusted key made; otherwise why not. */
export function openSign1(
  bytes: Uint8Array,
  verifier: Verifier,
  externalAad = EXTERNAL_AAD,
): Decoded<Uint8Array> {
  return decoding(() => {
    const message = readSign1(bytes, externalAad);
    if (!verifier.verify(message.algorithm, message.keyId, message.toBeSigned, message.signature)) {
      throw new RejectedInput("bad-signature");
    }
    return message.payload;
  });
}

function readSign1(bytes: Uint8Array, externalAad: Uint8Array): Sign1 {
  const items = decodeCbor(bytes);
  const fields = new Fields(items, "COSE_Sign1", 4);
  const protectedHeader = expectBytes(fields.nested(), "protected");
  const unprotectedHeader = fields.nested();
  if (!(unprotectedHeader instanceof Map) || unprotectedHeader.size !== 0) {
    throw new RejectedInput("wrong-shape", "unprotected");
  }
  const payload = expectBytes(fields.nested(), "payload");
  const signature = fields.bytes("signature", SIGNATURE_BYTES);
  const header = decodeCbor(protectedHeader);
  if (!(header instanceof Map) || header.size !== 2) throw new RejectedInput("wrong-shape", "protected");
  const algorithm: unknown = header.get(HEADER_ALGORITHM);
  const keyId: unknown = header.get(HEADER_KEY_ID);
  if (typeof algorithm !== "number") throw new RejectedInput("wrong-shape", "algorithm");
  if (!(keyId instanceof Uint8Array) || keyId.length !== KEY_ID_BYTES)
    throw new RejectedInput("wrong-shape", "keyId");
  return {
    algorithm,
    keyId,
    payload,
    signature,
    toBeSigned: sigStructure(protectedHeader, payload, externalAad),
  };
}

function sigStructure(protectedHeader: Uint8Array, payload: Uint8Array, externalAad: Uint8Array): Uint8Array {
  return encodeCbor(["Signature1", protectedHeader, externalAad, payload]);
}

function expectBytes(value: unknown, name: string): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new RejectedInput("wrong-shape", name);
  return value;
}
