import type { Rectification } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";

export function StatusTag({ order }: { order: Pick<Rectification, "status" | "isOverdue"> }) {
  const { t } = useTranslation();
  const isLate = order.isOverdue && order.status === "issued";
  return (
    <span className={`tag rectification-${isLate ? "late" : order.status}`} data-status={order.status}>
      {t(isLate ? "common.rectification.overdue" : `common.rectification.status.${order.status}`)}
    </span>
  );
}
