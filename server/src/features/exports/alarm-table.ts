import type { AlarmSummary, Language } from "@hanyouxu/api";
import { type AlarmHandling, alarmKindTable, type Text } from "@hanyouxu/rules";
import type { Cell } from "../../sheets/cell.ts";
import type { ExportTable } from "./exports.ts";
import { shanghaiTime } from "./shanghai-time.ts";

const severities: Record<AlarmSummary["severity"], Text> = {
  danger: text("危险", "danger"),
  warning: text("警告", "warning"),
  notice: text("提示", "notice"),
};

const conditions: Record<AlarmSummary["condition"], Text> = {
  active: text("仍在发生", "still so"),
  cleared: text("已恢复", "cleared"),
};

const handlings: Record<AlarmHandling, Text> = {
  unacknowledged: text("待确认", "not acknowledged"),
  acknowledged: text("已确认", "acknowledged"),
  dispatched: text("已派单", "dispatched"),
  accepted: text("已接单", "accepted"),
  "on-site": text("已到场", "on site"),
  handled: text("已处置", "handled"),
  verified: text("已核实", "verified"),
  closed: text("已闭环", "closed"),
  "false-alarm": text("误报", "false alarm"),
  merged: text("已合并", "merged"),
  recorded: text("仅存档", "recorded only"),
};

type Column = readonly [head: Text, width: number, of: (alarm: AlarmSummary, word: Word) => Cell];
type Word = (text: Text) => string;

const columns: readonly Column[] = [
  [text("预警", "alarm"), 22, ({ kind }, word) => word(alarmKindTable[kind].title)],
  [text("级别", "severity"), 10, ({ severity }, word) => word(severities[severity])],
  [text("情况", "condition"), 12, ({ condition }, word) => word(conditions[condition])],
  [text("处置", "handling"), 14, ({ handling }, word) => word(handlings[handling])],
  [text("上报级数", "levels up"), 10, ({ level }) => level],
  [text("焊机", "machine"), 28, ({ machineName }) => machineName],
  [text("重点区域", "key area"), 24, ({ keyAreaName }) => keyAreaName],
  [text("所属单位", "enterprise"), 30, ({ enterpriseName }) => enterpriseName],
  [text("区划代码", "region code"), 14, ({ region }) => region],
  [text("乡镇（街道）", "township"), 16, ({ regionName }) => regionName],
  [text("发生时间", "occurred"), 20, ({ occurredAt }) => shanghaiTime(occurredAt)],
  [text("预警时间", "raised"), 20, ({ raisedAt }) => shanghaiTime(raisedAt)],
  [text("次数", "times"), 8, ({ raisedCount }) => raisedCount],
  [text("恢复时间", "cleared at"), 20, ({ clearedAt }) => shanghaiTime(clearedAt)],
  [text("闭环时间", "closed at"), 20, ({ closedAt }) => shanghaiTime(closedAt)],
  [text("处置时限", "due"), 20, ({ dueAt }) => shanghaiTime(dueAt)],
  [text("预警编号", "alarm id"), 38, ({ alarmId }) => alarmId],
];

/** The list of alarms as people take it away; it names no person. */
export function alarmTable(alarms: readonly AlarmSummary[], language: Language): ExportTable {
  const word: Word = ({ zh, en }) => (language === "en" ? en : zh);
  return {
    list: "alarms",
    title: word(text("预警", "alarms")),
    heads: columns.map(([head, width]) => [word(head), width]),
    rows: alarms.map((alarm) => columns.map(([, , of]) => of(alarm, word))),
  };
}

function text(zh: string, en: string): Text {
  return { zh, en };
}
