import { type RouteAnswer, trendRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Table } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { Failure } from "../ui/failure.tsx";

type Tally = RouteAnswer<typeof trendRoutes.listInspectionTallies>["items"][number];
const BAND = 20;

/** How often visits found something, by version of the weights and band of scores. */
export function TallyTable({ region }: { region: string }) {
  const { t } = useTranslation();
  const query = { region };
  const tallies = useQuery({
    queryKey: ["inspection-tallies", query],
    queryFn: ({ signal }) => api.call(trendRoutes.listInspectionTallies, { query, signal }),
  });
  const share = ({ found, nothing }: Tally) =>
    found + nothing > 0 ? `${((100 * found) / (found + nothing)).toFixed(0)} %` : "–";
  return (
    <div className="trend-visits" data-testid="tallies">
      <h3>{t("console.trends.tally")}</h3>
      <p className="soft small">{t("console.trends.tallyLead")}</p>
      {tallies.isError ? <Failure error={tallies.error} onRetry={tallies.refetch} /> : null}
      <Table<Tally>
        size="small"
        rowKey={({ weightsVersion, fromScore }) => `${weightsVersion} ${fromScore}`}
        dataSource={tallies.data?.items ?? []}
        loading={tallies.isPending}
        pagination={false}
        locale={{ emptyText: t("console.trends.noResults") }}
        columns={[
          { key: "version", title: t("console.trends.weightsVersion"), dataIndex: "weightsVersion" },
          {
            key: "band",
            title: t("console.trends.score"),
            render: (_, { fromScore }) => `${fromScore}–${fromScore + BAND}`,
          },
          { key: "found", title: t("console.trends.finding.found"), dataIndex: "found" },
          { key: "nothing", title: t("console.trends.finding.nothing"), dataIndex: "nothing" },
          { key: "notDone", title: t("console.trends.finding.not-done"), dataIndex: "notDone" },
          { key: "share", title: t("console.trends.hitShare"), render: (_, tally) => share(tally) },
        ]}
      />
    </div>
  );
}
