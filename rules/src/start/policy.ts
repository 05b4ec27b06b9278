import {
  choice,
  defaultPolicy,
  number,
  type PolicyField,
  type PolicyOf,
  type PolicyProblem,
  policyFrom,
} from "../policy-field.ts";

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
  gasSensorDemand: choice(
    ["none", "when-fitted", "always"],
    "when-fitted",
    "气体传感器不可用时哪些焊机不得开机：none 不限，when-fitted 装有传感器的，always 全部",
    "which machines may not start without a usable gas sensor: none, those fitted with one, all",
  ),
  gasCalibrationDays: number(
    365,
    0,
    3650,
    "d",
    "气体传感器校准周期，0 为不检查",
    "interval of the gas sensor's calibration; 0: not looked at",
  ),
  overdueGasCalibration: choice(
    ["warn", "refuse"],
    "warn",
    "气体传感器校准逾期时",
    "when the gas sensor's calibration is overdue",
  ),
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
  placeAgreeingFixes: number(2, 2, 10, "", "几次定位一致才改变判断", "fixes that must agree"),
  placeDwellSeconds: number(10, 10, 300, "s", "定位一致多久才改变判断", "time for which fixes must agree"),
  placeTouchSeconds: number(
    120,
    30,
    1800,
    "s",
    "在边界附近多久算不确定",
    "time at the edge of a key area after which a machine's place is unsure",
  ),
  placeContradictedSeconds: number(
    40,
    20,
    600,
    "s",
    "在重点区域内而定位都在边界外多久算不确定",
    "time for which every fix lies beyond the edge after which a machine in a key area is unsure",
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
    "扫场所牌确认的位置在无定位时有效多久",
    "time for which a place told by a sign or by staff holds without a fix",
  ),
} as const satisfies Record<string, PolicyField>;

/** The values in force in a region, with the version that names them in the audit. */
export type StartPolicy = PolicyOf<typeof startPolicyFields>;

/** A start's policy from regional overrides; see policy-field.ts. */
export function startPolicy(
  overrides: Readonly<Record<string, unknown>> & { version: string },
): { ok: true; policy: StartPolicy } | { ok: false; problems: PolicyProblem[] } {
  return policyFrom(startPolicyFields, overrides);
}

/** The values every region starts with. */
export const defaultStartPolicy: StartPolicy = defaultPolicy(startPolicyFields);
