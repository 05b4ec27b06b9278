import { type Decision, decisionRoutes, outcome } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import type { TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { DateFilter } from "../ui/date-filter.tsx";
import { endOfDay, startOfDay, startOfToday } from "../ui/days.ts";
import { ChoiceFilter, FilterBar } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { RegionFilter } from "../ui/region-filter.tsx";
import { useListState } from "../ui/use-list-state.ts";

const YES_NO = ["true", "false"] as const;

export function DecisionsPage() {
  const { t, i18n } = useTranslation();
  const list = useListState();
  const [from, to] = [list.text("from"), list.text("to")];
  const query = {
    page: list.page,
    pageSize: list.pageSize,
    outcome: list.oneOf("outcome", outcome.options),
    isGranted: list.oneOf("isGranted", YES_NO),
    lacksCertificate: list.oneOf("lacksCertificate", YES_NO),
    region: list.text("region"),
    from: from ? startOfDay(from) : list.text("today") ? startOfToday() : undefined,
    to: to && endOfDay(to),
  };
  const decisions = useQuery({
    queryKey: ["decisions", query],
    queryFn: ({ signal }) => api.call(decisionRoutes.listDecisions, { query, signal }),
    placeholderData: (previous) => previous,
    refetchInterval: 10_000,
  });
  const titles = ({ reasons }: Decision) =>
    reasons
      .map(({ title }) => (i18n.language === "en" ? title.en : title.zh))
      .join(i18n.language === "en" ? "; " : "；");
  const columns: TableProps<Decision>["columns"] = [
    { key: "at", title: t("console.decision.at"), render: (_, decision) => dateTime(decision.decidedAt) },
    {
      key: "outcome",
      title: t("console.decision.outcome"),
      render: (_, decision) => (
        <span className={`outcome is-${decision.outcome}`}>{t(`common.outcome.${decision.outcome}`)}</span>
      ),
    },
    {
      key: "machine",
      title: t("console.decision.machine"),
      render: (_, decision) => <Link to={`/machines/${decision.machineId}`}>{decision.machineName}</Link>,
    },
    { key: "welder", title: t("console.decision.welder"), dataIndex: "welderName" },
    {
      key: "reasons",
      title: t("console.decision.reasons"),
      render: (_, decision) => titles(decision) || t("console.decision.noReasons"),
    },
    {
      key: "detail",
      title: t("console.decision.detail"),
      render: (_, decision) => (
        <Link to={`/decisions/${decision.decisionId}`}>{t("console.decision.detail")}</Link>
      ),
    },
  ];
  return (
    <main className="console-page">
      <h1 className="page-title">{t("console.decision.title")}</h1>
      <FilterBar list={list}>
        <ChoiceFilter
          list={list}
          name="outcome"
          label={t("console.decision.outcome")}
          values={outcome.options}
          wordFor={(value) => t(`common.outcome.${value}`)}
        />
        <ChoiceFilter
          list={list}
          name="isGranted"
          label={t("console.wall.filter.isGranted")}
          values={YES_NO}
          wordFor={(value) => t(`console.wall.filter.${value === "true" ? "granted" : "notGranted"}`)}
        />
        <ChoiceFilter
          list={list}
          name="lacksCertificate"
          label={t("console.wall.filter.lacksCertificate")}
          values={YES_NO}
          wordFor={(value) => t(`console.wall.filter.${value === "true" ? "lacking" : "notLacking"}`)}
        />
        <DateFilter list={list} />
        <RegionFilter list={list} />
      </FilterBar>
      <ListTable list={list} query={decisions} columns={columns} rowKey="decisionId" />
    </main>
  );
}
