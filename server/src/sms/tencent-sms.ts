import type { Clock } from "@hanyouxu/protocol";
import { z } from "zod";
import { NotTaken } from "../channels/channel.ts";
import type { TencentSmsConfig } from "../config/config.ts";
import { SmsNotSent, type SmsSender } from "./sms-sender.ts";
import { callTencent } from "./tencent-api.ts";

/** Answers of SendSms, version 2021-01-11 (cloud.tencent.com/document/api/382/55981). */
const sent = z.object({
  SendStatusSet: z.array(z.object({ Code: z.string(), Message: z.string() })).min(1),
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

type Attempt =
  | { ok: true }
  | { ok: false; repeat: boolean; reason: string; isUnknown: boolean; cause?: unknown };

/** Text messages by Tencent Cloud. */
export function tencentSms(options: TencentSmsOptions): SmsSender {
  const { config, validMinutes } = options;
  return {
    // An attempt that met no answer, a 5xx or the provider's own internal error is repeated once; a second code in the
    // person's hand does no harm.
    async sendCode(phone, code) {
      const send = () => attempt(options, phone, config.templateId, [code, String(validMinutes)]);
      const first = await send();
      if (first.ok) return;
      const last = first.repeat ? await send() : first;
      if (!last.ok) throw new SmsNotSent(last.reason, { cause: last.cause });
    },
    async sendMessage(phone, words) {
      if (config.messageTemplateId === undefined) throw new NotTaken("not-configured", { isFinal: true });
      const one = await attempt(options, phone, config.messageTemplateId, words);
      if (!one.ok) {
        const { reason, isUnknown, cause } = one;
        throw new NotTaken(reason, { isFinal: isFinal(reason), isUnknown, cause });
      }
    },
  };
}

/** What trying again does not change: limits and troubles of the provider pass. */
function isFinal(reason: string): boolean {
  return /^(AuthFailure|InvalidParameter|MissingParameter|UnauthorizedOperation|UnsupportedOperation|FailedOperation)/.test(
    reason,
  );
}

async function attempt(
  { config, clock, fetch, timeoutMs }: TencentSmsOptions,
  phone: string,
  templateId: string,
  words: readonly string[],
): Promise<Attempt> {
  const called = await callTencent({
    access: config,
    service: "sms",
    action: "SendSms",
    version: "2021-01-11",
    body: JSON.stringify({
      PhoneNumberSet: [`+86${phone}`],
      SmsSdkAppId: config.sdkAppId,
      SignName: config.signName,
      TemplateId: templateId,
      TemplateParamSet: words,
    }),
    answer: sent,
    clock,
    fetch,
    timeoutMs,
  });
  if (!called.ok) {
    const repeat = /^(timeout|unreachable|http-5|InternalError)/.test(called.reason);
    return { ...called, repeat };
  }
  const code = called.answer.SendStatusSet[0]!.Code;
  if (code === "Ok") return { ok: true };
  return { ok: false, repeat: code.startsWith("InternalError"), reason: code, isUnknown: false };
}
