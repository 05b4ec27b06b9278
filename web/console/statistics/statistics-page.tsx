import "./statistics.css";
import { type StatisticsDimension, statisticsRoutes } from "@hanyouxu/api";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Spin } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { useWord } from "../../ui/use-word.ts";
import { Chart } from "../ui/chart.tsx";
import { ExportButton } from "../ui/export-button.tsx";
import { Failure } from "../ui/failure.tsx";
import { AnswerTable, FigureCell, MeasureHead } from "./answer-table.tsx";
import { chartOption } from "./chart-option.ts";
import { QuestionFields } from "./question-fields.tsx";
import { useQuestion } from "./use-question.ts";
import { ViewsBar } from "./views-bar.tsx";

const FOLLOW_MS = 30_000;

/** Counts over time and place: what is asked, its totals, a chart, and every figure in a table. */
export function StatisticsPage() {
  const { t, i18n } = useTranslation();
  const word = useWord();
  const { question, viewId, ask } = useQuestion();
  const known = useQuery({
    queryKey: ["statistics-measures"],
    queryFn: ({ signal }) => api.call(statisticsRoutes.listStatisticsMeasures, { signal }),
    staleTime: 600_000,
  });
  const measures = known.data?.measures;
  // Who does not see one of the first three begins with those he sees.
  const seen = question.measures.filter((key) => measures?.some(({ measure }) => measure === key));
  const asked = { ...question, measures: seen };
  const answered = useQuery({
    queryKey: ["statistics", asked],
    queryFn: ({ signal }) => api.call(statisticsRoutes.queryStatistics, { body: asked, signal }),
    enabled: seen.length > 0,
    placeholderData: keepPreviousData,
    refetchInterval: FOLLOW_MS,
  });
  const answer = answered.data;
  const infos = useMemo(
    () => answer?.measures.flatMap((key) => measures?.find(({ measure }) => measure === key) ?? []) ?? [],
    [answer, measures],
  );
  const before = t("console.statistics.before");
  const option = useMemo(() => {
    const inLanguage = (text: { zh: string; en: string }) => (i18n.language === "en" ? text.en : text.zh);
    return answer && chartOption(answer, infos, { word: inLanguage, before });
  }, [answer, infos, before, i18n.language]);
  const dimensionTitle = (dimension: StatisticsDimension) => {
    const title = known.data?.dimensions.find((entry) => entry.dimension === dimension)?.title;
    return title ? word(title) : dimension;
  };
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.statistics.title")}</h1>
        <div className="page-actions">
          <Link to="/statistics/reports">{t("console.statistics.report.title")}</Link>
          <ViewsBar question={asked} viewId={viewId} onOpen={ask} />
          <ExportButton
            route={statisticsRoutes.exportStatistics}
            query={{ question: JSON.stringify(asked) }}
          />
        </div>
      </header>
      {known.isError ? <Failure error={known.error} onRetry={known.refetch} /> : null}
      {measures ? (
        <QuestionFields question={asked} measures={measures} dimensionTitle={dimensionTitle} onAsk={ask} />
      ) : null}
      {measures && seen.length === 0 ? <p>{t("console.statistics.noMeasure")}</p> : null}
      {answered.isError ? <Failure error={answered.error} onRetry={answered.refetch} /> : null}
      {answered.isLoading || known.isPending ? <Spin description={t("common.loading")} /> : null}
      {answer && !answered.isError && seen.length > 0 ? (
        <section
          className="answer"
          aria-label={t("console.statistics.answer")}
          data-counted={answered.isPlaceholderData ? "waiting" : "done"}
        >
          <dl className="totals">
            {infos.map((info, at) => (
              <div key={info.measure} className="panel" data-total={info.measure}>
                <dt>
                  <MeasureHead info={info} />
                </dt>
                <dd>{answer.totals[at] ? <FigureCell figure={answer.totals[at]} info={info} /> : null}</dd>
              </div>
            ))}
          </dl>
          {option ? (
            <div className="panel">
              <Chart option={option} height="320px" label={t("console.statistics.chart")} />
            </div>
          ) : null}
          {answer.dimensions.length > 0 ? (
            <AnswerTable answer={answer} infos={infos} dimensionTitle={dimensionTitle} question={question} />
          ) : null}
          <p className="answer-notes">
            {t("console.statistics.countedAt", { at: dateTime(answer.countedAt) })}
            {answer.previousPeriod ? ` ${t("console.statistics.comparedWith", answer.previousPeriod)}` : ""}
            {infos.some(({ isOfPeople }) => isOfPeople)
              ? ` ${t("console.statistics.smallest", { least: answer.smallestCount })}`
              : ""}
            {answer.rowsLeftOut > 0
              ? ` ${t("console.statistics.leftOut", { rows: answer.rowsLeftOut })}`
              : ""}
          </p>
        </section>
      ) : null}
    </main>
  );
}
