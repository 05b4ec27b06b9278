import type { Rectification, RectificationItem } from "@hanyouxu/api";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useWord } from "../../ui/use-word.ts";

const COLOURS: Record<Rectification["status"], string> = {
  issued: "gold",
  answered: "blue",
  passed: "green",
  cancelled: "default",
};

export function RectificationStatus({ order }: { order: Pick<Rectification, "status" | "isOverdue"> }) {
  const { t } = useTranslation();
  const isLate = order.isOverdue && order.status === "issued";
  return (
    <>
      <Tag color={COLOURS[order.status]} data-status={order.status}>
        {t(`common.rectification.status.${order.status}`)}
      </Tag>
      {isLate ? <Tag color="red">{t("common.rectification.overdue")}</Tag> : null}
    </>
  );
}

/** What an item rests on; a text that nobody here has read is marked. */
export function ItemClause({ clause }: { clause: RectificationItem["clause"] }) {
  const { t } = useTranslation();
  const word = useWord();
  if (!clause) return <span className="soft">{t("common.rectification.noClause")}</span>;
  return (
    <>
      {word(clause.source)} {clause.article}
      {clause.verified ? null : (
        <span className="reason-unverified">{t("common.rectification.unverified")}</span>
      )}
    </>
  );
}
