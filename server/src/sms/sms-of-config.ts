import type { Clock } from "@hanyouxu/protocol";
import { NotTaken } from "../channels/channel.ts";
import type { SmsConfig } from "../config/config.ts";
import { SmsNotSent, type SmsSender } from "./sms-sender.ts";
import { tencentSms } from "./tencent-sms.ts";

/** The sender that the configuration names; `demo` is the inbox that stands in for one. */
export function smsOfConfig(
  config: SmsConfig,
  { clock, validMinutes, demo }: { clock: Clock; validMinutes: number; demo: SmsSender },
): SmsSender {
  switch (config.provider) {
    case "tencent":
      return tencentSms({ config, clock, validMinutes });
    case "demo":
      return demo;
    case "none":
      return {
        async sendCode() {
          throw new SmsNotSent("not-configured");
        },
        async sendMessage() {
          throw new NotTaken("not-configured", { isFinal: true });
        },
      };
  }
}
