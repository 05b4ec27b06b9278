import { type FigureSubscription, figureSubscriptionRoutes, statisticsRoutes } from "@hanyouxu/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Popconfirm, Spin, type TableProps } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, failureText } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { useIndustryName } from "../../ui/use-industry-name.ts";
import { useWord } from "../../ui/use-word.ts";
import { Failure } from "../ui/failure.tsx";
import { WideTable } from "../ui/wide-table.tsx";
import { FOLLOWED_KEY, FollowDialog } from "./follow-dialog.tsx";

const FOLLOW_MS = 60_000;

/** Figures that the person is told of when they change: how they stand, a new one, and an end of each. */
export function FiguresPanel() {
  const { t } = useTranslation();
  const word = useWord();
  const industryOf = useIndustryName();
  const client = useQueryClient();
  const [isAdding, setAdding] = useState(false);
  const known = useQuery({
    queryKey: ["statistics-measures"],
    queryFn: ({ signal }) => api.call(statisticsRoutes.listStatisticsMeasures, { signal }),
    staleTime: 600_000,
  });
  const followed = useQuery({
    queryKey: FOLLOWED_KEY,
    queryFn: ({ signal }) => api.call(figureSubscriptionRoutes.listFigureSubscriptions, { signal }),
    refetchInterval: FOLLOW_MS,
  });
  const end = useMutation({
    mutationFn: (figureSubscriptionId: string) =>
      api.call(figureSubscriptionRoutes.endFigureSubscription, { params: { figureSubscriptionId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: FOLLOWED_KEY }),
  });
  const infoOf = (measure: string) => known.data?.measures.find((info) => info.measure === measure);
  const unitOf = ({ condition, measure }: FigureSubscription) => {
    const isShare = infoOf(measure)?.unit === "percent";
    if (condition === "changed") return isShare ? " pp" : "%";
    return isShare ? "%" : "";
  };
  const columns: TableProps<FigureSubscription>["columns"] = [
    {
      key: "measure",
      title: t("console.desk.follow.measure"),
      render: (_, { measure, region }) => {
        const info = infoOf(measure);
        const question = { measures: measure, dimensions: "day", ...(region ? { region } : {}) };
        return (
          <Link to={`/statistics?${new URLSearchParams(question)}`}>{info ? word(info.title) : measure}</Link>
        );
      },
    },
    {
      key: "where",
      title: t("console.desk.region"),
      render: (_, { region, regionName, industry }) =>
        [
          region === null ? t("console.desk.follow.platform") : (regionName ?? region),
          ...(industry ? [industryOf(industry)] : []),
        ].join(" · "),
    },
    {
      key: "when",
      title: t("console.desk.follow.when"),
      render: (_, one) =>
        t(`console.desk.follow.conditionOf.${one.condition}`, {
          threshold: `${one.threshold.toLocaleString("en-US")}${unitOf(one)}`,
        }),
    },
    {
      key: "last",
      title: t("console.desk.follow.last"),
      render: (_, one) =>
        one.lastValue === null
          ? t(one.lookedAt === null ? "console.desk.follow.notYet" : "console.desk.follow.noData")
          : `${one.lastValue.toLocaleString("en-US", { maximumFractionDigits: 1 })}${unitOf(one)}`,
    },
    {
      key: "looked",
      title: t("console.desk.follow.lookedAt"),
      render: (_, { lookedAt }) => (lookedAt ? dateTime(lookedAt) : "–"),
    },
    {
      key: "told",
      title: t("console.desk.follow.toldOn"),
      render: (_, { toldOn }) => toldOn ?? "–",
    },
    {
      key: "acts",
      title: t("console.desk.follow.acts"),
      render: (_, { figureSubscriptionId }) => (
        <Popconfirm
          title={t("console.desk.follow.endSure")}
          okText={t("console.desk.follow.end")}
          cancelText={t("common.cancel")}
          onConfirm={() => end.mutate(figureSubscriptionId)}
        >
          <Button size="small">{t("console.desk.follow.end")}</Button>
        </Popconfirm>
      ),
    },
  ];
  return (
    <section className="panel" aria-labelledby="follow-title" data-testid="desk-follow">
      <header className="desk-head">
        <h2 id="follow-title" className="panel-title">
          {t("console.desk.follow.title")}
        </h2>
        <Button size="small" onClick={() => setAdding(true)}>
          {t("console.desk.follow.add")}
        </Button>
      </header>
      {followed.isPending ? <Spin description={t("common.loading")} /> : null}
      {followed.isError ? <Failure error={followed.error} onRetry={followed.refetch} /> : null}
      {end.isError ? <Alert type="error" showIcon title={failureText(end.error)} /> : null}
      {followed.data ? (
        <WideTable<FigureSubscription>
          size="middle"
          rowKey="figureSubscriptionId"
          columns={columns}
          dataSource={followed.data.items}
          pagination={false}
          locale={{ emptyText: t("console.desk.follow.none") }}
        />
      ) : null}
      <FollowDialog
        isOpen={isAdding}
        measures={known.data?.measures ?? []}
        onClose={() => setAdding(false)}
      />
    </section>
  );
}
