// The polyfill must run before the library does.
import "./reflect-metadata.ts";

export * from "@peculiar/x509";

/** The one key type of chips, broker and authority: ECDSA on P-256 with SHA-256 (RFC 5480, RFC 5758). */
export const p256 = { name: "ECDSA", namedCurve: "P-256" } as const;
export const p256WithSha256 = { name: "ECDSA", hash: "SHA-256" } as const;
