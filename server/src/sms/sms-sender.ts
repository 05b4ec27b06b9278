/** Sends one-time codes by text message. */
export interface SmsSender {
  /**
   * Resolves when the provider has taken the message.
   * @throws SmsNotSent when it refused or could not be reached.
   */
  sendCode(phone: string, code: string): Promise<void>;
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
