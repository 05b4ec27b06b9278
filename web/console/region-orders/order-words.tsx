import type { RegionOrder } from "@hanyouxu/api";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";

const COLOURS: Record<RegionOrder["status"], string> = {
  asked: "gold",
  refused: "default",
  withdrawn: "default",
  lapsed: "default",
  "in-force": "red",
  done: "green",
  lifted: "green",
};

export function OrderStatus({ order }: { order: RegionOrder }) {
  const { t } = useTranslation();
  return (
    <Tag color={COLOURS[order.status]} data-status={order.status}>
      {t(`console.regionOrders.status.${order.lifting ? "lifting" : order.status}`)}
    </Tag>
  );
}

/** Region and firm that an order is for. */
export function useReachWords(): (order: RegionOrder) => string {
  const { t } = useTranslation();
  return ({ regionName, enterpriseName }) =>
    enterpriseName === null
      ? t("console.regionOrders.allOf", { regionName })
      : `${regionName} · ${enterpriseName}`;
}
