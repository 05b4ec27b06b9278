import { createHmac } from "node:crypto";
import type { CodeMac } from "@hanyouxu/protocol";

/** HMAC-SHA256 with the platform's machine-code key. */
export function machineCodeMac(key: Uint8Array): CodeMac {
  return (bytes) => new Uint8Array(createHmac("sha256", key).update(bytes).digest());
}
