import type { AlarmSummary } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";

/** How grave it is; the word says what the colour says. */
export function SeverityTag({ severity }: Pick<AlarmSummary, "severity">) {
  const { t } = useTranslation();
  return (
    <span className="alarm-severity" data-severity={severity}>
      {t(`common.alarms.severity.${severity}`)}
    </span>
  );
}

/** Whether it is still so, and how far people are with it. */
export function AlarmStanding({ alarm }: { alarm: Pick<AlarmSummary, "condition" | "handling" | "level"> }) {
  const { t } = useTranslation();
  const { condition, handling, level } = alarm;
  return (
    <span className="alarm-standing" data-condition={condition} data-handling={handling}>
      <span className={condition === "active" ? "is-bad" : "is-good"}>
        {t(`common.alarms.condition.${condition}`)}
      </span>{" "}
      · <span>{t(`common.alarms.handling.${handling}`)}</span>
      {level > 0 ? <span className="is-warn"> · {t("common.alarms.escalatedTo", { level })}</span> : null}
    </span>
  );
}

/** Where it is, from the narrowest to the widest. */
export function whereOf({
  keyAreaName,
  machineName,
  regionName,
}: Pick<AlarmSummary, "keyAreaName" | "machineName" | "regionName">): string {
  return [machineName, keyAreaName, regionName].filter(Boolean).join(" · ");
}
