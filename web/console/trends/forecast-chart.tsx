import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Chart, type ChartOption } from "../ui/chart.tsx";
import type { ForecastRow } from "./forecast-rows.ts";

const INK = "#b8d3ee";

/** What was, what is expected and between what; the same figures stand in the table beside it. */
export function ForecastChart({ rows, unit }: { rows: readonly ForecastRow[]; unit: string }) {
  const { t } = useTranslation();
  const option = useMemo((): ChartOption => {
    const words = {
      seen: t("console.trends.seen"),
      value: t("console.trends.expected"),
      low: t("console.trends.low"),
      band: t("console.trends.band"),
    };
    const plain = { type: "line", symbol: "none", connectNulls: false } as const;
    return {
      aria: { enabled: true },
      textStyle: { color: INK },
      legend: { top: 0, data: [words.seen, words.value, words.band], textStyle: { color: INK } },
      grid: { left: 48, right: 16, top: 36, bottom: 32 },
      tooltip: { trigger: "axis", renderMode: "richText", valueFormatter: rounded },
      xAxis: {
        type: "category",
        boundaryGap: false,
        data: rows.map(({ at }) => at),
        axisLabel: { color: INK, hideOverlap: true },
      },
      yAxis: {
        type: "value",
        name: unit,
        nameTextStyle: { color: INK },
        axisLabel: { color: INK },
        splitLine: { lineStyle: { color: "#1f5290" } },
      },
      series: [
        // A band is the difference to its lower edge, stacked upon it.
        {
          ...plain,
          name: words.low,
          stack: "band",
          lineStyle: { opacity: 0 },
          tooltip: { show: false },
          data: rows.map(({ low }) => low),
        },
        {
          ...plain,
          name: words.band,
          stack: "band",
          lineStyle: { opacity: 0 },
          itemStyle: { color: "#ffc069" },
          areaStyle: { color: "#ffc069", opacity: 0.25 },
          data: rows.map(({ low, high }) => (low === null || high === null ? null : high - low)),
        },
        {
          ...plain,
          name: words.value,
          itemStyle: { color: "#ffc069" },
          lineStyle: { color: "#ffc069", width: 2, type: "dashed" },
          data: rows.map(({ value }) => value),
        },
        {
          ...plain,
          name: words.seen,
          itemStyle: { color: "#5fe3ff" },
          lineStyle: { color: "#5fe3ff", width: 2 },
          data: rows.map(({ seen }) => seen),
        },
      ],
    };
  }, [rows, unit, t]);
  return <Chart option={option} height="300px" label={t("console.trends.chartLabel")} />;
}

function rounded(value: unknown): string {
  return typeof value === "number" ? value.toFixed(1) : "–";
}
