import { type DueInspection, machineLifeRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import type { TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { ChoiceFilter, FilterBar } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { useListState } from "../ui/use-list-state.ts";

const WITHIN_DAYS = ["0", "30", "90", "365"] as const;

/** Machines whose inspection is overdue or comes soon. */
export function InspectionsPage() {
  const { t } = useTranslation();
  const list = useListState();
  const query = {
    page: list.page,
    pageSize: list.pageSize,
    withinDays: list.oneOf("withinDays", WITHIN_DAYS) ?? "30",
  };
  const inspections = useQuery({
    queryKey: ["inspections", query],
    queryFn: ({ signal }) => api.call(machineLifeRoutes.listDueInspections, { query, signal }),
    placeholderData: (previous) => previous,
  });
  const columns: TableProps<DueInspection>["columns"] = [
    {
      key: "machine",
      title: t("console.machine.name"),
      render: (_, { machineId, machineName }) => <Link to={`/machines/${machineId}`}>{machineName}</Link>,
    },
    { key: "model", title: t("console.machine.model"), dataIndex: "model" },
    { key: "enterprise", title: t("console.machine.enterprise"), dataIndex: "enterpriseName" },
    { key: "region", title: t("console.machine.region"), dataIndex: "regionName" },
    {
      key: "inspectedOn",
      title: t("console.machineLife.inspectedOn"),
      render: (_, { inspectedOn }) => inspectedOn ?? "–",
    },
    { key: "due", title: t("console.machineLife.inspectionDueOn"), dataIndex: "inspectionDueOn" },
    {
      key: "left",
      title: t("console.machineLife.left"),
      render: (_, { daysLeft }) =>
        daysLeft < 0 ? (
          <span className="is-bad">{t("console.machineLife.daysOver", { days: -daysLeft })}</span>
        ) : (
          t("console.machineLife.daysLeft", { days: daysLeft })
        ),
    },
  ];
  return (
    <main className="console-page">
      <h1 className="page-title">{t("console.tab.machineInspections")}</h1>
      <FilterBar list={list}>
        <ChoiceFilter
          list={list}
          name="withinDays"
          label={t("console.machineLife.within30")}
          values={WITHIN_DAYS}
          wordFor={(days) => t(`console.machineLife.within${days}`)}
        />
      </FilterBar>
      <ListTable list={list} query={inspections} columns={columns} rowKey="machineId" />
    </main>
  );
}
