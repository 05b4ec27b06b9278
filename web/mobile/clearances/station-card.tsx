import type { ClearanceDetail } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { shortDateTime } from "../../ui/format.ts";

/** The latest call of the fire station: why, who comes, what was decided. Nothing where none was called. */
export function StationCard({ calls }: { calls: ClearanceDetail["stationCalls"] }) {
  const { t } = useTranslation();
  const call = calls[0];
  if (!call) return null;
  const { cause, status, acceptedByName, reason, calledAt, arrivedAt } = call;
  const isEnd = status === "released" || status === "forbidden";
  return (
    <section className="card stack station-card" data-call={status} role="status">
      <h2>{t(`common.clearances.call.${status}`)}</h2>
      <p>{t(`mobile.clearances.station.${cause}`)}</p>
      <dl className="facts">
        <dt>{t("mobile.clearances.station.calledAt")}</dt>
        <dd>{shortDateTime(calledAt)}</dd>
        {acceptedByName ? (
          <>
            <dt>{t("mobile.clearances.station.who")}</dt>
            <dd>{acceptedByName}</dd>
          </>
        ) : null}
        {arrivedAt ? (
          <>
            <dt>{t("mobile.clearances.station.arrivedAt")}</dt>
            <dd>{shortDateTime(arrivedAt)}</dd>
          </>
        ) : null}
      </dl>
      {reason ? <p>{t("mobile.clearances.station.reason", { reason })}</p> : null}
      {isEnd ? null : <p className="notice-warn">{t("mobile.clearances.station.wait")}</p>}
    </section>
  );
}
