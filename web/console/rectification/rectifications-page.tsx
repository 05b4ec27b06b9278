import { alarmSeverity, type Rectification, rectificationRoutes, rectificationStatus } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button, type TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { useMe } from "../../ui/use-me.ts";
import { ChoiceFilter, FilterBar } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { RegionFilter } from "../ui/region-filter.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { mayOrder } from "./may-order.ts";
import { RectificationStatus } from "./rectification-words.tsx";

const FOLLOW_MS = 10_000;

/** Orders to rectify within one's regions or firms, the latest first. */
export function RectificationsPage() {
  const { t } = useTranslation();
  const list = useListState();
  const me = useMe().data;
  const isOverdue = list.oneOf("isOverdue", ["true"]);
  const query = {
    page: list.page,
    pageSize: list.pageSize,
    status: list.oneOf("status", rectificationStatus.options),
    severity: list.oneOf("severity", alarmSeverity.options),
    region: list.text("region"),
    ...(isOverdue ? { isOverdue } : {}),
  };
  const orders = useQuery({
    queryKey: ["rectifications", query],
    queryFn: ({ signal }) => api.call(rectificationRoutes.listRectifications, { query, signal }),
    placeholderData: (previous) => previous,
    refetchInterval: FOLLOW_MS,
  });
  const columns: TableProps<Rectification>["columns"] = [
    {
      key: "number",
      title: t("common.rectification.number"),
      render: (_, { rectificationId, number }) => (
        <Link to={`/rectifications/${rectificationId}`}>{number}</Link>
      ),
    },
    { key: "firm", title: t("console.rectification.firm"), dataIndex: "enterpriseName" },
    { key: "title", title: t("console.rectification.what"), dataIndex: "title" },
    {
      key: "severity",
      title: t("console.rectification.severity"),
      render: (_, { severity }) => t(`common.alarms.severity.${severity}`),
    },
    {
      key: "status",
      title: t("console.machine.state"),
      render: (_, order) => <RectificationStatus order={order} />,
    },
    {
      key: "due",
      title: t("common.rectification.due"),
      render: (_, { dueAt }) => dateTime(dueAt).slice(0, 16),
    },
    { key: "region", title: t("console.machine.region"), dataIndex: "regionName" },
  ];
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("common.rectification.title")}</h1>
        <div className="page-actions">
          {mayOrder(me) ? (
            <Button type="primary" href="#/rectifications/new">
              {t("console.rectification.issue")}
            </Button>
          ) : null}
        </div>
      </header>
      <p className="soft">{t("console.rectification.lead")}</p>
      <FilterBar list={list}>
        <RegionFilter list={list} />
        <ChoiceFilter
          list={list}
          name="status"
          label={t("console.machine.state")}
          values={rectificationStatus.options}
          wordFor={(status) => t(`common.rectification.status.${status}`)}
        />
        <ChoiceFilter
          list={list}
          name="severity"
          label={t("console.rectification.severity")}
          values={alarmSeverity.options}
          wordFor={(severity) => t(`common.alarms.severity.${severity}`)}
        />
        <ChoiceFilter
          list={list}
          name="isOverdue"
          label={t("console.rectification.isOverdue")}
          values={["true"]}
          wordFor={() => t("console.rectification.overdueOnly")}
        />
      </FilterBar>
      <ListTable list={list} query={orders} columns={columns} rowKey="rectificationId" />
    </main>
  );
}
