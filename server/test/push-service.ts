import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface PushTaken {
  /** What the browser sees. */
  payload: unknown;
  headers: Record<string, string | string[] | undefined>;
  /** The claims of the signed token (RFC 8292 §2). */
  claims: { aud: string; exp: number; sub: string };
}

/**
 * A push service with one browser: checks the signature of who pushes (RFC 8292), the headers of RFC 8030, and decrypts as
 * the browser does (RFC 8291, RFC 8188), by itself.
 */
export async function startPushService(publicKey: string) {
  const browser = createECDH("prime256v1");
  browser.generateKeys();
  const auth = randomBytes(16);
  const taken: PushTaken[] = [];
  /** What the next pushes are answered; nothing left: 201. */
  const statuses: number[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = (status: number) => response.writeHead(status).end();
    const claims = claimsOf(request.headers.authorization ?? "", publicKey);
    if (!claims) return answer(403);
    if (request.headers.ttl === undefined) return answer(400);
    if (request.headers["content-encoding"] !== "aes128gcm") return answer(415);
    const status = statuses.shift();
    if (status !== undefined) return answer(status);
    const payload = JSON.parse(decrypt(Buffer.concat(chunks), browser, auth));
    taken.push({ payload, headers: request.headers, claims });
    answer(201);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    taken,
    statuses,
    subscription: {
      endpoint: `${origin}/push/one`,
      keys: { p256dh: browser.getPublicKey("base64url"), auth: auth.toString("base64url") },
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** `vapid t=…, k=…`: undefined unless the token was signed by the key that the browser subscribed with. */
function claimsOf(authorization: string, publicKey: string): PushTaken["claims"] | undefined {
  const [, token = "", key = ""] = /^vapid t=([^,]+), k=(\S+)$/.exec(authorization) ?? [];
  const [head = "", body = "", signature = ""] = token.split(".");
  if (key !== publicKey) return undefined;
  const point = Buffer.from(key, "base64url");
  const jwk = {
    kty: "EC",
    crv: "P-256",
    x: point.subarray(1, 33).toString("base64url"),
    y: point.subarray(33).toString("base64url"),
  };
  const signer = { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" as const };
  const isSigned = verify(
    "sha256",
    Buffer.from(`${head}.${body}`),
    signer,
    Buffer.from(signature, "base64url"),
  );
  return isSigned ? JSON.parse(Buffer.from(body, "base64url").toString()) : undefined;
}

/** RFC 8188 §2.1: salt (16) ‖ record size (4) ‖ key length (1) ‖ key, then one record; RFC 8291 §3.4 for its keys. */
function decrypt(body: Buffer, browser: ReturnType<typeof createECDH>, auth: Buffer): string {
  const salt = body.subarray(0, 16);
  const keyLength = body[20]!;
  const sender = body.subarray(21, 21 + keyLength);
  const record = body.subarray(21 + keyLength);
  const hkdf = (secret: Buffer, with_: Buffer, info: Buffer | string, length: number) =>
    Buffer.from(hkdfSync("sha256", secret, with_, info, length));
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), browser.getPublicKey(), sender]);
  const secret = hkdf(browser.computeSecret(sender), auth, info, 32);
  const key = hkdf(secret, salt, "Content-Encoding: aes128gcm\0", 16);
  const nonce = hkdf(secret, salt, "Content-Encoding: nonce\0", 12);
  const cipher = createDecipheriv("aes-128-gcm", key, nonce);
  cipher.setAuthTag(record.subarray(record.length - 16));
  const padded = Buffer.concat([cipher.update(record.subarray(0, -16)), cipher.final()]);
  // The last record ends in 0x02 and zeros.
  return padded.subarray(0, padded.lastIndexOf(2)).toString("utf8");
}
