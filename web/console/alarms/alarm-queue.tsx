import type { AlarmSummary } from "@hanyouxu/api";
import { Checkbox, Pagination } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { AlarmDeadline, FirstAlarmFigure } from "../../ui/alarm-facts.tsx";
import { dateTime } from "../../ui/format.ts";
import { useAlarmTitle } from "../../ui/use-alarm-kinds.ts";
import type { ListState } from "../ui/use-list-state.ts";
import { AlarmStanding, SeverityTag, whereOf } from "./alarm-words.tsx";

interface Props {
  list: ListState;
  items: readonly AlarmSummary[];
  total: number;
  nowMs: number | null;
  current: AlarmSummary | undefined;
  marked: ReadonlySet<string>;
  onPick: (alarm: AlarmSummary) => void;
  onOpen: (alarm: AlarmSummary) => void;
  onMark: (alarmId: string) => void;
  /** The pointer has come upon the list, or left it. */
  onHold: (isOver: boolean) => void;
}

/** The list at the desk's left: dangers first, one that is looked at, and marks for acknowledging many. */
export function AlarmQueue(props: Props) {
  const { list, items, total, nowMs, current, marked, onPick, onOpen, onMark, onHold } = props;
  const { t } = useTranslation();
  const title = useAlarmTitle();
  const row = useRef<HTMLLIElement>(null);
  const currentId = current?.alarmId;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one is looked at.
  useEffect(() => {
    // Newer browsers answer with a promise, which is no clean-up.
    void row.current?.scrollIntoView({ block: "nearest" });
  }, [currentId]);
  return (
    <nav
      className="panel"
      aria-label={t("console.alarms.title")}
      onPointerEnter={() => onHold(true)}
      onPointerLeave={() => onHold(false)}
    >
      <ul className="alarm-queue">
        {items.map((alarm) => {
          const isCurrent = alarm.alarmId === currentId;
          const words = `${title(alarm.kind)} ${whereOf(alarm)}`;
          return (
            <li
              key={alarm.alarmId}
              ref={isCurrent ? row : null}
              className="alarm-row"
              data-alarm={alarm.alarmId}
              data-kind={alarm.kind}
              data-severity={alarm.severity}
            >
              <Checkbox
                aria-label={t("console.alarms.mark", { words })}
                checked={marked.has(alarm.alarmId)}
                disabled={alarm.handling !== "unacknowledged"}
                onChange={() => onMark(alarm.alarmId)}
              />
              <button
                type="button"
                className="queue-item alarm-pick"
                aria-current={isCurrent}
                onClick={() => onPick(alarm)}
                onDoubleClick={() => onOpen(alarm)}
                onKeyDown={(event) => {
                  if (event.key !== "Enter" || !isCurrent) return;
                  event.preventDefault();
                  onOpen(alarm);
                }}
              >
                <span className="alarm-line">
                  <SeverityTag severity={alarm.severity} />
                  <strong>{title(alarm.kind)}</strong>
                  <span>
                    <FirstAlarmFigure data={alarm.data} />
                  </span>
                </span>
                <span>{whereOf(alarm)}</span>
                <span className="alarm-line">
                  <AlarmStanding alarm={alarm} />
                </span>
                <span className="alarm-line soft small">
                  <span>{dateTime(alarm.lastRaisedAt)}</span>
                  {alarm.raisedCount > 1 ? (
                    <span>{t("console.alarms.times", { count: alarm.raisedCount })}</span>
                  ) : null}
                  <AlarmDeadline dueAt={alarm.dueAt} nowMs={nowMs} />
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      <Pagination
        simple
        size="small"
        current={list.page}
        pageSize={list.pageSize}
        total={total}
        hideOnSinglePage
        onChange={list.setPage}
      />
    </nav>
  );
}
