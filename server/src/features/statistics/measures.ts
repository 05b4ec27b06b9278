import {
  type FieldGroup,
  type StatisticsDimension,
  type StatisticsMeasure,
  type StatisticsMeasureInfo,
  statisticsMeasures,
  statisticsRegionLevels,
  statisticsTimes,
} from "@hanyouxu/api";
import type { Text } from "@hanyouxu/rules";
import { dimensionColumns, type FamilyName, familyOf } from "./families.ts";

/** Counts of different firms, machines and welders: they are made from who worked, not from sums. */
export const workerCounts = {
  firms: "enterprise_id",
  machines: "machine_id",
  welders: "welder_id",
} as const;
export type WorkerCount = keyof typeof workerCounts;

/** A sum of a family's cells, or a count of different ones. */
export type Part = { family: FamilyName; sum: string } | { family: "workers"; sum: WorkerCount };
export const partKey = ({ family, sum }: Part): string => `${family}.${sum}`;

export interface Measure {
  title: Text;
  meaning: Text;
  unit: StatisticsMeasureInfo["unit"];
  digits: number;
  parts: readonly Part[];
  isOfPeople: boolean;
  needs: readonly FieldGroup[];
  /** From the values of the parts, in their order; null where there is nothing to divide by. */
  of(values: readonly number[]): number | null;
}

const GROUPS: Readonly<Record<FamilyName | "workers", FieldGroup>> = {
  sessions: "sessions",
  workers: "sessions",
  decisions: "decisions",
  alarms: "alarms",
  clearances: "sessions",
  certificates: "people",
  machines: "machines",
};
export const groupOf = (family: Part["family"]): FieldGroup => GROUPS[family];

const text = (zh: string, en: string): Text => ({ zh, en });
const part = (family: FamilyName, sum: string): Part => ({ family, sum });
const workers = (sum: WorkerCount): Part => ({ family: "workers", sum });

function measure(
  title: Text,
  meaning: Text,
  parts: readonly Part[],
  rest: Partial<Pick<Measure, "unit" | "digits" | "of" | "isOfPeople">> = {},
): Measure {
  const needs = parts.map(({ family }) => groupOf(family));
  return {
    title,
    meaning,
    parts,
    unit: "count",
    digits: 0,
    isOfPeople: false,
    of: ([value]) => value!,
    ...rest,
    needs: [...new Set(rest.isOfPeople ? ([...needs, "people"] as const) : needs)],
  };
}

const share = {
  unit: "percent",
  digits: 1,
  of: ([some, all]: readonly number[]) => (all! > 0 ? (100 * some!) / all! : null),
} as const;
const hours = { unit: "hours", digits: 1, of: ([ms]: readonly number[]) => ms! / 3_600_000 } as const;

/** Every measure there is. A new one needs its line here and nothing else where its sums are counted already. */
export const measures: Readonly<Record<StatisticsMeasure, Measure>> = {
  sessions: measure(
    text("作业次数", "work sessions"),
    text("当日授权并已通电的作业", "granted on the day and energised"),
    [part("sessions", "sessions")],
  ),
  unusedGrants: measure(
    text("未使用的授权", "unused grants"),
    text("已授权但焊机没有通电", "granted, and the machine was never energised"),
    [part("sessions", "unused_grants")],
  ),
  arcHours: measure(
    text("燃弧时长", "arc hours"),
    text("作业中电弧燃烧的时间，算在授权当日", "time with the arc on, on the day of the grant"),
    [part("sessions", "arc_ms")],
    hours,
  ),
  poweredHours: measure(
    text("通电时长", "powered hours"),
    text("作业中焊机通电的时间，算在授权当日", "time energised, on the day of the grant"),
    [part("sessions", "energised_ms")],
    hours,
  ),
  energyKilowattHours: measure(
    text("焊接能量", "arc energy"),
    text("芯片上报的焊接能量", "energy of welding as the chips report it"),
    [part("sessions", "energy_kilojoules")],
    { unit: "kilowattHours", digits: 1, of: ([kilojoules]) => kilojoules! / 3_600 },
  ),
  arcShare: measure(
    text("燃弧率", "arc share"),
    text("燃弧时长占通电时长", "arc hours of powered hours"),
    [part("sessions", "arc_ms"), part("sessions", "energised_ms")],
    share,
  ),
  workingFirms: measure(
    text("作业单位", "working firms"),
    text("焊机有过作业的不同单位", "different firms whose machines worked"),
    [workers("firms")],
  ),
  workingMachines: measure(
    text("作业焊机", "working machines"),
    text("有过作业的不同焊机", "different machines that worked"),
    [workers("machines")],
  ),
  workingWelders: measure(
    text("作业焊工", "working welders"),
    text("有过作业的不同焊工", "different welders who worked"),
    [workers("welders")],
    { isOfPeople: true },
  ),
  mobileSessionShare: measure(
    text("流动作业占比", "share of mobile work"),
    text("流动焊机的作业占全部作业", "sessions of mobile machines of all sessions"),
    [part("sessions", "mobile_sessions"), part("sessions", "sessions")],
    share,
  ),
  startAttempts: measure(
    text("开机申请", "start attempts"),
    text("每次扫码开机的决定", "every decision on a scan to start"),
    [part("decisions", "attempts")],
  ),
  refusals: measure(
    text("拒绝开机", "refusals"),
    text("被拒绝的开机申请，按首要原因归类", "starts refused, by the first reason"),
    [part("decisions", "refusals")],
  ),
  refusalShare: measure(
    text("拒绝率", "refusal share"),
    text("拒绝占开机申请", "refusals of start attempts"),
    [part("decisions", "refusals"), part("decisions", "attempts")],
    share,
  ),
  uncertifiedStopped: measure(
    text("拦截无证作业", "uncertified attempts stopped"),
    text("任一原因与操作证有关的拒绝", "refusals with any reason about the certificate"),
    [part("decisions", "uncertified")],
  ),
  alarmsRaised: measure(
    text("预警", "alarms raised"),
    text("当日产生的预警，不含仅存档与已合并的", "raised on the day, without records and merged ones"),
    [part("alarms", "raised")],
  ),
  alarmsClosed: measure(
    text("已闭环预警", "alarms closed"),
    text("当日产生、现已闭环的预警", "raised on the day and closed by now"),
    [part("alarms", "closed")],
  ),
  closureMinutes: measure(
    text("平均闭环时长", "mean time to closure"),
    text("已闭环预警从产生到闭环的平均时间", "from raising to closure, of those closed"),
    [part("alarms", "closure_ms"), part("alarms", "closed")],
    {
      unit: "minutes",
      digits: 1,
      of: ([ms, closed]) => (closed! > 0 ? ms! / closed! / 60_000 : null),
    },
  ),
  falseAlarmShare: measure(
    text("误报率", "false alarm share"),
    text("误报占预警", "false alarms of alarms raised"),
    [part("alarms", "false_alarms"), part("alarms", "raised")],
    share,
  ),
  clearancesOpened: measure(
    text("动火许可申请", "clearances opened"),
    text("当日在重点区域发起的动火许可", "opened in key areas on the day"),
    [part("clearances", "opened")],
  ),
  clearancesClosed: measure(
    text("动火许可完成", "clearances completed"),
    text("当日发起、余火监护已结束的动火许可", "opened on the day, smoulder watch over"),
    [part("clearances", "closed")],
  ),
  clearancesForbidden: measure(
    text("禁止动火", "clearances forbidden"),
    text("当日发起、被禁止的动火许可", "opened on the day and forbidden"),
    [part("clearances", "forbidden")],
  ),
  scenesPassed: measure(
    text("现场核查通过", "scenes passed"),
    text("当日提交且通过的现场核查", "scene checks sent in on the day that passed"),
    [part("clearances", "scenes_passed")],
  ),
  scenesFailed: measure(
    text("现场核查不通过", "scenes failed"),
    text("当日提交且不通过的现场核查", "scene checks sent in on the day that failed"),
    [part("clearances", "scenes_failed")],
  ),
  scenePassShare: measure(
    text("现场核查通过率", "share of scenes passed"),
    text("通过占通过、不通过与转派之和", "passed of passed, failed and referred"),
    [
      part("clearances", "scenes_passed"),
      part("clearances", "scenes_failed"),
      part("clearances", "scenes_referred"),
    ],
    {
      ...share,
      of: ([passed, failed, referred]) => share.of([passed!, passed! + failed! + referred!]),
    },
  ),
  certificatesExpiring: measure(
    text("到期证书", "certificates expiring"),
    text("有效期止在期内的有效证书，按焊工登记地", "valid certificates whose last day lies in the period"),
    [part("certificates", "expiring")],
    { isOfPeople: true },
  ),
  reviewsDue: measure(
    text("应复审证书", "certificate reviews due"),
    text("复审日期在期内的有效证书，按焊工登记地", "valid certificates due for review in the period"),
    [part("certificates", "reviews_due")],
    { isOfPeople: true },
  ),
  machines: measure(
    text("在册焊机", "machines"),
    text("期末已登记、现未报废的焊机", "registered by the end of the period and not scrapped since"),
    [part("machines", "machines")],
  ),
  mobileShare: measure(
    text("流动焊机占比", "share of mobile machines"),
    text("流动焊机占在册焊机", "mobile machines of all machines"),
    [part("machines", "mobile_machines"), part("machines", "machines")],
    share,
  ),
  retrofitCoverage: measure(
    text("加芯赋码覆盖率", "retrofit coverage"),
    text("期末已装芯片的焊机占在册焊机", "machines with a chip by the end of the period, of all"),
    [part("machines", "fitted_machines"), part("machines", "machines")],
    share,
  ),
  machineUtilisation: measure(
    text("焊机利用率", "machine utilisation"),
    text("期内有作业的焊机占已装芯片的焊机", "machines that worked of machines with a chip"),
    [workers("machines"), part("machines", "fitted_machines")],
    share,
  ),
};

/** What a measure can be broken down by: what all its parts know. */
export function dimensionsOf(key: StatisticsMeasure): StatisticsDimension[] {
  const { parts } = measures[key];
  const times = parts.some(({ family }) => family === "certificates" || family === "machines")
    ? statisticsTimes.filter((time) => time === "day" || time === "month")
    : statisticsTimes;
  const columns = Object.entries(dimensionColumns)
    .filter(([, column]) => parts.every(({ family }) => column in familyOf(cellsFamily(family)).dimensions))
    .map(([dimension]) => dimension as StatisticsDimension);
  return [...times, ...statisticsRegionLevels, ...columns];
}

/** The family whose cells and sources a part is counted from. */
export const cellsFamily = (family: Part["family"]): FamilyName =>
  family === "workers" ? "sessions" : family;

export function measureInfo(key: StatisticsMeasure): StatisticsMeasureInfo {
  const { title, meaning, unit, digits, needs, isOfPeople, parts } = measures[key];
  return {
    measure: key,
    title,
    meaning,
    unit,
    digits,
    needs: [...needs],
    isOfPeople,
    isStock: parts.every(({ family }) => family !== "workers" && familyOf(family).isStock === true),
    dimensions: dimensionsOf(key),
  };
}

export const allMeasureInfos = statisticsMeasures.map(measureInfo);
