import { useTranslation } from "react-i18next";

/** Picks the page's language from words that the platform keeps in both. */
export function useWords(): (words: { zh: string; en: string }) => string {
  const { i18n } = useTranslation();
  return ({ zh, en }) => (i18n.language === "en" ? en : zh);
}
