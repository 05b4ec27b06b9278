import "./duty.css";
import { dutyRoutes, fireStationRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button, Spin } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { useMe } from "../../ui/use-me.ts";
import { Failure } from "../ui/failure.tsx";
import { managesStations } from "./manages-stations.ts";
import { RosterPanel } from "./roster-panel.tsx";
import { StationMap } from "./station-map.tsx";
import { TeamPanel } from "./team-panel.tsx";

const FOLLOW_MS = 30_000;

/** One station: what it answers for, who is on duty now, the week's roster, what was handed over. */
export function StationPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const params = { fireStationId: useParams().fireStationId ?? "" };
  const mayManage = managesStations(useMe().data);
  const query = useQuery({
    queryKey: ["fire-station", params.fireStationId],
    queryFn: ({ signal }) => api.call(fireStationRoutes.getFireStation, { params, signal }),
    refetchInterval: FOLLOW_MS,
  });
  const handovers = useQuery({
    queryKey: ["handovers", params.fireStationId],
    queryFn: ({ signal }) => api.call(dutyRoutes.listHandovers, { params, signal }),
    refetchInterval: FOLLOW_MS,
  });
  const station = query.data;
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{station?.name ?? t("console.duty.one")}</h1>
        {mayManage && station ? (
          <Button onClick={() => navigate(`/fire-stations/${station.fireStationId}/edit`)}>
            {t("console.duty.edit")}
          </Button>
        ) : null}
      </header>
      {query.isPending ? <Spin description={t("common.loading")} /> : null}
      {query.isError ? <Failure error={query.error} onRetry={query.refetch} /> : null}
      {station ? (
        <>
          <div className="machine-columns">
            <div className="machine-side">
              <section className="panel">
                <dl className="facts">
                  <dt>{t("console.duty.region")}</dt>
                  <dd>{station.regionName}</dd>
                  <dt>{t("console.duty.phone")}</dt>
                  <dd>{station.phone}</dd>
                  <dt>{t("console.duty.areaRegions")}</dt>
                  <dd>
                    {[
                      ...station.areaRegions,
                      ...(station.areaGeometry ? [t("console.duty.areaDrawn")] : []),
                    ].join("、")}
                  </dd>
                  <dt>{t("console.duty.kinds")}</dt>
                  <dd>{station.kinds.map((kind) => t(`console.duty.kind.${kind}`)).join("、")}</dd>
                  <dt>{t("console.duty.state")}</dt>
                  <dd>{t(station.isActive ? "console.duty.active" : "console.duty.closed")}</dd>
                </dl>
              </section>
              <TeamPanel station={station} mayManage={mayManage} onChanged={query.refetch} />
            </div>
            <div className="machine-side">
              <StationMap place={station.place} areaGeometry={station.areaGeometry} />
              <section className="panel">
                <h2 className="panel-title">{t("console.duty.handovers")}</h2>
                {handovers.data?.handovers.length === 0 ? (
                  <p className="soft">{t("console.duty.noHandovers")}</p>
                ) : null}
                {handovers.data?.handovers.map(({ dutyTurnId, name, at, note }) => (
                  <p key={dutyTurnId}>
                    <strong>{name}</strong> · {dateTime(at)}
                    <br />
                    {note}
                  </p>
                ))}
              </section>
            </div>
          </div>
          <RosterPanel station={station} mayManage={mayManage} />
        </>
      ) : null}
    </main>
  );
}
