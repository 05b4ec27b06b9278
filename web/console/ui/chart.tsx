import { BarChart, LineChart, PieChart } from "echarts/charts";
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
} from "echarts/components";
import { type ComposeOption, type EChartsType, init, use as register } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { scaleFonts } from "./scale-fonts.ts";

register([
  BarChart,
  LineChart,
  PieChart,
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  CanvasRenderer,
]);

/** What a chart is told; series and components registered above are the ones that draw. */
export type ChartOption = ComposeOption<
  | import("echarts/charts").BarSeriesOption
  | import("echarts/charts").LineSeriesOption
  | import("echarts/charts").PieSeriesOption
  | import("echarts/components").AriaComponentOption
  | import("echarts/components").GridComponentOption
  | import("echarts/components").LegendComponentOption
  | import("echarts/components").MarkLineComponentOption
  | import("echarts/components").TooltipComponentOption
>;

/** The name and position of what was pressed in a chart. */
export interface ChartPick {
  readonly name: string;
  readonly dataIndex: number;
  readonly seriesName?: string;
}

interface ChartProps {
  /**
   * A new object draws the chart again; keep it in `useMemo`. Tooltips need `renderMode: "richText"`: those of HTML
   * carry styles that the content security policy forbids.
   */
  readonly option: ChartOption;
  /** What a screen reader says of it; the numbers themselves must stand in a table or list beside or behind it. */
  readonly label: string;
  /** CSS length; charts have no height of their own. */
  readonly height: string;
  /** How much larger than written its letters are: walls scale them with the screen. Default 1. */
  readonly fontScale?: number;
  readonly onPick?: (pick: ChartPick) => void;
}

const movesLittle = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** A chart as wide as its place: drawn anew when that changes, let go of when it leaves the page. */
export function Chart({ option, label, height, fontScale = 1, onPick }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const pick = useRef(onPick);
  pick.current = onPick;

  useEffect(() => {
    if (!place.current) return;
    const made = init(place.current);
    chart.current = made;
    made.on("click", ({ name, dataIndex, seriesName }) =>
      pick.current?.({ name, dataIndex, ...(seriesName && { seriesName }) }),
    );
    const watcher = new ResizeObserver(() => made.resize());
    watcher.observe(place.current);
    return () => {
      watcher.disconnect();
      made.dispose();
      chart.current = undefined;
    };
  }, []);

  useEffect(() => {
    const scaled = scaleFonts(option, fontScale);
    chart.current?.setOption({ animation: !movesLittle, ...scaled }, { notMerge: true });
  }, [option, fontScale]);

  return <div ref={place} role="img" aria-label={label} style={{ width: "100%", height }} />;
}
