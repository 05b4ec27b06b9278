import { type ShownStationCall, stationCallRoutes } from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, failureText } from "../../ui/api.ts";
import { amapAddress, geoAddress } from "../../ui/navigation-links.ts";
import { CallTimes, StationPictures } from "./station-calls.tsx";

/** One call at the desk: accept it for somebody who goes; arriving and deciding need a phone at the place. */
export function StationCallPanel({ call, onChanged }: { call: ShownStationCall; onChanged: () => unknown }) {
  const { t } = useTranslation();
  const { stationCallId, status, place, keyAreaName } = call;
  const accept = useMutation({
    mutationFn: () => api.call(stationCallRoutes.acceptStationCall, { params: { stationCallId } }),
    onSettled: onChanged,
  });
  const phonePage = `/m/#/station-calls/${stationCallId}`;
  return (
    <section className="panel verdict" aria-labelledby="call-title">
      <h2 id="call-title" className="panel-title">
        {keyAreaName}
      </h2>
      <p className={status === "forbidden" ? "is-bad" : status === "released" ? "is-good" : "is-warn"}>
        {t(`common.clearances.call.${status}`)}
      </p>
      <dl className="facts">
        <dt>{t("console.machine.name")}</dt>
        <dd>{call.machineName}</dd>
        <dt>{t("console.machine.enterprise")}</dt>
        <dd>{call.enterpriseName}</dd>
        <dt>{t("console.machine.region")}</dt>
        <dd>{call.regionName}</dd>
        <dt>{t("console.clearances.floor")}</dt>
        <dd>{call.floor ?? "–"}</dd>
      </dl>
      <CallTimes call={call} />
      <StationPictures evidenceIds={call.evidenceIds} />
      <p className="call-links">
        <Link to={`/clearances/${call.clearanceId}`}>{t("console.clearances.one")}</Link>
        <a href={amapAddress(place, keyAreaName)} target="_blank" rel="noreferrer">
          {t("console.clearances.call.amap")}
        </a>
        <a href={geoAddress(place, keyAreaName)}>{t("console.clearances.call.geo")}</a>
      </p>
      {accept.isError ? <Alert type="error" showIcon title={failureText(accept.error)} /> : null}
      {status === "alerted" ? (
        <Button type="primary" size="large" loading={accept.isPending} onClick={() => accept.mutate()}>
          {t("console.clearances.call.accept")}
        </Button>
      ) : null}
      {status === "accepted" || status === "on-site" ? (
        <a className="call-phone" href={phonePage}>
          {t("console.clearances.call.atPlace")}
        </a>
      ) : null}
    </section>
  );
}
