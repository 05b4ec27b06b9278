import { type FirmRisk, trendRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { useWord } from "../law/use-word.ts";
import { Failure } from "../ui/failure.tsx";
import { WideTable } from "../ui/wide-table.tsx";
import { RiskParts } from "./risk-parts.tsx";

const PAGE_SIZE = 10;

/** Firms by risk, each with its factors, and the weights that make the score. */
export function RisksPanel({ region }: { region: string }) {
  const { t } = useTranslation();
  const word = useWord();
  const [page, setPage] = useState(1);
  const query = { region, page, pageSize: PAGE_SIZE };
  const risks = useQuery({
    queryKey: ["risks", query],
    queryFn: ({ signal }) => api.call(trendRoutes.listRisks, { query, signal }),
    placeholderData: (previous) => previous,
  });
  const weights = risks.data?.weights;
  return (
    <section className="panel" aria-labelledby="risks-title" data-testid="risks">
      <h2 id="risks-title" className="panel-title">
        {t("console.trends.risks")}
      </h2>
      <p className="soft">{t("console.trends.risksLead")}</p>
      {risks.isError ? <Failure error={risks.error} onRetry={risks.refetch} /> : null}
      <WideTable<FirmRisk>
        size="small"
        rowKey="enterpriseId"
        dataSource={risks.data?.items ?? []}
        loading={risks.isPending}
        expandable={{
          columnTitle: t("console.trends.factors"),
          expandedRowRender: ({ parts }) => <RiskParts parts={parts} />,
        }}
        pagination={{
          current: page,
          pageSize: PAGE_SIZE,
          total: risks.data?.total ?? 0,
          showSizeChanger: false,
          onChange: setPage,
        }}
        columns={[
          {
            key: "name",
            title: t("console.trends.firm"),
            render: (_, { enterpriseId, name }) => <Link to={`/enterprises/${enterpriseId}`}>{name}</Link>,
          },
          { key: "region", title: t("console.machine.region"), dataIndex: "regionName" },
          { key: "score", title: t("console.trends.score"), render: (_, { score }) => score.toFixed(1) },
          {
            key: "first",
            title: t("console.trends.mostly"),
            render: (_, { parts }) =>
              parts
                .slice(0, 2)
                .filter(({ points }) => points > 0)
                .map(({ title }) => word(title))
                .join(t("console.trends.comma")),
          },
        ]}
      />
      {weights ? (
        <details>
          <summary>{t("console.trends.weights", { version: weights.version })}</summary>
          <p className="soft">{t("console.trends.weightsLead")}</p>
          <ul>
            {weights.factors.map(({ factor, title, points, halfAt, unit }) => (
              <li key={factor}>
                {t("console.trends.weight", { title: word(title), points, halfAt, unit: word(unit) })}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}
