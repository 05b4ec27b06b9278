import type { MessageChannel } from "@hanyouxu/api";
import { type Channel, NotTaken, type OutgoingMessage, type Recipient } from "../src/channels/channel.ts";

export interface Sent extends OutgoingMessage {
  channel: MessageChannel;
  to: Recipient;
}

/** Channels that write down what they are given, and fail as they are told. */
export function recordingChannels() {
  const sent: Sent[] = [];
  /** What the next tries end in, by channel; nothing left: taken. */
  const troubles = new Map<MessageChannel, (NotTaken | (() => Promise<void>))[]>();
  const channel = (name: MessageChannel, isRepeatable: boolean): [MessageChannel, Channel] => [
    name,
    {
      isRepeatable,
      async send(to, message) {
        const trouble = troubles.get(name)?.shift();
        if (trouble instanceof NotTaken) throw trouble;
        await trouble?.();
        sent.push({ ...message, channel: name, to });
        return {};
      },
    },
  ];
  const channels = new Map([
    channel("push", true),
    channel("sms", false),
    channel("voice", false),
    channel("email", true),
  ]);
  return {
    channels,
    sent,
    trouble(name: MessageChannel, ...next: (NotTaken | (() => Promise<void>))[]) {
      troubles.set(name, [...(troubles.get(name) ?? []), ...next]);
    },
    /** Channel and title of each but the first so many, sorted: those of one round go out at once. */
    told: (from = 0) =>
      sent
        .slice(from)
        .map((one) => `${one.channel} ${one.title}`)
        .sort(),
  };
}
