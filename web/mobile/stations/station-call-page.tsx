import "../clearances/clearances.css";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { dateTime } from "../../ui/format.ts";
import { amapAddress, geoAddress } from "../../ui/navigation-links.ts";
import { LoadFailure } from "../load-failure.tsx";
import { Page } from "../page.tsx";
import { StationCallSteps } from "./station-call-steps.tsx";
import { useStationCall } from "./use-station-call.ts";

/** One call: where it is, the way there, and the step that comes next. */
export function StationCallPage() {
  const { t } = useTranslation();
  const query = useStationCall(useParams().stationCallId ?? "");
  const call = query.data;
  return (
    <Page title={t("mobile.stations.call")} backTo="/station-calls">
      {query.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {query.isError && !call ? <LoadFailure query={query} /> : null}
      {call ? (
        <>
          <section className="card stack station-card" data-call={call.status}>
            <h2 className="machine-name">{call.keyAreaName}</h2>
            <p role="status">{t(`common.clearances.call.${call.status}`)}</p>
            <p>{t(`mobile.stations.cause.${call.cause}`)}</p>
            <dl className="facts">
              <dt>{t("mobile.machine.title")}</dt>
              <dd>{call.machineName}</dd>
              <dt>{t("mobile.machine.owner")}</dt>
              <dd>{call.enterpriseName}</dd>
              {call.floor ? (
                <>
                  <dt>{t("mobile.clearances.floor")}</dt>
                  <dd>{call.floor}</dd>
                </>
              ) : null}
              <dt>{t("mobile.clearances.station.calledAt")}</dt>
              <dd>{dateTime(call.calledAt)}</dd>
              {call.acceptedByName ? (
                <>
                  <dt>{t("mobile.clearances.station.who")}</dt>
                  <dd>{call.acceptedByName}</dd>
                </>
              ) : null}
            </dl>
            <a className="photo-button" href={amapAddress(call.place, call.keyAreaName)}>
              {t("mobile.stations.amap")}
            </a>
            <a className="photo-button" href={geoAddress(call.place, call.keyAreaName)}>
              {t("mobile.stations.map")}
            </a>
          </section>
          <StationCallSteps call={call} />
        </>
      ) : null}
    </Page>
  );
}
