import type { Language } from "@hanyouxu/api";
import type { MessageWords } from "../../db/tables/telling.ts";
import { type TemplateName, templates, vocabularies } from "./templates.ts";

const PLACE = /\{(\w+)(?::(\w+))?\}/g;

/** The places of a text: the word's name, and the vocabulary it is looked up in, if any. */
export function placesOf(text: string): { word: string; vocabulary: string | undefined }[] {
  return [...text.matchAll(PLACE)].map(([, word, vocabulary]) => ({ word: word!, vocabulary }));
}

/** Every word that a template has a place for. */
export function wordsOf(template: TemplateName): string[] {
  const texts = Object.values(templates[template]).flatMap(({ title, body }) => [title, body]);
  return [...new Set(texts.flatMap((text) => placesOf(text).map(({ word }) => word)))];
}

/** A bug of the caller: a place that nothing fills would reach somebody's phone. @throws */
export function requireWords(template: TemplateName, words: MessageWords): void {
  const missing = wordsOf(template).filter((word) => words[word] === undefined);
  if (missing.length > 0) throw new Error(`${template} lacks words: ${missing.join(", ")}`);
}

/** @param template by its stored name: what a newer server has written is shown by its name alone */
export function render(
  template: string,
  words: MessageWords,
  language: Language,
): { title: string; body: string } {
  const text = (templates as Record<string, (typeof templates)[TemplateName]>)[template]?.[language];
  if (!text) return { title: template, body: "" };
  return { title: filled(text.title, words, language), body: filled(text.body, words, language) };
}

function filled(text: string, words: MessageWords, language: Language): string {
  return text.replaceAll(PLACE, (_, word: string, vocabulary: string | undefined) => {
    const value = String(words[word] ?? "");
    return vocabulary === undefined ? value : (vocabularies[vocabulary]?.[value]?.[language] ?? value);
  });
}
