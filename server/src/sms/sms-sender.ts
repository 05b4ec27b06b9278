/** Sends one-time codes, and messages, by text message. */
export interface SmsSender {
  /**
   * Resolves when the provider has taken the message.
   * @throws SmsNotSent when it refused or could not be reached.
   */
  sendCode(phone: string, code: string): Promise<void>;
  /**
   * A message by its approved template; tried once: who calls it tries again.
   * @param words what the template's parameters stand for, in their order
   * @throws NotTaken
   */
  sendMessage(phone: string, words: readonly string[]): Promise<void>;
}

/** The provider refused or could not be reached; `reason` is the provider's own code or what failed. */
export class SmsNotSent extends Error {
  override readonly name = "SmsNotSent";
  readonly reason: string;

  constructor(reason: string, options: { cause?: unknown } = {}) {
    super(`text message not sent: ${reason}`, options);
    this.reason = reason;
  }
}
