import { createHash } from "node:crypto";
import { type ChipId, chipIdFromSpki } from "@hanyouxu/protocol";
import { Pkcs10CertificateRequest } from "./x509.ts";

/** Why a certification request (PKCS#10, RFC 2986) was not accepted. */
export type CsrRejection = "csr-too-long" | "csr-malformed" | "csr-key-not-p256" | "csr-signature-wrong";

export type ReadCsr =
  | { ok: true; chipId: ChipId; spki: Uint8Array; request: Pkcs10CertificateRequest }
  | { ok: false; reason: CsrRejection };

const MAX_CSR_BYTES = 2048;
/** DER of SubjectPublicKeyInfo for P-256 up to the point, and the mark of an uncompressed point (RFC 5480 §2). */
const P256_SPKI_HEAD = Buffer.from("3059301306072a8648ce3d020106082a8648ce3d03010703420004", "hex");
const P256_SPKI_BYTES = P256_SPKI_HEAD.length + 64;

export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("sha256").update(bytes).digest());
}

/**
 * Reads a chip's request and checks that whoever made it holds the key. Only the uncompressed form of a P-256 key is
 * taken, so that one key has one SPKI and therefore one chip id.
 */
export async function readChipCsr(der: Uint8Array): Promise<ReadCsr> {
  if (der.length > MAX_CSR_BYTES) return { ok: false, reason: "csr-too-long" };
  let request: Pkcs10CertificateRequest;
  let spki: Uint8Array;
  try {
    request = new Pkcs10CertificateRequest(new Uint8Array(der));
    spki = new Uint8Array(request.publicKey.rawData);
  } catch {
    return { ok: false, reason: "csr-malformed" };
  }
  if (!isP256Spki(spki)) return { ok: false, reason: "csr-key-not-p256" };
  // A point that is not on the curve makes the import inside `verify` throw.
  const genuine = await request.verify().catch(() => false);
  if (!genuine) return { ok: false, reason: "csr-signature-wrong" };
  return { ok: true, chipId: chipIdFromSpki(sha256, spki), spki, request };
}

export function isP256Spki(spki: Uint8Array): boolean {
  const head = spki.subarray(0, P256_SPKI_HEAD.length);
  return spki.length === P256_SPKI_BYTES && Buffer.compare(head, P256_SPKI_HEAD) === 0;
}
