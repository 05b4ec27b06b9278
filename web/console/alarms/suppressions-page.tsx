import "./alarms.css";
import { type AlarmSuppression, alarmSuppressionRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import type { TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { useLiveView } from "../../live/use-live.ts";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { useAlarmTitle } from "../../ui/use-alarm-kinds.ts";
import { useMe } from "../../ui/use-me.ts";
import { ChoiceFilter, FilterBar } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { DeclareSuppression, SuppressionSteps } from "./suppression-buttons.tsx";

const FOLLOW_MS = 15_000;
const STATUSES = ["going", "planned", "over"] as const;
const DECLARERS = ["operator", "regulator"] as const;

/** Declared times in which what happens is written down and alarms nobody. */
export function SuppressionsPage() {
  const { t } = useTranslation();
  const title = useAlarmTitle();
  const list = useListState();
  const { at } = useLiveView();
  const mayDeclare = useMe().data?.roles.some(({ role }) => DECLARERS.some((one) => one === role)) ?? false;
  const query = { page: list.page, pageSize: list.pageSize, status: list.oneOf("status", STATUSES) };
  const windows = useQuery({
    queryKey: ["alarm-suppressions", query],
    queryFn: ({ signal }) => api.call(alarmSuppressionRoutes.listAlarmSuppressions, { query, signal }),
    placeholderData: (previous) => previous,
    refetchInterval: FOLLOW_MS,
  });
  const columns: TableProps<AlarmSuppression>["columns"] = [
    {
      key: "subject",
      title: t("console.alarms.subject"),
      render: (_, { regionName, enterpriseName, machineName }) =>
        [regionName, enterpriseName, machineName].filter(Boolean).join(" · "),
    },
    {
      key: "kinds",
      title: t("console.alarms.kinds"),
      render: (_, { kinds }) =>
        kinds.length === 0 ? t("console.alarms.allKinds") : kinds.map(title).join(t("console.alarms.comma")),
    },
    {
      key: "status",
      title: t("console.alarms.state"),
      render: (_, { status }) => (
        <span className={status === "going" ? "is-warn" : "soft"} data-status={status}>
          {t(`console.alarms.suppressionStatus.${status}`)}
        </span>
      ),
    },
    { key: "from", title: t("console.alarms.from"), render: (_, { from }) => dateTime(from) },
    { key: "to", title: t("console.alarms.to"), render: (_, { to, endedAt }) => dateTime(endedAt ?? to) },
    { key: "reason", title: t("console.alarms.reason"), dataIndex: "reason" },
    { key: "suppressed", title: t("console.alarms.suppressed"), dataIndex: "suppressed" },
    ...(mayDeclare
      ? [
          {
            key: "actions",
            title: t("common.table.actions"),
            render: (_: unknown, window: AlarmSuppression) => (
              <SuppressionSteps window={window} onDone={windows.refetch} />
            ),
          },
        ]
      : []),
  ];
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.tab.alarmSuppressions")}</h1>
        {mayDeclare && at ? (
          <div className="page-actions">
            <DeclareSuppression now={at} onDone={windows.refetch} />
          </div>
        ) : null}
      </header>
      <p className="soft">{t("console.alarms.suppressionsLead")}</p>
      <FilterBar list={list}>
        <ChoiceFilter
          list={list}
          name="status"
          label={t("console.alarms.state")}
          values={STATUSES}
          wordFor={(status) => t(`console.alarms.suppressionStatus.${status}`)}
        />
      </FilterBar>
      <ListTable list={list} query={windows} columns={columns} rowKey="suppressionId" />
    </main>
  );
}
