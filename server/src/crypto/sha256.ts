import { createHash } from "node:crypto";
import type { Sha256 } from "@hanyouxu/protocol";

/** SHA-256 of the platform's own library, as the port the pure packages take. */
export const sha256: Sha256 = (bytes) => new Uint8Array(createHash("sha256").update(bytes).digest());
