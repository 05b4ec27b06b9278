import { type ClearanceDetail, clearanceRoutes } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { dateTime } from "../../ui/format.ts";
import { StationCard } from "./station-card.tsx";
import { StepList } from "./step-list.tsx";

/** How it ended, and the record to keep. */
export function EndedClearance({ clearance }: { clearance: ClearanceDetail }) {
  const { t } = useTranslation();
  const { phase, endedAt, clearanceId, steps, stationCalls } = clearance;
  const isClosed = phase === "closed";
  return (
    <>
      <section className={`card stack ended ${isClosed ? "" : "is-bad"}`} data-phase={phase}>
        <h2>{t(`common.clearances.phase.${phase}`)}</h2>
        <p>{t(`mobile.clearances.ended.${phase as "closed" | "forbidden" | "cancelled" | "expired"}`)}</p>
        {endedAt ? <time dateTime={endedAt}>{dateTime(endedAt)}</time> : null}
      </section>
      <StationCard calls={stationCalls} />
      <StepList steps={steps} />
      <a
        className="photo-button"
        href={clearanceRoutes.getClearanceRecord.path.replace(":clearanceId", clearanceId)}
        target="_blank"
        rel="noreferrer"
      >
        {t("mobile.clearances.record")}
      </a>
      <Link className="photo-button" to="/">
        {t("mobile.clearances.scanNext")}
      </Link>
    </>
  );
}
