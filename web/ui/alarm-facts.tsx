import type { AlarmSummary } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { type AlarmFigure, alarmFigures } from "./alarm-figures.ts";
import { duration } from "./format.ts";

/** Where the words of a figure that is a code stand. */
const VALUE_WORDS: Readonly<Record<string, (value: string) => string>> = {
  peripheral: (value) => `common.alarms.peripheral.${value}`,
  permitProblem: (value) => `common.alarms.permitProblem.${value}`,
  otherWork: (value) => `common.simultaneousWork.kind.${value}`,
};

/** The numbers of the alarm's kind, as rows of a list of facts. */
export function AlarmFigureRows({ data }: { data: AlarmSummary["data"] }) {
  const { nameOf, wordOf } = useFigureWords();
  return alarmFigures(data).flatMap((figure) => [
    <dt key={figure.name}>{nameOf(figure)}</dt>,
    <dd key={`${figure.name}-value`}>{wordOf(figure)}</dd>,
  ]);
}

/** The first of them, for a line of a list. */
export function FirstAlarmFigure({ data }: { data: AlarmSummary["data"] }) {
  const { wordOf } = useFigureWords();
  const [figure] = alarmFigures(data);
  return figure && wordOf(figure);
}

/** What a newer platform names is shown as it is. */
function useFigureWords() {
  const { t, i18n } = useTranslation();
  const word = (key: string, otherwise: string) =>
    i18n.exists(key) ? t(key as "common.alarms.data.peripheral") : otherwise;
  return {
    nameOf: ({ name }: AlarmFigure) => word(`common.alarms.data.${name}`, name),
    wordOf: ({ name, value }: AlarmFigure) =>
      VALUE_WORDS[name] ? word(VALUE_WORDS[name](value), value) : value,
  };
}

/** How long until it escalates, or since when it is overdue; nothing without a deadline. */
export function AlarmDeadline({ dueAt, nowMs }: { dueAt: string | null; nowMs: number | null }) {
  const { t } = useTranslation();
  if (dueAt === null || nowMs === null) return null;
  const leftMs = Date.parse(dueAt) - nowMs;
  const isOverdue = leftMs < 0;
  return (
    <span className={isOverdue ? "alarm-deadline is-bad" : "alarm-deadline"} data-overdue={isOverdue}>
      {isOverdue
        ? t("common.alarms.overdue", { time: duration(-leftMs) })
        : t("common.alarms.due", { time: duration(leftMs) })}
    </span>
  );
}
