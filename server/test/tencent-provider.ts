import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export const secretKey = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";
export const nowMs = Date.UTC(2026, 2, 1, 8);

/** Speaks the provider's side: checks the signature by its own computation, then answers as the script says. */
export class TencentProvider {
  server: Server;
  received: { headers: IncomingMessage["headers"]; body: Record<string, unknown> }[] = [];
  script: (() => { status: number; body: unknown } | "hang")[] = [];

  readonly #service: string;
  readonly #success: object;
  endpoint = "";

  /** @param success what stands under `Response` when it is taken */
  constructor(service: string, success: object) {
    this.#service = service;
    this.#success = success;
    this.server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const raw = Buffer.concat(chunks);
      this.received.push({ headers: request.headers, body: JSON.parse(raw.toString("utf8")) });
      const step = this.script.shift() ?? (() => this.honest(request, raw));
      const answer = step();
      if (answer === "hang") return;
      response.writeHead(answer.status, { "content-type": "application/json" });
      response.end(typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body));
    });
  }

  honest(request: IncomingMessage, raw: Buffer) {
    const fail = (Code: string) => ({
      status: 200,
      body: { Response: { Error: { Code, Message: "refused" }, RequestId: "r-1" } },
    });
    const [, id, date, signed, signature] =
      /^TC3-HMAC-SHA256 Credential=([^/]+)\/(\d{4}-\d\d-\d\d)\/[a-z]+\/tc3_request, SignedHeaders=([a-z;-]+), Signature=([0-9a-f]{64})$/.exec(
        request.headers.authorization ?? "",
      ) ?? [];
    if (id !== "AKIDexample" || date !== "2026-03-01" || !signed) return fail("AuthFailure.SecretIdNotFound");
    const timestamp = String(request.headers["x-tc-timestamp"]);
    if (Math.abs(Number(timestamp) - nowMs / 1000) > 300) return fail("AuthFailure.SignatureExpire");
    const headers = signed
      .split(";")
      .map((name) => `${name}:${String(request.headers[name]).toLowerCase()}\n`);
    const canonical = `POST\n/\n\n${headers.join("")}\n${signed}\n${createHash("sha256").update(raw).digest("hex")}`;
    const digest = createHash("sha256").update(canonical).digest("hex");
    let key: Buffer = Buffer.from(`TC3${secretKey}`);
    for (const part of ["2026-03-01", this.#service, "tc3_request"])
      key = createHmac("sha256", key).update(part).digest();
    const expected = createHmac("sha256", key)
      .update(`TC3-HMAC-SHA256\n${timestamp}\n2026-03-01/${this.#service}/tc3_request\n${digest}`)
      .digest("hex");
    if (signature !== expected) return fail("AuthFailure.SignatureFailure");
    return {
      status: 200,
      body: { Response: { ...this.#success, RequestId: "r-2" } },
    };
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    this.endpoint = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
