import type { AlarmSummary } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { FirstAlarmFigure } from "../../ui/alarm-facts.tsx";
import { shortDateTime } from "../../ui/format.ts";
import { useAlarmTitle } from "../../ui/use-alarm-kinds.ts";

/** Alarms as big rows that lead to their pages. */
export function AlarmItems({ items, path }: { items: readonly AlarmSummary[]; path: string }) {
  const { t } = useTranslation();
  const title = useAlarmTitle();
  return (
    <ul className="item-list">
      {items.map((alarm) => (
        <li key={alarm.alarmId}>
          <Link
            className="item-link alarm-item"
            to={`${path}/${alarm.alarmId}`}
            data-alarm={alarm.alarmId}
            data-severity={alarm.severity}
          >
            <span className="row">
              <strong>
                {title(alarm.kind)} <FirstAlarmFigure data={alarm.data} />
              </strong>
              <span className={`tag alarm-${alarm.severity}`}>
                {t(`common.alarms.severity.${alarm.severity}`)}
              </span>
            </span>
            <span>{[alarm.machineName, alarm.keyAreaName].filter(Boolean).join(" · ")}</span>
            <span className="row soft">
              <span>
                {t(`common.alarms.condition.${alarm.condition}`)} ·{" "}
                {t(`common.alarms.handling.${alarm.handling}`)}
              </span>
              <time dateTime={alarm.lastRaisedAt}>{shortDateTime(alarm.lastRaisedAt)}</time>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
