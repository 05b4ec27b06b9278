import "./enterprises.css";
import type { EnterpriseStatus } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";

export function EnterpriseStatusTag({ status }: { status: EnterpriseStatus }) {
  const { t } = useTranslation();
  return <span className={`enterprise-status is-${status}`}>{t(`common.enterprise.status.${status}`)}</span>;
}
