import type { Clock } from "@hanyouxu/protocol";
import { z } from "zod";
import type { TencentSmsConfig } from "../config/config.ts";
import { SmsNotSent, type SmsSender } from "./sms-sender.ts";
import { tc3Authorization } from "./tc3-signature.ts";

/** Answers of SendSms, version 2021-01-11 (cloud.tencent.com/document/api/382/55981). */
const sendSmsAnswer = z.object({
  Response: z.union([
    z.object({ Error: z.object({ Code: z.string(), Message: z.string() }) }),
    z.object({ SendStatusSet: z.array(z.object({ Code: z.string(), Message: z.string() })).min(1) }),
  ]),
});

export interface TencentSmsOptions {
  config: TencentSmsConfig;
  clock: Clock;
  fetch?: typeof globalThis.fetch;
  /** Of one attempt. */
  timeoutMs?: number;
  /** Shown in the text as the template's second parameter. */
  validMinutes: number;
}

/**
 * Text messages by Tencent Cloud. An attempt that met no answer, a 5xx or the provider's own internal error is repeated
 * once; a second code in the person's hand does no harm.
 */
export function tencentSms(options: TencentSmsOptions): SmsSender {
  return {
    async sendCode(phone, code) {
      const body = JSON.stringify({
        PhoneNumberSet: [`+86${phone}`],
        SmsSdkAppId: options.config.sdkAppId,
        SignName: options.config.signName,
        TemplateId: options.config.templateId,
        TemplateParamSet: [code, String(options.validMinutes)],
      });
      const first = await attempt(options, body);
      if (first.ok) return;
      const last = first.repeat ? await attempt(options, body) : first;
      if (!last.ok) throw new SmsNotSent(last.reason, { cause: last.cause });
    },
  };
}

type Attempt = { ok: true } | { ok: false; repeat: boolean; reason: string; cause?: unknown };

async function attempt(options: TencentSmsOptions, body: string): Promise<Attempt> {
  const { config, clock, fetch = globalThis.fetch, timeoutMs = 5_000 } = options;
  const host = new URL(config.endpoint).host;
  const contentType = "application/json; charset=utf-8";
  const timestampSeconds = Math.floor(clock.nowMs() / 1000);
  const { secretId, secretKey } = config;
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${config.endpoint}/`, {
      method: "POST",
      headers: {
        "content-type": contentType,
        "x-tc-action": "SendSms",
        "x-tc-version": "2021-01-11",
        "x-tc-region": config.region,
        "x-tc-timestamp": String(timestampSeconds),
        authorization: tc3Authorization({
          secretId,
          secretKey,
          service: "sms",
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
    return { ok: false, repeat: true, reason: isTimeout ? "timeout" : "unreachable", cause };
  }
  if (response.status >= 500) return { ok: false, repeat: true, reason: `http-${response.status}` };
  return read(response.status, text);
}

function read(status: number, text: string): Attempt {
  let answer: z.infer<typeof sendSmsAnswer>["Response"];
  try {
    answer = sendSmsAnswer.parse(JSON.parse(text)).Response;
  } catch (cause) {
    return { ok: false, repeat: false, reason: `unreadable-answer-${status}`, cause };
  }
  // The API answers 200 even to what it refuses; the code tells.
  const code = "Error" in answer ? answer.Error.Code : (answer.SendStatusSet[0]?.Code ?? "");
  if (code === "Ok") return { ok: true };
  return { ok: false, repeat: code.startsWith("InternalError"), reason: code };
}
