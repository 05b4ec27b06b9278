import type { Text } from "../text.ts";

/** One regional value: its default, its bounds and what it means. */
export type PolicyField =
  | { kind: "number"; default: number; min: number; max: number; unit: string; doc: Text }
  | { kind: "choice"; default: string; choices: readonly string[]; doc: Text };

const unknown = ["refuse", "allow"] as const;

/** Every regional number of a start. A region overrides values, never code; each version is kept and audited. */
export const startPolicyFields = {
  chipLeaseSeconds: number(
    180,
    30,
    3600,
    "s",
    "芯片多久没有消息算离线",
    "silence after which a chip counts as offline",
  ),
  machinesPerWelder: number(
    2,
    1,
    20,
    "",
    "一名焊工同时最多使用几台焊机",
    "machines one welder may hold at a time",
  ),
  scanDistanceMetres: number(
    200,
    10,
    5000,
    "m",
    "手机与焊机的最大距离",
    "greatest distance of phone and machine",
  ),
  phonePositionMaxAgeSeconds: number(
    120,
    10,
    3600,
    "s",
    "手机定位的有效时间",
    "age at which a phone's fix is unknown",
  ),
  machinePositionMaxAgeMinutes: number(
    60,
    1,
    1440,
    "min",
    "焊机定位的有效时间",
    "age at which a chip's fix is unknown",
  ),
  worstUsefulAccuracyMetres: number(
    500,
    10,
    5000,
    "m",
    "定位误差超过此值视为未知",
    "error beyond which a fix is unknown",
  ),
  unknownPhonePosition: choice(unknown, "refuse", "手机位置未知时", "when the phone's place is unknown"),
  // A chip in a basement cannot help having no fix; the person at the phone can switch location on.
  unknownMachinePosition: choice(unknown, "allow", "焊机位置未知时", "when the machine's place is unknown"),
  overdueMachineInspection: choice(
    ["warn", "refuse"],
    "warn",
    "焊机检验逾期时",
    "when the machine's inspection is overdue",
  ),
  grantSeconds: number(60, 10, 600, "s", "授权送达期限", "time in which a grant must reach its chip"),
  maximumEnergisedMinutes: number(
    480,
    5,
    1440,
    "min",
    "一次授权最长通电时间",
    "longest time under power for one grant",
  ),
  idleLimitMinutes: number(
    30,
    1,
    240,
    "min",
    "无电弧多久自动断电",
    "time without arc after which power goes off",
  ),
  fenceRadiusMetres: number(300, 20, 20000, "m", "授权围栏半径", "radius of the grant's fence"),
  gasWarnPercentLel: number(10, 1, 100, "%LEL", "可燃气体报警值", "combustible gas: warning"),
  gasCutPercentLel: number(20, 1, 100, "%LEL", "可燃气体断电值", "combustible gas: power is cut"),
  workOnLostCertificate: choice(
    ["stop", "let-finish"],
    "stop",
    "作业中证书失效时",
    "when a certificate ceases to count during work",
  ),
  siteAwayMetres: number(
    300,
    20,
    20000,
    "m",
    "离开焊机登记地点多远算外出作业",
    "distance from the machine's home at which it works away",
  ),
  siteOwnerNearbyMetres: number(
    500,
    50,
    5000,
    "m",
    "多近的用焊单位会列给焊工选择",
    "how near a site owner is to be offered to the welder",
  ),
  unnamedSiteOwner: choice(
    ["allow", "require"],
    "allow",
    "外出作业未填用焊单位时",
    "when work away from home names no site owner",
  ),
  placeWorstAccuracyMetres: number(
    100,
    10,
    500,
    "m",
    "判断重点区域时可用的最大定位误差",
    "error beyond which a fix does not count for key areas; receivers compute it from their HDOP",
  ),
  placeFastestMetresPerSecond: number(
    40,
    5,
    100,
    "m/s",
    "焊机移动的最高可信速度，更快视为定位跳变",
    "speed beyond which a fix is taken for a jump",
  ),
  placeStillSeconds: number(
    90,
    30,
    1800,
    "s",
    "静止的焊机在别处定位多久才相信它移动了",
    "time a machine that feels no motion must be seen elsewhere before it counts as moved",
  ),
  placeJumpSeconds: number(
    120,
    30,
    3600,
    "s",
    "跳变后的位置保持多久才采用",
    "time a place reached by a jump must hold before it is taken",
  ),
  placeJumpDoubtMinutes: number(
    30,
    5,
    1440,
    "min",
    "靠跳变离开重点区域后多久仍视为不确定",
    "time for which a machine that left a key area by a jump stays unsure",
  ),
  placeEnterMetres: number(
    10,
    1,
    100,
    "m",
    "进入重点区域多深才算进入",
    "distance within a key area at which a machine is in it",
  ),
  placeExitMetres: number(
    15,
    5,
    200,
    "m",
    "离开重点区域多远才算离开",
    "distance from a key area at which a machine has left it",
  ),
  placeAgreeingFixes: number(3, 2, 10, "", "几次定位一致才改变判断", "fixes that must agree"),
  placeDwellSeconds: number(20, 10, 300, "s", "定位一致多久才改变判断", "time for which fixes must agree"),
  placeTouchSeconds: number(
    120,
    30,
    1800,
    "s",
    "在边界附近多久算不确定",
    "time at the edge of a key area after which a machine's place is unsure",
  ),
  placeBlindMinutes: number(
    10,
    2,
    240,
    "min",
    "在重点区域内多久无定位算不确定",
    "time without a fix after which a machine in a key area is unsure",
  ),
  placeSignHours: number(
    12,
    1,
    72,
    "h",
    "扫区域牌确认的位置在无定位时有效多久",
    "time for which a place told by a sign or by staff holds without a fix",
  ),
} as const satisfies Record<string, PolicyField>;

type Fields = typeof startPolicyFields;
type ValueOf<Field> = Field extends { kind: "choice"; choices: readonly (infer Choice)[] } ? Choice : number;

/** The values in force in a region, with the version that names them in the audit. */
export type StartPolicy = { version: string } & { -readonly [Key in keyof Fields]: ValueOf<Fields[Key]> };

export interface PolicyProblem {
  field: string;
  reason: Text;
}

/**
 * A policy from regional overrides, the defaults for what they leave out. Unknown fields, wrong types, values out
 * of bounds and a version that is missing are problems, each naming its field.
 */
export function startPolicy(
  overrides: Readonly<Record<string, unknown>> & { version: string },
): { ok: true; policy: StartPolicy } | { ok: false; problems: PolicyProblem[] } {
  const problems: PolicyProblem[] = [];
  if (typeof overrides.version !== "string" || overrides.version === "") {
    problems.push({ field: "version", reason: { zh: "需要版本号", en: "needs a version" } });
  }
  const policy: Record<string, string | number> = { version: overrides.version };
  for (const [name, field] of Object.entries<PolicyField>(startPolicyFields)) {
    const value = Object.hasOwn(overrides, name) ? overrides[name] : field.default;
    const reason = problemOf(field, value);
    if (reason) problems.push({ field: name, reason });
    else policy[name] = value as string | number;
  }
  for (const name of Object.keys(overrides)) {
    if (name !== "version" && !Object.hasOwn(startPolicyFields, name)) {
      problems.push({ field: name, reason: { zh: "没有这一项", en: "is no policy value" } });
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, policy: policy as StartPolicy };
}

/** The values every region starts with. */
export const defaultStartPolicy: StartPolicy = Object.freeze({
  version: "default-1",
  ...Object.fromEntries(
    Object.entries<PolicyField>(startPolicyFields).map(([name, field]) => [name, field.default]),
  ),
}) as StartPolicy;

function problemOf(field: PolicyField, value: unknown): Text | undefined {
  if (field.kind === "choice") {
    if (typeof value === "string" && field.choices.includes(value)) return undefined;
    const choices = field.choices.join(" | ");
    return { zh: `只能是 ${choices}`, en: `must be one of ${choices}` };
  }
  if (typeof value === "number" && value >= field.min && value <= field.max) return undefined;
  const range = `${field.min}–${field.max} ${field.unit}`.trim();
  return { zh: `应为 ${range} 的数`, en: `must be a number, ${range}` };
}

function number(value: number, min: number, max: number, unit: string, zh: string, en: string) {
  return { kind: "number", default: value, min, max, unit, doc: { zh, en } } as const;
}

function choice<const Choices extends readonly string[]>(
  choices: Choices,
  value: Choices[number],
  zh: string,
  en: string,
) {
  return { kind: "choice", default: value, choices, doc: { zh, en } } as const;
}
