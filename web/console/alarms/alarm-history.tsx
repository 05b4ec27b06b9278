import type { AlarmDetail, AlarmHistoryEntry } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { dateTime } from "../../ui/format.ts";
import { StationPictures } from "../clearances/station-calls.tsx";
import { useDepartments } from "../governance/use-departments.ts";

const TONES: Partial<Record<AlarmHistoryEntry["what"], string>> = {
  raised: "bad",
  "raised-again": "bad",
  escalated: "bad",
  called: "work",
  reopen: "bad",
  cleared: "good",
  verify: "good",
  close: "good",
  handle: "work",
};

/** All that happened about an alarm, the newest first, with its pictures. */
export function AlarmHistory({ alarm }: { alarm: AlarmDetail }) {
  const { t } = useTranslation();
  return (
    <section className="panel timeline-panel" aria-labelledby="history-title">
      <h2 id="history-title" className="panel-title">
        {t("console.alarms.history")}
      </h2>
      <ol>
        {[...alarm.history].reverse().map((entry) => (
          <HistoryRow key={entry.seq} entry={entry} />
        ))}
      </ol>
    </section>
  );
}

function HistoryRow({ entry }: { entry: AlarmHistoryEntry }) {
  const { t } = useTranslation();
  const { nameOf } = useDepartments();
  const { what, at, byName, byRole, department, assigneeName, otherAlarmId, position, call } = entry;
  const role = byRole ? t(`common.role.${byRole}` as "common.role.regulator") : t("common.alarms.platform");
  const to = [department && (nameOf(department) ?? department), assigneeName].filter(Boolean).join(" · ");
  return (
    <li className={`timeline-row tone-${TONES[what] ?? "plain"}`} data-what={what}>
      <time dateTime={at}>{dateTime(at)}</time>
      <div>
        <p>
          <strong>{t(`common.alarms.what.${what}`)}</strong> · {[byName, role].filter(Boolean).join(" ")}
          {to ? ` → ${to}` : null}
          {call
            ? ` → ${[call.station, t(`common.alarms.call.${call.who}`), t("common.alarms.call.people", { count: call.people })].filter(Boolean).join(" · ")}`
            : null}
          {what === "escalated" ? ` → ${t("common.alarms.escalatedTo", { level: entry.level })}` : null}
        </p>
        {entry.text ? <p className="alarm-said">{entry.text}</p> : null}
        {otherAlarmId ? (
          <p>
            <Link to={`/alarms/${otherAlarmId}`}>{t("console.alarms.otherAlarm")}</Link>
          </p>
        ) : null}
        {position ? (
          <p className="soft small">
            {t("console.alarms.atPosition", {
              place: `${position.longitudeDegrees.toFixed(5)}, ${position.latitudeDegrees.toFixed(5)}`,
              metres: Math.round(position.accuracyMetres),
            })}
          </p>
        ) : null}
        <StationPictures evidenceIds={entry.evidenceIds} />
      </div>
    </li>
  );
}
