import { useTranslation } from "react-i18next";

/** The words of the platform's own texts, such as the law's, in the page's language. */
export function useWord(): (text: { zh: string; en: string }) => string {
  const { i18n } = useTranslation();
  return (text) => (i18n.language === "en" ? text.en : text.zh);
}
