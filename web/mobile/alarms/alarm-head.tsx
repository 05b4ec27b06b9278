import type { AlarmDetail } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { AlarmFigureRows } from "../../ui/alarm-facts.tsx";
import { dateTime } from "../../ui/format.ts";
import { amapAddress, geoAddress } from "../../ui/navigation-links.ts";
import { useWord } from "../../ui/use-word.ts";

/** What it is, whether it is still so, where, and the way there. */
export function AlarmHead({ alarm }: { alarm: AlarmDetail }) {
  const { t } = useTranslation();
  const word = useWord();
  const { rule, severity, condition, handling, place } = alarm;
  const name = alarm.keyAreaName ?? alarm.machineName ?? word(rule.title);
  const rows = [
    [t("mobile.machine.title"), alarm.machineName],
    [t("mobile.machine.owner"), alarm.enterpriseName],
    [t("mobile.alarms.siteOwner"), alarm.siteOwnerName],
    [t("mobile.alarms.area"), alarm.keyAreaName],
    [t("mobile.alarms.region"), alarm.regionName],
    [t("mobile.alarms.happened"), dateTime(alarm.occurredAt)],
    [t("mobile.alarms.due"), alarm.dueAt && dateTime(alarm.dueAt)],
    [t("mobile.alarms.who"), alarm.assigneeName],
  ] as const;
  return (
    <section className="card stack alarm-head" data-severity={severity} data-handling={handling}>
      <p className="row">
        <span className={`tag alarm-${severity}`}>{t(`common.alarms.severity.${severity}`)}</span>
        <span className={`tag ${condition === "active" ? "tag-stop" : "tag-go"}`}>
          {t(`common.alarms.condition.${condition}`)}
        </span>
        <span className="tag" role="status">
          {t(`common.alarms.handling.${handling}`)}
        </span>
      </p>
      <p>{word(rule.raises)}</p>
      <dl className="facts">
        <AlarmFigureRows data={alarm.data} />
        {rows.flatMap(([label, value]) =>
          value ? [<dt key={label}>{label}</dt>, <dd key={`${label}-value`}>{value}</dd>] : [],
        )}
      </dl>
      {place ? (
        <>
          <a className="photo-button" href={amapAddress(place, name)}>
            {t("mobile.stations.amap")}
          </a>
          <a className="photo-button" href={geoAddress(place, name)}>
            {t("mobile.stations.map")}
          </a>
        </>
      ) : null}
    </section>
  );
}
