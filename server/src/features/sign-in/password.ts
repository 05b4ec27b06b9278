import { type Argon2Parameters, argon2, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import type { RandomBytes } from "@hanyouxu/protocol";

const derive = promisify<"argon2id", Argon2Parameters, Buffer>(argon2);

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane. */
const cost = { memoryKibibytes: 19_456, passes: 2, lanes: 1 };
const tagBytes = 32;

/** A password's PHC string: `$argon2id$v=19$m=…,t=…,p=…$salt$tag`. */
export async function hashPassword(password: string, random: RandomBytes): Promise<string> {
  const salt = random(16);
  const { memoryKibibytes: m, passes: t, lanes: p } = cost;
  const tag = await tagOf(password, salt, m, t, p, tagBytes);
  return `$argon2id$v=19$m=${m},t=${t},p=${p}$${base64(salt)}$${base64(tag)}`;
}

/** Compares in constant time; a string that is no argon2id hash matches nothing. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(hash);
  if (!parts) return false;
  const [, m, t, p, salt = "", tag = ""] = parts;
  const expected = Buffer.from(tag, "base64");
  const actual = await tagOf(
    password,
    Buffer.from(salt, "base64"),
    Number(m),
    Number(t),
    Number(p),
    expected.length,
  );
  return timingSafeEqual(actual, expected);
}

async function tagOf(
  password: string,
  salt: Uint8Array,
  memory: number,
  passes: number,
  parallelism: number,
  tagLength: number,
): Promise<Buffer> {
  // The same characters typed on another keyboard are the same password (RFC 8265 §4.2).
  const message = Buffer.from(password.normalize("NFC"), "utf8");
  return await derive("argon2id", { message, nonce: salt, parallelism, tagLength, memory, passes });
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64").replace(/=+$/, "");
}
