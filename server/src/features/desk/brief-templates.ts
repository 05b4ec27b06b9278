import type { StatisticsMeasure } from "@hanyouxu/api";
import type { Text } from "@hanyouxu/rules";

/** How a measure is told in a sentence. `{n}` is its figure. */
export interface BriefTemplate {
  measure: StatisticsMeasure;
  said: Text;
  /** Of nothing: the figure is nought or cannot be made. */
  none: Text;
  /** What one wants of it. */
  wanted: "more" | "fewer" | "neither";
  /** Of the next so many days, compared with nothing. */
  daysAhead?: number;
}

const text = (zh: string, en: string): Text => ({ zh, en });

/** The brief, sentence by sentence; nothing is said that no measure has counted. */
export const briefTemplates: readonly BriefTemplate[] = [
  {
    measure: "sessions",
    said: text("焊接作业 {n} 次", "{n} work sessions"),
    none: text("没有焊接作业", "no work sessions"),
    wanted: "neither",
  },
  {
    measure: "refusals",
    said: text("拒绝开机 {n} 次", "{n} starts were refused"),
    none: text("没有拒绝开机", "no start was refused"),
    wanted: "neither",
  },
  {
    measure: "uncertifiedStopped",
    said: text("拦截无证作业 {n} 次", "{n} uncertified attempts were stopped"),
    none: text("没有无证作业被拦截", "no uncertified attempt was stopped"),
    wanted: "fewer",
  },
  {
    measure: "alarmsRaised",
    said: text("产生预警 {n} 起", "{n} alarms were raised"),
    none: text("没有产生预警", "no alarm was raised"),
    wanted: "fewer",
  },
  {
    measure: "closureMinutes",
    said: text("已闭环的预警平均用时 {n} 分钟", "alarms that are closed took {n} minutes on average"),
    none: text(
      "产生的预警还没有闭环的，没有闭环用时",
      "no alarm of the day is closed, so there is no time to closure",
    ),
    wanted: "fewer",
  },
  {
    measure: "clearancesOpened",
    said: text("重点区域动火许可申请 {n} 件", "{n} clearances were opened in key areas"),
    none: text("没有重点区域动火许可申请", "no clearance was opened in a key area"),
    wanted: "neither",
  },
  {
    measure: "scenesFailed",
    said: text("现场核查不通过 {n} 次", "{n} scene checks failed"),
    none: text("没有现场核查不通过", "no scene check failed"),
    wanted: "fewer",
  },
  {
    measure: "certificatesExpiring",
    said: text("有 {n} 本操作证到期", "{n} certificates expire"),
    none: text("没有操作证到期", "no certificate expires"),
    wanted: "fewer",
    daysAhead: 30,
  },
];
