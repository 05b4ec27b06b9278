import type { Wall } from "@hanyouxu/api";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { Chart, type ChartOption } from "../ui/chart.tsx";
import { useUnit } from "./use-unit.ts";
import { wallLinks } from "./wall-links.ts";
import { WallPanel } from "./wall-panel.tsx";

const TIMES = Array.from(
  { length: 48 },
  (_, slot) => `${Math.floor(slot / 2)}:${slot % 2 === 0 ? "00" : "30"}`,
);
const WORDS = "#b8d3ee";

/** Machines under power through the day, beside the same weekday a week ago. */
export function CurvePanel({ wall }: { wall: Wall }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const unit = useUnit();
  const links = wallLinks(wall);
  const drawn = JSON.stringify(wall.curve);
  const [today, lastWeek] = [t("console.wall.today"), t("console.wall.lastWeek")];
  const option = useMemo((): ChartOption => {
    const curve = JSON.parse(drawn) as NonNullable<Wall["curve"]>;
    const fontSize = 13;
    return {
      textStyle: { fontFamily: "inherit" },
      grid: { top: 30 * unit, right: 14 * unit, bottom: 24 * unit, left: 44 * unit },
      legend: {
        top: 0,
        right: 0,
        itemWidth: 18 * unit,
        itemHeight: 10 * unit,
        textStyle: { color: WORDS, fontSize },
      },
      tooltip: { trigger: "axis", renderMode: "richText", textStyle: { fontSize } },
      xAxis: {
        type: "category",
        boundaryGap: false,
        data: TIMES,
        axisLabel: { color: WORDS, fontSize, interval: 7 },
        axisLine: { lineStyle: { color: "#2d5f9c" } },
        axisTick: { show: false },
      },
      yAxis: {
        type: "value",
        minInterval: 1,
        axisLabel: { color: WORDS, fontSize },
        splitLine: { lineStyle: { color: "#12386b" } },
      },
      series: [
        {
          name: today,
          type: "line",
          smooth: true,
          showSymbol: false,
          data: curve.today,
          lineStyle: { color: "#2fe0f5", width: 2.5 * unit },
          itemStyle: { color: "#2fe0f5" },
          areaStyle: {
            color: {
              type: "linear",
              x: 0,
              y: 0,
              x2: 0,
              y2: 1,
              colorStops: [
                { offset: 0, color: "rgb(47 224 245 / 45%)" },
                { offset: 1, color: "rgb(47 224 245 / 2%)" },
              ],
            },
          },
        },
        {
          name: lastWeek,
          type: "line",
          smooth: true,
          showSymbol: false,
          data: curve.lastWeek,
          lineStyle: { color: "#ffc069", width: 1.5 * unit, type: "dashed" },
          itemStyle: { color: "#ffc069" },
        },
      ],
    };
  }, [drawn, unit, today, lastWeek]);
  const peak = wall.curve && Math.max(0, ...wall.curve.today.map((machines) => machines ?? 0));
  return (
    <WallPanel
      title={t("console.wall.curve")}
      place="curve"
      aside={
        peak === null ? null : (
          <Link to={links.sessionsToday}>
            {t("console.wall.peak", { number: peak.toLocaleString("en-US") })}
          </Link>
        )
      }
    >
      {wall.curve ? (
        <Chart
          option={option}
          label={t("console.wall.curve")}
          height="100%"
          fontScale={unit}
          onPick={() => void navigate(links.sessionsToday)}
        />
      ) : (
        <p className="wall-none">{t("console.wall.notSeen")}</p>
      )}
    </WallPanel>
  );
}
