import "./wall.css";
import { Spin } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { browserClock } from "../../live/browser-clock.ts";
import { timeOfDay } from "../../ui/format.ts";
import { Failure } from "../ui/failure.tsx";
import { AlarmsPanel } from "./alarms-panel.tsx";
import { CertificatesPanel } from "./certificates-panel.tsx";
import { ChildrenPanel } from "./children-panel.tsx";
import { CurvePanel } from "./curve-panel.tsx";
import { HandlingPanel } from "./handling-panel.tsx";
import { IndustryPanel } from "./industry-panel.tsx";
import { reloadNightly } from "./nightly-reload.ts";
import { useWall } from "./use-wall.ts";
import { WallHead } from "./wall-head.tsx";
import { WallKpis } from "./wall-kpis.tsx";
import { WallMap } from "./wall-map.tsx";

/** The wall screen: one region, live, over the whole of a screen or several joined. */
export function WallPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const wall = useWall(search.get("region") ?? undefined);
  const { data, isOld } = wall;
  const isAnswered = useRef(false);
  isAnswered.current = data !== undefined && !isOld;
  useEffect(
    () =>
      reloadNightly(
        browserClock,
        () => isAnswered.current,
        () => location.reload(),
      ),
    [],
  );
  return (
    <main className="wall" data-old={isOld}>
      {data ? <WallMap wall={data} /> : null}
      <WallHead wall={data} />
      {wall.isPending ? <Spin className="wall-wait" description={t("common.loading")} /> : null}
      {wall.isError && (!data || wall.isPlaceholderData) ? (
        <div className="wall-wait">
          <Failure error={wall.error} onRetry={wall.refetch} />
        </div>
      ) : null}
      {data && isOld ? (
        <p className="wall-old" role="status">
          {t("console.wall.old", { time: timeOfDay(new Date(data.atMs).toISOString()) })}
        </p>
      ) : null}
      {data ? (
        <>
          <WallKpis wall={data} />
          <div className="wall-left">
            <ChildrenPanel wall={data} />
            <IndustryPanel wall={data} />
            <CurvePanel wall={data} />
          </div>
          <div className="wall-right">
            <AlarmsPanel wall={data} />
            <CertificatesPanel wall={data} />
            <HandlingPanel wall={data} />
          </div>
        </>
      ) : null}
    </main>
  );
}
