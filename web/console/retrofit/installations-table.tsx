import { type Installation, installationRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import type { TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { ChoiceFilter, FilterBar, TextFilter } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { useListState } from "../ui/use-list-state.ts";

const STATUSES = ["open", "in-service", "abandoned"] as const;

/** The campaign's installations; filters live in the address. */
export function InstallationsTable({ campaignId }: { campaignId: string }) {
  const { t } = useTranslation();
  const list = useListState();
  const query = {
    page: list.page,
    pageSize: list.pageSize,
    status: list.oneOf("status", STATUSES),
    text: list.text("text"),
  };
  const installations = useQuery({
    queryKey: ["installations", campaignId, query],
    queryFn: ({ signal }) =>
      api.call(installationRoutes.listInstallations, { params: { campaignId }, query, signal }),
    placeholderData: (previous) => previous,
    refetchInterval: 10_000,
  });
  const columns: TableProps<Installation>["columns"] = [
    {
      key: "chip",
      title: t("console.retrofit.chip"),
      render: (_, row) => (
        <Link className="code" to={`/retrofit/installations/${row.installationId}`}>
          {row.chipId}
        </Link>
      ),
    },
    {
      key: "step",
      title: t("console.retrofit.step"),
      render: (_, row) => t(`console.retrofit.steps.${row.step}`),
    },
    { key: "machine", title: t("console.machine.name"), render: (_, row) => row.machineName ?? "–" },
    { key: "model", title: t("console.machine.model"), render: (_, row) => row.model ?? "–" },
    {
      key: "enterprise",
      title: t("console.machine.enterprise"),
      render: (_, row) => row.enterpriseName ?? "–",
    },
    { key: "region", title: t("console.machine.region"), render: (_, row) => row.regionName ?? "–" },
    {
      key: "test",
      title: t("console.retrofit.test"),
      render: (_, row) => (row.lastTest ? t(`console.retrofit.testStatus.${row.lastTest.status}`) : "–"),
    },
    { key: "photos", title: t("console.retrofit.photos"), dataIndex: "photoCount", align: "right" },
    { key: "installer", title: t("console.retrofit.installer"), dataIndex: "installerName" },
    { key: "startedAt", title: t("console.retrofit.startedAt"), render: (_, row) => dateTime(row.startedAt) },
  ];
  return (
    <section className="panel" data-testid="installations">
      <h2 className="panel-title">{t("console.retrofit.installations")}</h2>
      <FilterBar list={list}>
        <TextFilter list={list} label={t("console.retrofit.searchInstallation")} />
        <ChoiceFilter
          list={list}
          name="status"
          label={t("console.machine.state")}
          values={STATUSES}
          wordFor={(status) => t(`console.retrofit.installationStatus.${status}`)}
        />
      </FilterBar>
      <ListTable list={list} query={installations} columns={columns} rowKey="installationId" />
    </section>
  );
}
