import { useTranslation } from "react-i18next";

/** The words of a text in the page's language. */
export function useWord() {
  const { i18n } = useTranslation();
  return ({ zh, en }: { zh: string; en: string }) => (i18n.language === "en" ? en : zh);
}
