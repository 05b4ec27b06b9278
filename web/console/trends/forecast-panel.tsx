import { type Forecast, type TrendMeasure, trendMeasures, trendRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Alert, Segmented, Spin, Table, Tag } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { Failure } from "../ui/failure.tsx";
import { ForecastChart } from "./forecast-chart.tsx";
import { type ForecastRow, forecastRows } from "./forecast-rows.ts";

/** A week of work or alarms to come, and how good such forecasts were. */
export function ForecastPanel({ region }: { region: string }) {
  const { t } = useTranslation();
  const [measure, setMeasure] = useState<TrendMeasure>("work");
  const query = { region, measure };
  const forecast = useQuery({
    queryKey: ["forecast", query],
    queryFn: ({ signal }) => api.call(trendRoutes.getForecast, { query, signal }),
  });
  return (
    <section className="panel" aria-labelledby="forecast-title" data-testid="forecast">
      <h2 id="forecast-title" className="panel-title">
        {t("console.trends.forecast")}
      </h2>
      <div className="trend-head">
        <Segmented
          aria-label={t("console.trends.measureLabel")}
          value={measure}
          options={trendMeasures.map((value) => ({ value, label: t(`console.trends.measure.${value}`) }))}
          onChange={setMeasure}
        />
        {forecast.data?.isSimulated ? <Tag color="gold">{t("console.trends.simulated")}</Tag> : null}
      </div>
      {forecast.isError ? <Failure error={forecast.error} onRetry={forecast.refetch} /> : null}
      {forecast.isPending ? <Spin description={t("common.loading")} /> : null}
      {forecast.data ? <ForecastShown forecast={forecast.data} /> : null}
    </section>
  );
}

function ForecastShown({ forecast }: { forecast: Forecast }) {
  const { t } = useTranslation();
  const rows = useMemo(() => forecastRows(forecast), [forecast]);
  const figure = (value: number | null) => (value === null ? "–" : value.toFixed(1));
  const { daysKnown, daysNeeded, backTest } = forecast;
  return (
    <>
      {forecast.expected ? null : (
        <Alert type="info" showIcon title={t("console.trends.tooShort", { daysKnown, daysNeeded })} />
      )}
      <div className="trend-grid">
        <ForecastChart rows={rows} unit={t(`console.trends.unit.${forecast.measure}`)} />
        {backTest ? <BackTestFacts backTest={backTest} /> : null}
      </div>
      <details>
        <summary>{t("console.trends.asTable")}</summary>
        <Table<ForecastRow>
          size="small"
          rowKey="key"
          dataSource={rows}
          pagination={{ pageSize: 24, showSizeChanger: false }}
          columns={[
            { key: "at", title: t("console.trends.at"), dataIndex: "at" },
            ...(["seen", "value", "low", "high"] as const).map((name) => ({
              key: name,
              title: t(`console.trends.column.${name}`),
              dataIndex: name,
              render: figure,
            })),
          ]}
        />
      </details>
    </>
  );
}

function BackTestFacts({ backTest }: { backTest: NonNullable<Forecast["backTest"]> }) {
  const { t } = useTranslation();
  const { weeks, mae, naiveMae, mase, coverage } = backTest;
  return (
    <div data-testid="back-test">
      <h3>{t("console.trends.backTest", { weeks })}</h3>
      <dl className="trend-facts">
        <dt>{t("console.trends.mae")}</dt>
        <dd>{mae.toFixed(2)}</dd>
        <dt>{t("console.trends.naiveMae")}</dt>
        <dd>{naiveMae.toFixed(2)}</dd>
        <dt>MASE</dt>
        <dd>{mase === null ? "–" : mase.toFixed(2)}</dd>
        <dt>{t("console.trends.coverage")}</dt>
        <dd>{(coverage * 100).toFixed(0)} %</dd>
      </dl>
      <p className="soft small">
        {mae < naiveMae ? t("console.trends.isBetter") : t("console.trends.isWorse")}
      </p>
    </div>
  );
}
