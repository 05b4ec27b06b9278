import type { Language } from "@hanyouxu/api";

const STORED_AT = "hanyouxu.language";

/** The person's own choice; Chinese until they choose, as on every screen in this field. */
export function rememberedLanguage(): Language {
  const stored = localStorage.getItem(STORED_AT);
  if (stored === "zh-CN" || stored === "en") return stored;
  return "zh-CN";
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(STORED_AT, language);
}
