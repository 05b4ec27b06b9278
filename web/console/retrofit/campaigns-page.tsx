import { type RetrofitCampaign, retrofitRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import type { TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { ChoiceFilter, FilterBar, TextFilter } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { NewCampaignButton } from "./new-campaign-button.tsx";
import { ProgressBar, ProgressKey } from "./progress-bar.tsx";
import "./retrofit.css";

const STATUSES = ["open", "closed"] as const;

export function CampaignsPage() {
  const { t } = useTranslation();
  const list = useListState();
  const query = {
    page: list.page,
    pageSize: list.pageSize,
    status: list.oneOf("status", STATUSES),
    text: list.text("text"),
  };
  const campaigns = useQuery({
    queryKey: ["campaigns", query],
    queryFn: ({ signal }) => api.call(retrofitRoutes.listCampaigns, { query, signal }),
    placeholderData: (previous) => previous,
  });
  const columns: TableProps<RetrofitCampaign>["columns"] = [
    {
      key: "name",
      title: t("console.retrofit.campaign"),
      render: (_, row) => <Link to={`/retrofit/${row.campaignId}`}>{row.name}</Link>,
    },
    { key: "region", title: t("console.machine.region"), dataIndex: "regionName" },
    {
      key: "status",
      title: t("console.machine.state"),
      render: (_, row) => t(`console.retrofit.status.${row.status}`),
    },
    {
      key: "progress",
      title: t("console.retrofit.progress"),
      render: (_, row) => <ProgressBar figures={row.totals} />,
    },
    {
      key: "fitted",
      title: t("console.retrofit.figure.fitted"),
      align: "right",
      render: (_, row) => `${row.totals.fitted} / ${row.totals.allocated}`,
    },
    {
      key: "store",
      title: t("console.retrofit.inStore"),
      align: "right",
      render: (_, row) => row.inStore ?? "–",
    },
    { key: "madeAt", title: t("console.retrofit.madeAt"), render: (_, row) => dateTime(row.madeAt) },
  ];
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.tab.campaigns")}</h1>
        <div className="page-actions">
          <NewCampaignButton />
        </div>
      </header>
      <FilterBar list={list}>
        <TextFilter list={list} label={t("console.retrofit.search")} />
        <ChoiceFilter
          list={list}
          name="status"
          label={t("console.machine.state")}
          values={STATUSES}
          wordFor={(status) => t(`console.retrofit.status.${status}`)}
        />
      </FilterBar>
      <ProgressKey />
      <ListTable list={list} query={campaigns} columns={columns} rowKey="campaignId" />
    </main>
  );
}
