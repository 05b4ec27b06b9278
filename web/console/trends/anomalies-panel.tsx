import { type Anomaly, trendRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { useWord } from "../law/use-word.ts";
import { Failure } from "../ui/failure.tsx";
import { WideTable } from "../ui/wide-table.tsx";

/** What was unusual yesterday: which figure, what was expected, what was seen. */
export function AnomaliesPanel({ region }: { region: string }) {
  const { t } = useTranslation();
  const word = useWord();
  const query = { region };
  const found = useQuery({
    queryKey: ["anomalies", query],
    queryFn: ({ signal }) => api.call(trendRoutes.listAnomalies, { query, signal }),
  });
  const range = ({ low, high, unit }: Anomaly) => `${low}–${high} ${word(unit)}`;
  return (
    <section className="panel" aria-labelledby="anomalies-title" data-testid="anomalies">
      <h2 id="anomalies-title" className="panel-title">
        {t("console.trends.anomalies")}
      </h2>
      {found.isError ? <Failure error={found.error} onRetry={found.refetch} /> : null}
      {found.data ? (
        <p className="soft">
          {t("console.trends.looked", { day: found.data.day, count: found.data.looked })}{" "}
          {found.data.isSimulated ? <Tag color="gold">{t("console.trends.simulated")}</Tag> : null}
        </p>
      ) : null}
      <WideTable<Anomaly>
        size="small"
        rowKey={({ enterpriseId, region: at, figure }) => `${enterpriseId ?? at} ${figure}`}
        dataSource={found.data?.items ?? []}
        loading={found.isPending}
        locale={{ emptyText: t("console.trends.nothingUnusual") }}
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        columns={[
          {
            key: "name",
            title: t("console.trends.who"),
            render: (_, { enterpriseId, name }) =>
              enterpriseId ? <Link to={`/enterprises/${enterpriseId}`}>{name}</Link> : name,
          },
          { key: "figure", title: t("console.trends.figure"), render: (_, { title }) => word(title) },
          {
            key: "seen",
            title: t("console.trends.seenValue"),
            render: (_, { seen, unit, direction }) => (
              <>
                {Math.round(seen * 10) / 10} {word(unit)}{" "}
                <Tag color={direction === "above" ? "red" : "blue"}>
                  {t(`console.trends.direction.${direction}`)}
                </Tag>
              </>
            ),
          },
          { key: "range", title: t("console.trends.usual"), render: (_, one) => range(one) },
          {
            key: "why",
            title: t("console.trends.why"),
            render: (_, { days, middle }) =>
              t("console.trends.reason", { days, middle: Math.round(middle * 10) / 10 }),
          },
        ]}
      />
    </section>
  );
}
