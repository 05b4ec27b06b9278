import type { SmsSender } from "../sms/sms-sender.ts";
import { type Channel, NotTaken, type Recipient } from "./channel.ts";
import type { VoiceCaller } from "./voice-caller.ts";

/** The provider's templates hold variables of so many characters. */
const LONGEST_WORD = 35;

/** Text messages: the approved template has two places, for what it is and for where. */
export function smsChannel(sms: Pick<SmsSender, "sendMessage">): Channel {
  return {
    isRepeatable: false,
    async send(to, { title, body }) {
      await sms.sendMessage(phoneOf(to), [shortened(title), shortened(body)]);
      return {};
    },
  };
}

/** Calls that read out what it is. */
export function voiceChannel(caller: VoiceCaller): Channel {
  return {
    isRepeatable: false,
    async send(to, { title, body, deliveryId }) {
      await caller.call(phoneOf(to), [shortened(title), shortened(body)], deliveryId);
      return {};
    },
  };
}

function phoneOf({ phone }: Recipient): string {
  if (phone === null) throw new NotTaken("no-phone", { isFinal: true });
  return phone;
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= LONGEST_WORD ? text : `${characters.slice(0, LONGEST_WORD - 1).join("")}…`;
}
