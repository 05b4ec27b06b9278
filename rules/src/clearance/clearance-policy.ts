import {
  defaultPolicy,
  number,
  type PolicyOf,
  type PolicyProblem,
  policyFrom,
  programs,
} from "../policy-field.ts";

/** Regional numbers of a clearance: how long each step may take and how the fire watch is asked. */
export const clearancePolicyFields = {
  sceneAttempts: number(
    2,
    1,
    5,
    "",
    "现场核查几次不通过转消防站",
    "failed scene checks after which the fire station comes",
  ),
  sceneReviewMinutes: number(
    15,
    1,
    240,
    "min",
    "现场核查的时限",
    "time in which a scene check is to be judged",
  ),
  sceneDecidingPrograms: programs(
    "可单独作出现场核查结论的程序（名称@版本，每行一个；未列出的只提建议，由人员确认）",
    "programs that decide scene checks alone (name@version, one a line; others only propose, staff decide)",
  ),
  scenePassMinutes: number(
    30,
    5,
    240,
    "min",
    "核查通过后多久内必须开工",
    "time from a passed check in which work must begin",
  ),
  breakMinutes: number(60, 5, 240, "min", "停工多久算完工", "break after which the work counts as finished"),
  watchAskLeastMinutes: number(
    8,
    1,
    120,
    "min",
    "监护在岗确认的最短间隔",
    "shortest time between two questions to the fire watch",
  ),
  watchAskMostMinutes: number(
    20,
    1,
    240,
    "min",
    "监护在岗确认的最长间隔",
    "longest time between two questions to the fire watch",
  ),
  watchAnswerMinutes: number(
    3,
    1,
    30,
    "min",
    "监护在岗确认的回答时限",
    "time in which the fire watch is to answer",
  ),
  watchGraceMinutes: number(
    2,
    0,
    30,
    "min",
    "监护脱岗警告后多久停止起弧",
    "time from the warning until no new arc starts",
  ),
  watchDistanceMetres: number(
    50,
    5,
    500,
    "m",
    "监护人离动火点的最大距离",
    "greatest distance of the fire watch from the hot-work point",
  ),
  siteCodeSeconds: number(15, 5, 120, "s", "场所码多久更换一次", "life of one site code"),
  stationAcceptMinutes: number(
    10,
    1,
    240,
    "min",
    "消防站接单时限",
    "time in which the fire station is to accept",
  ),
  stationArriveMinutes: number(30, 5, 480, "min", "消防站到场时限", "time from accepting to arriving"),
  smoulderCheckGraceMinutes: number(
    5,
    1,
    60,
    "min",
    "余火检查可迟到多久",
    "how late a smoulder check may be",
  ),
  unusedHours: number(
    24,
    1,
    168,
    "h",
    "没有开工的动火许可保留多久",
    "life of a clearance under which no work began",
  ),
} as const;

/** The numbers in force, with the version that names them. */
export type ClearancePolicy = PolicyOf<typeof clearancePolicyFields>;

/** What every region starts with. */
export const defaultClearancePolicy: ClearancePolicy = defaultPolicy(clearancePolicyFields);

/** A policy on clearances from regional overrides, the defaults for what they leave out, or what is wrong with them. */
export function clearancePolicy(
  overrides: Readonly<Record<string, unknown>> & { version: string },
): { ok: true; policy: ClearancePolicy } | { ok: false; problems: PolicyProblem[] } {
  return policyFrom(clearancePolicyFields, overrides);
}
