import { createHash } from "node:crypto";
import type { TLSSocket } from "node:tls";
import { type ChipId, type Clock, chipIdFromSpki } from "@hanyouxu/protocol";

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash("sha256").update(bytes).digest());

/**
 * The chip that the peer's certificate names, or undefined. TLS has verified the chain at the full handshake; validity
 * is checked again because a resumed session does not, and the name must be the id of the certificate's own key.
 */
export function chipOfPeer(socket: TLSSocket, clock: Clock): ChipId | undefined {
  const certificate = socket.authorized ? socket.getPeerX509Certificate() : undefined;
  if (!certificate) return undefined;
  const nowMs = clock.nowMs();
  if (certificate.validFromDate.getTime() > nowMs || certificate.validToDate.getTime() < nowMs)
    return undefined;
  const spki = certificate.publicKey.export({ type: "spki", format: "der" });
  const chipId = chipIdFromSpki(sha256, new Uint8Array(spki));
  return certificate.subject === `CN=${chipId}` ? chipId : undefined;
}
