import { z } from "zod";

/** The languages of screens and messages; Chinese is the first choice everywhere. */
export const language = z.enum(["zh-CN", "en"]);
export type Language = z.infer<typeof language>;

/**
 * A schema's message in both languages: Chinese on the first line, English on the second. The server sends only the
 * line of the caller's language (see `fieldMessageIn`).
 */
export function bilingual(chinese: string, english: string): string {
  return `${chinese}\n${english}`;
}

/** The line of a `bilingual` message in one language; a message of one line is returned as it is. */
export function fieldMessageIn(language: Language, message: string): string {
  const [chinese, english] = message.split("\n");
  return language === "en" ? (english ?? message) : (chinese ?? message);
}
