import { type RegionOrder, regionOrderKind, regionOrderRoutes, regionOrderStatus } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import type { TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { ChoiceFilter, FilterBar } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { AskOrderButton } from "./ask-order-button.tsx";
import { OrderStatus, useReachWords } from "./order-words.tsx";

const FOLLOW_MS = 5_000;

/** Orders for whole regions, the latest first; one that waits for a second person is seen within seconds. */
export function RegionOrdersPage() {
  const { t } = useTranslation();
  const list = useListState();
  const reachOf = useReachWords();
  const query = {
    page: list.page,
    pageSize: list.pageSize,
    status: list.oneOf("status", regionOrderStatus.options),
    kind: list.oneOf("kind", regionOrderKind.options),
  };
  const orders = useQuery({
    queryKey: ["region-orders", query],
    queryFn: ({ signal }) => api.call(regionOrderRoutes.listRegionOrders, { query, signal }),
    placeholderData: (previous) => previous,
    refetchInterval: FOLLOW_MS,
  });
  const columns: TableProps<RegionOrder>["columns"] = [
    {
      key: "reach",
      title: t("console.regionOrders.for"),
      render: (_, order) => <Link to={`/region-orders/${order.regionOrderId}`}>{reachOf(order)}</Link>,
    },
    {
      key: "kind",
      title: t("console.regionOrders.kind"),
      render: (_, { kind }) => t(`console.regionOrders.kinds.${kind}`),
    },
    {
      key: "status",
      title: t("console.machine.state"),
      render: (_, order) => <OrderStatus order={order} />,
    },
    { key: "reason", title: t("console.command.reason"), dataIndex: "reason" },
    {
      key: "asked",
      title: t("console.regionOrders.asked"),
      render: (_, { asked }) => `${asked.name} · ${dateTime(asked.at)}`,
    },
    {
      key: "machines",
      title: t("console.regionOrders.obeyed"),
      align: "right",
      render: (_, { machines }) => `${machines.obeyed} / ${machines.all}`,
    },
  ];
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.tab.regionOrders")}</h1>
        <div className="page-actions">
          <AskOrderButton />
        </div>
      </header>
      <p className="soft">{t("console.regionOrders.lead")}</p>
      <FilterBar list={list}>
        <ChoiceFilter
          list={list}
          name="status"
          label={t("console.machine.state")}
          values={regionOrderStatus.options}
          wordFor={(status) => t(`console.regionOrders.status.${status}`)}
        />
        <ChoiceFilter
          list={list}
          name="kind"
          label={t("console.regionOrders.kind")}
          values={regionOrderKind.options}
          wordFor={(kind) => t(`console.regionOrders.kinds.${kind}`)}
        />
      </FilterBar>
      <ListTable list={list} query={orders} columns={columns} rowKey="regionOrderId" />
    </main>
  );
}
