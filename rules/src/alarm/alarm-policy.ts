import {
  choice,
  days,
  defaultPolicy,
  number,
  type PolicyOf,
  type PolicyProblem,
  policyFrom,
} from "../policy-field.ts";
import type { AlarmLimits, AlarmSeverity } from "./alarm-kind.ts";
import { type AlarmKind, alarmKindTable } from "./alarm-kinds.ts";

const hourOfDay = (value: number, zh: string, en: string) => number(value, 0, 24, "h", zh, en);
const minutes = (value: number, zh: string, en: string) => number(value, 1, 10_080, "min", zh, en);

/** Regional numbers of alarms: how long each step of handling may take, and from where on something is an alarm. */
export const alarmPolicyFields = {
  dangerAcknowledgeMinutes: minutes(10, "危险级预警的确认时限", "time to acknowledge a danger"),
  dangerFallbackMinutes: minutes(
    2,
    "危险级预警无人确认时，多久呼叫下一顺位",
    "time until the next in line are called of a danger that nobody acknowledges",
  ),
  dangerArriveMinutes: minutes(30, "危险级预警的到场时限", "time to be at the place of a danger"),
  dangerHandleMinutes: minutes(120, "危险级预警的处置时限", "time to handle a danger at the place"),
  dangerVerifyMinutes: minutes(1_440, "危险级预警的核实时限", "time to verify and to close a danger"),
  warningAcknowledgeMinutes: minutes(60, "警告级预警的确认时限", "time to acknowledge a warning"),
  warningFallbackMinutes: minutes(
    10,
    "警告级预警无人确认时，多久呼叫下一顺位",
    "time until the next in line are called of a warning that nobody acknowledges",
  ),
  warningArriveMinutes: minutes(240, "警告级预警的到场时限", "time to be at the place of a warning"),
  warningHandleMinutes: minutes(480, "警告级预警的处置时限", "time to handle a warning at the place"),
  warningVerifyMinutes: minutes(2_880, "警告级预警的核实时限", "time to verify and to close a warning"),
  noticeAcknowledgeMinutes: minutes(1_440, "提示级预警的确认时限", "time to acknowledge a notice"),
  noticeFallbackMinutes: minutes(
    240,
    "提示级预警无人确认时，多久呼叫下一顺位",
    "time until the next in line are called of a notice that nobody acknowledges",
  ),
  noticeArriveMinutes: minutes(2_880, "提示级预警的到场时限", "time to be at the place of a notice"),
  noticeHandleMinutes: minutes(2_880, "提示级预警的处置时限", "time to handle a notice"),
  noticeVerifyMinutes: minutes(10_080, "提示级预警的核实时限", "time to verify and to close a notice"),
  lateMinutes: number(
    10,
    1,
    1_440,
    "min",
    "发生多久以后才上报的只作记录、不再报警",
    "age from which what a chip tells is kept as history and raises no alarm",
  ),
  quietMinutes: number(
    60,
    5,
    10_080,
    "min",
    "多久没有再次发生算恢复（没有恢复信号的预警）",
    "time without repetition after which an alarm without an opposite signal is cleared",
  ),
  repeatedRefusals: number(
    5,
    2,
    50,
    "",
    "同一焊工被拒多少次算多次被拒",
    "refused starts of one welder that make an alarm",
  ),
  repeatedRefusalsMinutes: number(
    10,
    1,
    60,
    "min",
    "多次被拒的统计时长",
    "time within which those refusals count",
  ),
  chipSilentMinutes: number(
    10,
    2,
    240,
    "min",
    "作业中芯片多久没有消息算失联",
    "silence of a chip at work that makes an alarm",
  ),
  chipAwayHours: number(
    40,
    0,
    400,
    "h",
    "未作业的芯片在工作时间内累计多久没有消息算失联，0 为不关注",
    "working time without a word of a chip that is not at work which makes an alarm; 0: not watched",
  ),
  workdayFromHour: hourOfDay(8, "工作时间开始", "beginning of the working time"),
  workdayUntilHour: hourOfDay(18, "工作时间结束", "end of the working time"),
  workdays: choice(
    ["monday-friday", "monday-saturday", "every-day"],
    "monday-friday",
    "工作日：monday-friday 周一至周五，monday-saturday 周一至周六，every-day 每天",
    "days of working time: Monday to Friday, to Saturday, every day",
  ),
  permitGraceMinutes: number(
    2,
    0,
    30,
    "min",
    "作业票到期、暂停或结束后多久仍通电算超出作业票",
    "time under power after a permit was over or suspended which makes an alarm",
  ),
  travelKilometresPerHour: number(
    150,
    20,
    1_000,
    "km/h",
    "同一焊工两次开机之间的最高可信速度",
    "fastest that a welder can have come from one start to the next",
  ),
  twoPlacesMetres: number(
    2_000,
    200,
    50_000,
    "m",
    "一人两地的最小距离",
    "distance from which two places are not one",
  ),
  forgedCodes: number(
    3,
    2,
    50,
    "",
    "伪造或作废的码扫多少次算频繁",
    "scans of forged or void codes that make an alarm",
  ),
  forgedCodesMinutes: number(
    10,
    1,
    60,
    "min",
    "伪造或作废码的统计时长",
    "time within which those scans count",
  ),
  sessionHours: number(
    6,
    0.01,
    24,
    "h",
    "单次作业多久算超时",
    "length of one work session that makes an alarm",
  ),
  workHoursPerDay: number(
    11,
    0.01,
    24,
    "h",
    "焊工每日作业时间上限",
    "hours of work of one welder in a day above which there is an alarm",
  ),
  arcHoursPerDay: number(
    8,
    0.01,
    24,
    "h",
    "焊工每日电弧时间上限",
    "hours of arc of one welder in a day above which there is an alarm",
  ),
  nightWork: choice(
    ["none", "key-areas", "everywhere"],
    "none",
    "哪些夜间作业报警：none 不关注，key-areas 重点区域内，everywhere 全部",
    "work at night that is an alarm: none, in key areas, everywhere",
  ),
  nightFromHour: hourOfDay(22, "夜间开始", "beginning of the night"),
  nightUntilHour: hourOfDay(6, "夜间结束", "end of the night"),
  specialDays: days(
    "特殊日期，当日作业即报警（如重大活动期间）",
    "special days on which all work is an alarm, such as those of great events",
  ),
  certificateWarnDays: number(
    30,
    1,
    180,
    "d",
    "操作证到期或复审前多少天提示",
    "days before the end of a certificate, or its review, from which there is a notice",
  ),
  certificateUrgentDays: number(
    7,
    1,
    60,
    "d",
    "操作证到期或复审前多少天再次提示",
    "days before that from which a notice that was closed comes once more",
  ),
  temperatureCelsius: number(70, 40, 150, "℃", "温度预警值", "temperature from which there is an alarm"),
} as const;

/** The numbers in force, with the version that names them. */
export type AlarmPolicy = PolicyOf<typeof alarmPolicyFields>;

/** What every region starts with. */
export const defaultAlarmPolicy: AlarmPolicy = defaultPolicy(alarmPolicyFields);

/** A temperature alarm is cleared so far below its limit. */
export const TEMPERATURE_HYSTERESIS_CELSIUS = 10;

/** A policy on alarms from regional overrides, the defaults for what they leave out, or what is wrong with them. */
export function alarmPolicy(
  overrides: Readonly<Record<string, unknown>> & { version: string },
): { ok: true; policy: AlarmPolicy } | { ok: false; problems: PolicyProblem[] } {
  return policyFrom(alarmPolicyFields, overrides);
}

/** The time limits of a kind under a policy, in minutes: its severity's, or its own where those are shorter. */
export function alarmLimits(kind: AlarmKind, policy: AlarmPolicy): AlarmLimits {
  const { severity, limits: own = {} } = alarmKindTable[kind];
  const regional = limitsOfSeverity(severity, policy);
  return {
    acknowledge: Math.min(regional.acknowledge, own.acknowledge ?? regional.acknowledge),
    arrive: Math.min(regional.arrive, own.arrive ?? regional.arrive),
    handle: Math.min(regional.handle, own.handle ?? regional.handle),
    verify: Math.min(regional.verify, own.verify ?? regional.verify),
  };
}

function limitsOfSeverity(severity: AlarmSeverity, policy: AlarmPolicy): AlarmLimits {
  return {
    acknowledge: policy[`${severity}AcknowledgeMinutes`],
    arrive: policy[`${severity}ArriveMinutes`],
    handle: policy[`${severity}HandleMinutes`],
    verify: policy[`${severity}VerifyMinutes`],
  };
}
