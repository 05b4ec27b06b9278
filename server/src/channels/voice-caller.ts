/** Rings a phone and reads out a text by an approved template. */
export interface VoiceCaller {
  /**
   * Resolves when the provider has taken the call. Tried once: who calls it tries again.
   * @param phone eleven digits
   * @param words what the template's parameters stand for, in their order
   * @param reference comes back in the provider's reports
   * @throws NotTaken
   */
  call(phone: string, words: readonly string[], reference: string): Promise<void>;
}
