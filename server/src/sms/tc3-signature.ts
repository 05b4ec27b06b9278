import { createHash, createHmac } from "node:crypto";

export interface Tc3Request {
  secretId: string;
  secretKey: string;
  /** First label of the API's host: `sms`. */
  service: string;
  /** Host header, with the port when it is not the usual one. */
  host: string;
  contentType: string;
  /** The exact bytes that are sent. */
  body: string;
  timestampSeconds: number;
}

/**
 * The Authorization header of a Tencent Cloud API 3.0 POST: TC3-HMAC-SHA256 over content type, host and body
 * (cloud.tencent.com/document/api/382/52072, “签名方法 v3”).
 */
export function tc3Authorization(request: Tc3Request): string {
  const { secretId, secretKey, service, host, contentType, body, timestampSeconds } = request;
  const date = new Date(timestampSeconds * 1000).toISOString().slice(0, 10);
  const signedHeaders = "content-type;host";
  const canonicalRequest = [
    "POST",
    "/",
    "",
    `content-type:${contentType.toLowerCase()}\nhost:${host.toLowerCase()}\n`,
    signedHeaders,
    sha256Hex(body),
  ].join("\n");
  const scope = `${date}/${service}/tc3_request`;
  const toSign = ["TC3-HMAC-SHA256", timestampSeconds, scope, sha256Hex(canonicalRequest)].join("\n");
  const dateKey = hmac(`TC3${secretKey}`, date);
  const signature = hmac(hmac(hmac(dateKey, service), "tc3_request"), toSign).toString("hex");
  return `TC3-HMAC-SHA256 Credential=${secretId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
}

function sha256Hex(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text, "utf8").digest();
}
