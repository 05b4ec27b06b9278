import type { Language, MessageChannel, MessageSeverity } from "@hanyouxu/api";

/** What goes out: whole sentences in one language, without personal data. */
export interface OutgoingMessage {
  /** Of this message by this channel: the same at every try. */
  deliveryId: string;
  messageId: string;
  title: string;
  body: string;
  language: Language;
  severity: MessageSeverity;
  /** A newer message with the same tag stands in the place of the older one, where the channel can do that. */
  tag: string;
}

/** A browser that wants to be told (Push API, `PushSubscription.toJSON()`). */
export interface PushTarget {
  pushSubscriptionId: string;
  endpoint: string;
  keys: { p256dh: string; auth: string };
}

export interface Recipient {
  phone: string | null;
  /** Confirmed. */
  email: string | null;
  pushTargets: readonly PushTarget[];
}

/** A way out of the app. */
export interface Channel {
  /** Whether a try whose end nobody knows may be made again without anybody being told twice. */
  isRepeatable: boolean;
  /**
   * Resolves when the provider has taken it.
   * @returns push targets that are no more; `isUnheard` where none is left
   * @throws NotTaken
   */
  send(
    to: Recipient,
    message: OutgoingMessage,
  ): Promise<{ goneTargets?: readonly string[]; isUnheard?: boolean }>;
}

/** Those that are configured. */
export type Channels = ReadonlyMap<MessageChannel, Channel>;

/** A provider did not take a message; `reason` is a code, never a text that may hold an address. */
export class NotTaken extends Error {
  override readonly name = "NotTaken";
  readonly reason: string;
  /** Trying again changes nothing. */
  readonly isFinal: boolean;
  /** It may have been taken all the same: there was no answer. */
  readonly isUnknown: boolean;

  constructor(reason: string, options: { isFinal?: boolean; isUnknown?: boolean; cause?: unknown } = {}) {
    super(`message not taken: ${reason}`, { cause: options.cause });
    this.reason = reason;
    this.isFinal = options.isFinal ?? false;
    this.isUnknown = options.isUnknown ?? false;
  }
}
