import { useTranslation } from "react-i18next";

/** Says why a work session ended or never began; a word of a newer chip is shown as it is. */
export function useEndReason(): (reason: string) => string {
  const { t, i18n } = useTranslation();
  return (reason) => {
    const key = `common.endReason.${reason}`;
    return i18n.exists(key) ? t(key as "common.endReason.unknown") : reason;
  };
}
