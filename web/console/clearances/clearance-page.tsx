import "./clearances.css";
import { clearanceRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Spin } from "antd";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { api } from "../../ui/api.ts";
import { FoundConflicts } from "../../ui/found-conflicts.tsx";
import { Failure } from "../ui/failure.tsx";
import { ClearanceFacts } from "./clearance-facts.tsx";
import { ClearanceHistory } from "./clearance-history.tsx";
import { PhaseText } from "./phase-text.tsx";
import { SceneAttempts } from "./scene-attempts.tsx";
import { SmoulderPanel } from "./smoulder-panel.tsx";
import { StationCalls } from "./station-calls.tsx";

const FOLLOW_MS = 5_000;

/** One clearance with all that belongs to it: facts and steps, scenes, station calls, smoulder checks, history. */
export function ClearancePage() {
  const { t } = useTranslation();
  const clearanceId = useParams().clearanceId ?? "";
  const clearance = useQuery({
    queryKey: ["clearance", clearanceId],
    queryFn: ({ signal }) => api.call(clearanceRoutes.getClearance, { params: { clearanceId }, signal }),
    refetchInterval: FOLLOW_MS,
  });
  const shown = clearance.data;
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{shown?.keyAreaName ?? t("console.clearances.one")}</h1>
        {shown ? (
          <>
            <PhaseText phase={shown.phase} />
            <div className="page-actions">
              <a
                href={clearanceRoutes.getClearanceRecord.path.replace(":clearanceId", clearanceId)}
                target="_blank"
                rel="noreferrer"
              >
                {t("console.clearances.record")}
              </a>
            </div>
          </>
        ) : null}
      </header>
      {clearance.isPending ? <Spin description={t("common.loading")} /> : null}
      {clearance.isError ? <Failure error={clearance.error} onRetry={clearance.refetch} /> : null}
      {shown ? (
        <div className="machine-columns">
          <div className="machine-side">
            <FoundConflicts conflicts={shown.conflicts} className="panel" />
            <ClearanceFacts clearance={shown} />
            <StationCalls calls={shown.stationCalls} />
            <SmoulderPanel smoulder={shown.smoulder} />
          </div>
          <div className="machine-side">
            <SceneAttempts checks={shown.sceneChecks} />
            <ClearanceHistory clearanceId={clearanceId} phase={shown.phase} />
          </div>
        </div>
      ) : null}
    </main>
  );
}
