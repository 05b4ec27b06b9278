import type { MessageChannel } from "@hanyouxu/api";
import type { Clock } from "@hanyouxu/protocol";
import type { Config } from "../config/config.ts";
import type { PostWebhook } from "../outbound/post-webhook.ts";
import type { SmsSender } from "../sms/sms-sender.ts";
import type { Channel, Channels } from "./channel.ts";
import { emailChannel } from "./email-channel.ts";
import { smsChannel, voiceChannel } from "./phone-channels.ts";
import { pushChannel } from "./push-channel.ts";
import { tencentVoice } from "./tencent-voice.ts";

export interface ChannelParts {
  clock: Clock;
  sms: SmsSender;
  post: PostWebhook;
  /** The demo's inbox in the place of a channel that is not configured; undefined outside the demo. */
  demo: ((channel: MessageChannel) => Channel) | undefined;
}

/** The ways out of the app that the configuration names; each is off unless it does. */
export function channelsOfConfig(
  { sms, voice, mail, push }: Pick<Config, "sms" | "voice" | "mail" | "push">,
  parts: ChannelParts,
): Channels {
  const real: Record<MessageChannel, Channel | undefined> = {
    push: push && pushChannel({ ...push, post: parts.post }),
    sms:
      sms.provider === "tencent" && sms.messageTemplateId !== undefined ? smsChannel(parts.sms) : undefined,
    voice:
      voice.provider === "tencent"
        ? voiceChannel(tencentVoice({ config: voice, clock: parts.clock }))
        : undefined,
    email: mail && emailChannel(mail),
  };
  const found = (Object.keys(real) as MessageChannel[]).flatMap((name) => {
    const channel = real[name] ?? parts.demo?.(name);
    return channel ? [[name, channel] as const] : [];
  });
  return new Map(found);
}
