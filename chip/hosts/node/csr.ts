import { createPrivateKey, sign } from "node:crypto";
import type { ChipKeys } from "./keys.ts";

/** DER (ITU-T X.690), as much of it as a PKCS#10 request for a P-256 key needs. */
const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const UTF8_STRING = 0x0c;
const CONTEXT_0 = 0xa0;
/** Object identifiers with tag and length: commonName 2.5.4.3, ecdsa-with-SHA256 1.2.840.10045.4.3.2. */
const COMMON_NAME = Buffer.from("0603550403", "hex");
const ECDSA_WITH_SHA256 = Buffer.from("06082a8648ce3d040302", "hex");

/** A certification request (PKCS#10, RFC 2986) with the chip id as common name, signed with the chip's key; DER. */
export function createCsr(keys: ChipKeys): Uint8Array {
  const commonName = der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, Buffer.from(keys.chipId)));
  const subject = der(SEQUENCE, der(SET, commonName));
  const version = der(INTEGER, Buffer.of(0));
  const info = der(SEQUENCE, version, subject, Buffer.from(keys.spki), der(CONTEXT_0));
  const signature = sign("sha256", info, createPrivateKey(keys.privateKeyPem));
  return new Uint8Array(
    der(SEQUENCE, info, der(SEQUENCE, ECDSA_WITH_SHA256), der(BIT_STRING, Buffer.of(0), signature)),
  );
}

/** The same request as PEM (RFC 7468). */
export function createCsrPem(keys: ChipKeys): string {
  const base64 = Buffer.from(createCsr(keys)).toString("base64");
  const lines = base64.match(/.{1,64}/g)!.join("\n");
  return `-----BEGIN CERTIFICATE REQUEST-----\n${lines}\n-----END CERTIFICATE REQUEST-----\n`;
}

function der(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.of(tag), derLength(content.length), content]);
}

function derLength(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  return length < 0x100 ? Buffer.of(0x81, length) : Buffer.of(0x82, length >> 8, length & 0xff);
}
