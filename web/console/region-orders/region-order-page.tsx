import { type RegionOrderMachine, regionOrderRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Progress, Spin, type TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { Failure } from "../ui/failure.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { OrderActs } from "./order-acts.tsx";
import { OrderStatus, useReachWords } from "./order-words.tsx";

const FOLLOW_MS = 2_000;

/** One order: who asked, who confirmed, and which machines have not done it yet. */
export function RegionOrderPage() {
  const { t } = useTranslation();
  const reachOf = useReachWords();
  const params = { regionOrderId: useParams().regionOrderId ?? "" };
  const query = useQuery({
    queryKey: ["region-order", params.regionOrderId],
    queryFn: ({ signal }) => api.call(regionOrderRoutes.getRegionOrder, { params, signal }),
    refetchInterval: FOLLOW_MS,
  });
  const order = query.data;
  const isReached = (order?.machines.all ?? 0) > 0;
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">
          {order
            ? `${t(`console.regionOrders.kinds.${order.kind}`)} · ${reachOf(order)}`
            : t("console.tab.regionOrders")}
        </h1>
        {order ? (
          <>
            <OrderStatus order={order} />
            <div className="page-actions">
              <OrderActs order={order} onDone={() => void query.refetch()} />
            </div>
          </>
        ) : null}
      </header>
      {query.isPending ? <Spin description={t("common.loading")} /> : null}
      {query.isError ? <Failure error={query.error} onRetry={query.refetch} /> : null}
      {order ? (
        <section className="panel">
          <dl className="facts">
            <dt>{t("console.command.reason")}</dt>
            <dd>{order.reason}</dd>
            <dt>{t("console.regionOrders.asked")}</dt>
            <dd>
              {order.asked.name} · {dateTime(order.asked.at)}
            </dd>
            {order.status === "asked" ? (
              <>
                <dt>{t("console.regionOrders.confirmBy")}</dt>
                <dd className="is-warn">{dateTime(order.confirmBy)}</dd>
              </>
            ) : null}
            {order.answered ? (
              <>
                <dt>
                  {t(order.refusal ? "console.regionOrders.refused" : "console.regionOrders.confirmed")}
                </dt>
                <dd>
                  {order.answered.name} · {dateTime(order.answered.at)} {order.refusal}
                </dd>
              </>
            ) : null}
            {order.lifting ? (
              <>
                <dt>{t("console.regionOrders.liftAsked")}</dt>
                <dd>
                  {order.lifting.name} · {dateTime(order.lifting.at)} · {order.lifting.reason}
                </dd>
              </>
            ) : null}
            {order.lifted ? (
              <>
                <dt>{t("console.regionOrders.lifted")}</dt>
                <dd>
                  {order.lifted.name} · {dateTime(order.lifted.at)}
                </dd>
              </>
            ) : null}
          </dl>
          {isReached ? (
            <>
              <Progress
                aria-label={t("console.regionOrders.obeyed")}
                percent={Math.floor((100 * order.machines.obeyed) / order.machines.all)}
              />
              <p role="status">{t("console.regionOrders.progress", order.machines)}</p>
            </>
          ) : null}
        </section>
      ) : null}
      {isReached ? <ReachedMachines {...params} /> : null}
    </main>
  );
}

function ReachedMachines({ regionOrderId }: { regionOrderId: string }) {
  const { t } = useTranslation();
  const list = useListState();
  const query = { page: list.page, pageSize: list.pageSize };
  const machines = useQuery({
    queryKey: ["region-order-machines", regionOrderId, query],
    queryFn: ({ signal }) =>
      api.call(regionOrderRoutes.listRegionOrderMachines, { params: { regionOrderId }, query, signal }),
    placeholderData: (previous) => previous,
    refetchInterval: FOLLOW_MS,
    retry: false,
  });
  const columns: TableProps<RegionOrderMachine>["columns"] = [
    {
      key: "name",
      title: t("console.machine.name"),
      render: (_, { machineId, name }) => <Link to={`/machines/${machineId}`}>{name}</Link>,
    },
    { key: "firm", title: t("console.machine.enterprise"), dataIndex: "enterpriseName" },
    { key: "region", title: t("console.machine.region"), dataIndex: "regionName" },
    {
      key: "state",
      title: t("console.machine.state"),
      render: (_, { state }) => (
        <span data-obeys={state}>{t(`console.regionOrders.machineState.${state}`)}</span>
      ),
    },
  ];
  return <ListTable list={list} query={machines} columns={columns} rowKey="machineId" />;
}
