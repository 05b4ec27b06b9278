import type { MessageSeverity } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";

const TONES: Record<MessageSeverity, string> = { notice: "", warning: "tag-warn", danger: "tag-stop" };

export function SeverityTag({ severity }: { severity: MessageSeverity }) {
  const { t } = useTranslation();
  return <span className={`tag ${TONES[severity]}`}>{t(`common.telling.severity.${severity}`)}</span>;
}
