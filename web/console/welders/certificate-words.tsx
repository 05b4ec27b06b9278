import type { CertificateState } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";

/** An item or family that these pages do not know, such as a printed TSG code, is shown as it is. */
export function useCertificateWords(): (group: "family" | "certificateItem", word: string) => string {
  const { t, i18n } = useTranslation();
  return (group, word) => {
    const key = `common.${group}.${word}`;
    return i18n.exists(key) ? t(key as "common.family.emergency") : word;
  };
}

/** What a welder's certificates amount to, as a dot with its word. */
export function CertificateStateTag({ state }: { state: CertificateState }) {
  const { t } = useTranslation();
  return (
    <span className="certificate-state" data-state={state}>
      {t(`console.welders.state.${state}`)}
    </span>
  );
}
