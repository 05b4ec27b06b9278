import type { Clock } from "@hanyouxu/protocol";
import { z } from "zod";
import type { TencentVoiceConfig } from "../config/config.ts";
import { callTencent } from "../sms/tencent-api.ts";
import { NotTaken } from "./channel.ts";
import type { VoiceCaller } from "./voice-caller.ts";

/** Answers of SendTtsVoice, version 2020-09-02 (cloud.tencent.com/document/api/1128/51558). */
const called = z.object({
  SendStatus: z.object({ CallId: z.string(), SessionContext: z.string().nullish() }),
});
/** So many times the text is read in one call. */
const PLAY_TIMES = 2;

export interface TencentVoiceOptions {
  config: TencentVoiceConfig;
  clock: Clock;
  fetch?: typeof globalThis.fetch;
  /** Of one attempt. */
  timeoutMs?: number;
}

/** Voice notifications by Tencent Cloud. */
export function tencentVoice({ config, clock, fetch, timeoutMs }: TencentVoiceOptions): VoiceCaller {
  return {
    async call(phone, words, reference) {
      const attempt = await callTencent({
        access: config,
        service: "vms",
        action: "SendTtsVoice",
        version: "2020-09-02",
        body: JSON.stringify({
          TemplateId: config.templateId,
          CalledNumber: `+86${phone}`,
          VoiceSdkAppid: config.sdkAppId,
          TemplateParamSet: words,
          PlayTimes: PLAY_TIMES,
          SessionContext: reference,
        }),
        answer: called,
        clock,
        fetch,
        timeoutMs,
      });
      if (attempt.ok) return;
      const { reason, isUnknown, cause } = attempt;
      const isFinal =
        /^(AuthFailure|InvalidParameter|MissingParameter|UnauthorizedOperation|FailedOperation)/.test(reason);
      throw new NotTaken(reason, { isFinal, isUnknown, cause });
    },
  };
}
