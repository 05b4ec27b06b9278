import type { Clock } from "@hanyouxu/protocol";
import { z } from "zod";
import { tc3Authorization } from "./tc3-signature.ts";

/** How Tencent Cloud's API 3.0 is called: which service, by whose key. */
export interface TencentAccess {
  /** Without a trailing slash. */
  endpoint: string;
  region: string;
  secretId: string;
  secretKey: string;
}

export interface TencentCall<Answer> {
  access: TencentAccess;
  /** The API's first label, action and version: `sms`, `SendSms`, `2021-01-11`. */
  service: string;
  action: string;
  version: string;
  body: string;
  /** What stands under `Response` when it is no error. */
  answer: z.ZodType<Answer>;
  clock: Clock;
  fetch?: typeof globalThis.fetch | undefined;
  /** Of one attempt. */
  timeoutMs?: number | undefined;
}

export type TencentAttempt<Answer> =
  | { ok: true; answer: Answer }
  /** `isUnknown`: it may have been done all the same. */
  | { ok: false; reason: string; isUnknown: boolean; cause?: unknown };

const refused = z.object({ Error: z.object({ Code: z.string(), Message: z.string() }) });

/** One attempt; a refusal's reason is the provider's own code, else what failed. */
export async function callTencent<Answer>(call: TencentCall<Answer>): Promise<TencentAttempt<Answer>> {
  const { access, service, action, version, body, clock, fetch = globalThis.fetch, timeoutMs = 5_000 } = call;
  const host = new URL(access.endpoint).host;
  const contentType = "application/json; charset=utf-8";
  const timestampSeconds = Math.floor(clock.nowMs() / 1000);
  const { secretId, secretKey } = access;
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${access.endpoint}/`, {
      method: "POST",
      headers: {
        "content-type": contentType,
        "x-tc-action": action,
        "x-tc-version": version,
        "x-tc-region": access.region,
        "x-tc-timestamp": String(timestampSeconds),
        authorization: tc3Authorization({
          secretId,
          secretKey,
          service,
          host,
          contentType,
          body,
          timestampSeconds,
        }),
      },
      body,
      redirect: "error",
      // The wire's own patience is real time, whatever clock the rest runs on.
      signal: AbortSignal.timeout(timeoutMs),
    });
    text = await response.text();
  } catch (cause) {
    const isTimeout = cause instanceof Error && cause.name === "TimeoutError";
    return { ok: false, reason: isTimeout ? "timeout" : "unreachable", isUnknown: isTimeout, cause };
  }
  if (response.status >= 500) return { ok: false, reason: `http-${response.status}`, isUnknown: true };
  try {
    const answered = z.object({ Response: z.union([refused, call.answer]) }).parse(JSON.parse(text)).Response;
    // The API answers 200 even to what it refuses; the code tells.
    const error = refused.safeParse(answered);
    if (error.success) return { ok: false, reason: error.data.Error.Code, isUnknown: false };
    return { ok: true, answer: answered as Answer };
  } catch (cause) {
    return { ok: false, reason: `unreadable-answer-${response.status}`, isUnknown: true, cause };
  }
}
