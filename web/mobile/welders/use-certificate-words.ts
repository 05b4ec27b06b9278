import { useTranslation } from "react-i18next";

/** An item or family that these pages do not know, such as a printed TSG code, is shown as it is. */
export function useCertificateWords(): (group: "family" | "certificateItem", word: string) => string {
  const { t, i18n } = useTranslation();
  return (group, word) => {
    const key = `common.${group}.${word}`;
    return i18n.exists(key) ? t(key as "common.family.emergency") : word;
  };
}
