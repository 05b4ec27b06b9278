import { type Clearance, clearancePhase, clearanceRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import type { TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { DateFilter } from "../ui/date-filter.tsx";
import { endOfDay, startOfDay } from "../ui/days.ts";
import { ExportButton } from "../ui/export-button.tsx";
import { ChoiceFilter, FilterBar, TextFilter } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { RegionFilter } from "../ui/region-filter.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { PhaseText } from "./phase-text.tsx";

const FOLLOW_MS = 15_000;
const OPEN = ["true", "false"] as const;

/** All clearances of the caller's regions or firm, newest first. */
export function ClearancesPage() {
  const { t } = useTranslation();
  const list = useListState();
  const [from, to] = [list.text("from"), list.text("to")];
  const filters = {
    phase: list.oneOf("phase", clearancePhase.options),
    isOpen: list.oneOf("isOpen", OPEN),
    text: list.text("text"),
    region: list.text("region"),
    machineId: list.text("machineId"),
    keyAreaId: list.text("keyAreaId"),
    from: from && startOfDay(from),
    to: to && endOfDay(to),
  };
  const query = { page: list.page, pageSize: list.pageSize, ...filters };
  const clearances = useQuery({
    queryKey: ["clearances", query],
    queryFn: ({ signal }) => api.call(clearanceRoutes.listClearances, { query, signal }),
    placeholderData: (previous) => previous,
    refetchInterval: FOLLOW_MS,
  });
  const columns: TableProps<Clearance>["columns"] = [
    {
      key: "area",
      title: t("console.clearances.area"),
      render: (_, row) => <Link to={`/clearances/${row.clearanceId}`}>{row.keyAreaName}</Link>,
    },
    {
      key: "phase",
      title: t("console.clearances.phase"),
      render: (_, { phase }) => <PhaseText phase={phase} />,
    },
    {
      key: "machine",
      title: t("console.machine.name"),
      render: (_, row) => <Link to={`/machines/${row.machineId}`}>{row.machineName}</Link>,
    },
    { key: "welder", title: t("console.session.welder"), dataIndex: "welderName" },
    { key: "enterprise", title: t("console.machine.enterprise"), dataIndex: "enterpriseName" },
    { key: "region", title: t("console.machine.region"), dataIndex: "regionName" },
    { key: "opened", title: t("console.clearances.opened"), render: (_, row) => dateTime(row.openedAt) },
    {
      key: "ended",
      title: t("console.clearances.ended"),
      render: (_, { endedAt }) => (endedAt ? dateTime(endedAt) : "–"),
    },
  ];
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.clearances.title")}</h1>
        <div className="page-actions">
          <ExportButton route={clearanceRoutes.exportClearances} query={filters} />
        </div>
      </header>
      <FilterBar list={list}>
        <TextFilter list={list} label={t("console.clearances.search")} />
        <ChoiceFilter
          list={list}
          name="isOpen"
          label={t("console.clearances.openOrEnded")}
          values={OPEN}
          wordFor={(open) =>
            t(open === "true" ? "console.clearances.onlyOpen" : "console.clearances.onlyEnded")
          }
        />
        <ChoiceFilter
          list={list}
          name="phase"
          label={t("console.clearances.phase")}
          values={clearancePhase.options}
          wordFor={(phase) => t(`common.clearances.phase.${phase}`)}
        />
        <DateFilter list={list} />
        <RegionFilter list={list} />
      </FilterBar>
      <ListTable list={list} query={clearances} columns={columns} rowKey="clearanceId" />
    </main>
  );
}
