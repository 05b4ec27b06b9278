import { createHash } from "node:crypto";
import { saidFinding, sceneVerdict } from "@hanyouxu/api";
import type { Clock, RandomBytes, Signer } from "@hanyouxu/protocol";
import { z } from "zod";
import { type Component, signMessage } from "../crypto/message-signature.ts";
import { fetchAnswer } from "../outbound/fetch-answer.ts";
import { Unreachable } from "../outbound/unreachable.ts";
import { questionBody } from "./question-body.ts";
import { type AskedChecker, problemOf, type SceneQuestion, type SceneReport } from "./scene-checker.ts";

export const CHECKER = "scene checker";

/** The answer of docs/guides/scene-checker.md, version 1; further fields are ignored. */
export const checkerAnswer = z.object({
  /** Of the question: an answer to another one is none. */
  sceneCheckId: z.uuid(),
  checkerVersion: z.string().regex(/^[A-Za-z0-9.+-]{1,20}$/),
  verdict: sceneVerdict,
  findings: z.array(saidFinding).max(50),
  reason: z.string().trim().max(300).default(""),
  lookedAt: z.array(z.uuid()).max(50),
});

export interface HttpCheckerOptions {
  checkerId: string;
  /** `https://checker.example.cn`, without a trailing slash. */
  url: string;
  token: string;
  /** The platform's key: who gets pictures can prove from whom. */
  signer: Signer;
  /** Leads to that key in the platform's JWKS. */
  keyId: string;
  clock: Clock;
  random: RandomBytes;
  fetch?: typeof globalThis.fetch;
  /** Of one attempt, pictures included. */
  timeoutMs: number;
}

/** One question, one request: what is repeated and when not to ask at all is decided around it. */
export function httpChecker(options: HttpCheckerOptions): AskedChecker {
  const { checkerId, url, token, random, clock } = options;
  return {
    answers: "when-asked",
    checkerId,
    async check(question) {
      const target = new URL(`${url}/v1/scene-checks`).href;
      const body = questionBody(question, `hy${Buffer.from(random(16)).toString("hex")}`);
      const signed = {
        "content-type": body.contentType,
        "content-digest": await digestOf(body.read()),
      };
      const components: Component[] = [
        ['"@method"', "POST"],
        ['"@target-uri"', target],
        ...Object.entries(signed).map(([name, value]) => [`"${name}"`, value] as const),
      ];
      const seconds = Math.floor(clock.nowMs() / 1000);
      const headers = {
        ...signed,
        ...signMessage(options.signer, options.keyId, seconds, components),
        authorization: `Bearer ${token}`,
        accept: "application/json",
      };
      const init = {
        method: "POST",
        headers,
        body: ReadableStream.from(body.read()),
        duplex: "half",
      } as const;
      return reportOf(
        checkerId,
        question,
        await fetchAnswer({ ...options, what: CHECKER }, target, init, checkerAnswer),
      );
    },
  };
}

/** @throws Unreachable when the answer is to another question, or says what cannot be */
function reportOf(
  checkerId: string,
  { sceneCheckId, pictures }: SceneQuestion,
  { checkerVersion, ...answer }: z.infer<typeof checkerAnswer>,
): SceneReport {
  const shownIds = pictures.map(({ evidenceId }) => evidenceId);
  const isOther = answer.sceneCheckId !== sceneCheckId;
  if (isOther || problemOf(answer, shownIds)) throw new Unreachable(CHECKER, "unreadable-answer");
  return { ...answer, checker: { checkerId, version: checkerVersion } };
}

/** `Content-Digest` (RFC 9530) of a body that is not held in memory. */
async function digestOf(parts: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash("sha256");
  for await (const part of parts) hash.update(part);
  return `sha-256=:${hash.digest("base64")}:`;
}
