import { evidenceContentPath, evidencePreviewPath, type StationCall } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { dateTime } from "../../ui/format.ts";

/** Every call of the fire station in this clearance; nothing where there was none. */
export function StationCalls({ calls }: { calls: readonly StationCall[] }) {
  const { t } = useTranslation();
  if (calls.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="calls-title">
      <h2 id="calls-title" className="panel-title">
        {t("console.clearances.calls")}
      </h2>
      {calls.map((call) => (
        <article key={call.stationCallId} className="scene-attempt" data-call={call.status}>
          <h3>
            <Link to={`/station-calls?id=${call.stationCallId}&isOpen=${isOpen(call)}`}>
              {t(`common.clearances.cause.${call.cause}`)} · {t(`common.clearances.call.${call.status}`)}
            </Link>
          </h3>
          <CallTimes call={call} />
          <StationPictures evidenceIds={call.evidenceIds} />
        </article>
      ))}
    </section>
  );
}

export function isOpen({ status }: Pick<StationCall, "status">): boolean {
  return status !== "released" && status !== "forbidden";
}

/** When each step of the station was taken, by whom, and what was found. */
export function CallTimes({ call }: { call: StationCall }) {
  const { t } = useTranslation();
  const rows = [
    [t("console.clearances.call.called"), dateTime(call.calledAt)],
    [t("console.clearances.call.level"), call.level > 0 ? String(call.level) : null],
    [t("console.clearances.call.due"), call.dueAt && dateTime(call.dueAt)],
    [t("console.clearances.call.accepted"), call.acceptedAt && dateTime(call.acceptedAt)],
    [t("console.clearances.call.who"), call.acceptedByName],
    [t("console.clearances.call.arrived"), call.arrivedAt && dateTime(call.arrivedAt)],
    [t("console.clearances.call.decided"), call.decidedAt && dateTime(call.decidedAt)],
    [t("console.clearances.call.reason"), call.reason],
  ] as const;
  return (
    <dl className="facts">
      {rows.flatMap(([name, value]) =>
        value ? [<dt key={name}>{name}</dt>, <dd key={`${name}-value`}>{value}</dd>] : [],
      )}
    </dl>
  );
}

export function StationPictures({ evidenceIds }: { evidenceIds: readonly string[] }) {
  const { t } = useTranslation();
  if (evidenceIds.length === 0) return null;
  return (
    <div className="scene-pictures">
      {evidenceIds.map((evidenceId, index) => (
        <a key={evidenceId} href={evidenceContentPath(evidenceId)} target="_blank" rel="noreferrer">
          <img
            src={evidencePreviewPath(evidenceId)}
            alt={t("console.clearances.call.picture", { count: index + 1 })}
          />
        </a>
      ))}
    </div>
  );
}
