import { type Label, labelRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import type { TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { ChoiceFilter, FilterBar, TextFilter } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { LabelBatches } from "./label-batches.tsx";
import { NewLabelsButton } from "./new-labels-button.tsx";
import { RefusedCodes } from "./refused-codes.tsx";
import { VoidLabelButton } from "./void-label-button.tsx";
import "./retrofit.css";

const STATES = ["blank", "bound", "void"] as const;

/** Labels: batches to print, every single code, and the codes that were shown and refused. */
export function LabelsPage() {
  const { t } = useTranslation();
  const list = useListState();
  const query = {
    page: list.page,
    pageSize: list.pageSize,
    state: list.oneOf("state", STATES),
    batchId: list.text("batchId"),
    text: list.text("text"),
  };
  const labels = useQuery({
    queryKey: ["labels", query],
    queryFn: ({ signal }) => api.call(labelRoutes.listLabels, { query, signal }),
    placeholderData: (previous) => previous,
  });
  const columns: TableProps<Label>["columns"] = [
    {
      key: "code",
      title: t("console.machine.code"),
      render: (_, row) => <span className="code">{row.machineCode.match(/.{4}/g)?.join("-")}</span>,
    },
    {
      key: "state",
      title: t("console.machine.state"),
      render: (_, row) => t(`console.label.state.${row.state}`),
    },
    {
      key: "machine",
      title: t("console.machine.name"),
      render: (_, row) =>
        row.machineId ? <Link to={`/machines/${row.machineId}`}>{row.machineName}</Link> : "–",
    },
    {
      key: "enterprise",
      title: t("console.machine.enterprise"),
      render: (_, row) => row.enterpriseName ?? "–",
    },
    { key: "region", title: t("console.machine.region"), dataIndex: "regionName" },
    {
      key: "batch",
      title: t("console.label.batch"),
      render: (_, row) =>
        row.batchName ? `${row.batchName} · ${t("console.label.sheet", { sheet: row.sheet })}` : "–",
    },
    {
      key: "printed",
      title: t("console.label.printed"),
      render: (_, row) => (row.printedAt ? dateTime(row.printedAt) : t("console.label.notPrinted")),
    },
    {
      key: "void",
      title: t("console.label.makeVoid"),
      render: (_, row) =>
        row.state === "void" ? (
          <span className="soft">{row.voidReason}</span>
        ) : (
          <VoidLabelButton label={row} />
        ),
    },
  ];
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.tab.labels")}</h1>
        <div className="page-actions">
          <NewLabelsButton />
        </div>
      </header>
      <LabelBatches onPick={(batchId) => list.set({ batchId })} />
      <section className="panel" data-testid="labels">
        <h2 className="panel-title">{t("console.label.all")}</h2>
        <FilterBar list={list}>
          <TextFilter list={list} label={t("console.label.search")} />
          <ChoiceFilter
            list={list}
            name="state"
            label={t("console.machine.state")}
            values={STATES}
            wordFor={(state) => t(`console.label.state.${state}`)}
          />
        </FilterBar>
        <ListTable list={list} query={labels} columns={columns} rowKey="machineCode" />
      </section>
      <RefusedCodes />
    </main>
  );
}
