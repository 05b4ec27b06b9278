import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { EcJwk } from "../src/crypto/jwks.ts";
import { signatureBase } from "../src/crypto/message-signature.ts";
import { isSigned } from "./is-signed.ts";

export const CHECKER_TOKEN = "demo-checker-token";

/** What a checker is asked, as it reads it off the wire. */
export interface HeardQuestion {
  sceneCheckId: string;
  attempt: number;
  regime: string;
  keyAreaKind: string;
  pictures: { evidenceId: string; mediaType: string; sizeBytes: number; sha256: string }[];
  /** The bytes of each picture by its id. */
  files: Map<string, Uint8Array>;
}

/** A status alone, silence, or an answer. */
export type Said = number | "silence" | object;

export interface CheckerServer {
  url: string;
  heard: HeardQuestion[];
  /** The key that every question must be signed with. */
  trust(key: EcJwk): void;
  answer: (question: HeardQuestion) => Said;
  stop(): Promise<void>;
}

/** A program that looks at scenes, as docs/guides/scene-checker.md says it: real HTTP, everything verified. */
export async function startCheckerServer(): Promise<CheckerServer> {
  let key: EcJwk | undefined;
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const said = isOurs(request, body) ? checker.answer(await read(request, body)) : 401;
    if (said === "silence") return;
    response.writeHead(typeof said === "number" ? said : 200, { "content-type": "application/json" });
    response.end(typeof said === "number" ? "" : JSON.stringify(said));
  });

  function isOurs({ headers, method }: IncomingMessage, body: Buffer): boolean {
    const digest = `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;
    const base = signatureBase(
      [
        ['"@method"', method!],
        ['"@target-uri"', `${checker.url}/v1/scene-checks`],
        ['"content-type"', headers["content-type"]!],
        ['"content-digest"', digest],
      ],
      String(headers["signature-input"]).replace(/^hy=/, ""),
    );
    const isTold = headers.authorization === `Bearer ${CHECKER_TOKEN}`;
    return isTold && headers["content-digest"] === digest && isSigned(key!, base, headers.signature);
  }

  async function read({ headers }: IncomingMessage, body: Buffer): Promise<HeardQuestion> {
    const init = { headers: { "content-type": headers["content-type"]! } };
    const form = await new Response(new Uint8Array(body), init).formData();
    const files = new Map<string, Uint8Array>();
    let question!: HeardQuestion;
    for (const [name, value] of form) {
      if (name === "question") question = JSON.parse(String(value));
      else files.set(name, new Uint8Array(await (value as File).arrayBuffer()));
    }
    const heard = { ...question, files };
    checker.heard.push(heard);
    return heard;
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const checker: CheckerServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard: [],
    trust: (trusted) => {
      key = trusted;
    },
    answer: () => 503,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return checker;
}
