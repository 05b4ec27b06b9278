import { createHash } from "node:crypto";
import type { Signer } from "@hanyouxu/protocol";

/** A covered component (RFC 9421 §2) with its value: `"@status"`, `"@method";req`, `"content-digest"`. */
export type Component = readonly [identifier: string, value: string];

export interface MessageSignature {
  "signature-input": string;
  signature: string;
}

/** `Content-Digest` of a body (RFC 9530). */
export function contentDigest(body: string): string {
  return `sha-256=:${createHash("sha256").update(body, "utf8").digest("base64")}:`;
}

/** What is signed (RFC 9421 §2.5). It begins with a quotation mark, so it is never a COSE structure of the same key. */
export function signatureBase(components: readonly Component[], parameters: string): string {
  const lines = components.map(([identifier, value]) => `${identifier}: ${value}`);
  return [...lines, `"@signature-params": ${parameters}`].join("\n");
}

/**
 * Signs an HTTP message by RFC 9421 with ecdsa-p256-sha256 (§3.3.4). `keyId` leads to the key in the platform's JWKS.
 */
export function signMessage(
  signer: Signer,
  keyId: string,
  createdSeconds: number,
  components: readonly Component[],
): MessageSignature {
  const covered = components.map(([identifier]) => identifier).join(" ");
  const parameters = `(${covered});created=${createdSeconds};keyid="${keyId}";alg="ecdsa-p256-sha256"`;
  const bytes = signer.sign(new TextEncoder().encode(signatureBase(components, parameters)));
  return {
    "signature-input": `hy=${parameters}`,
    signature: `hy=:${Buffer.from(bytes).toString("base64")}:`,
  };
}
