import type { RegionCode } from "@hanyouxu/protocol";
import {
  type AlarmPolicy,
  type ApprovalPolicy,
  alarmPolicy,
  approvalPolicy,
  type CameraPolicy,
  type ClearancePolicy,
  cameraPolicy,
  clearancePolicy,
  defaultAlarmPolicy,
  defaultApprovalPolicy,
  defaultCameraPolicy,
  defaultClearancePolicy,
  defaultHotWorkPolicy,
  defaultRectificationPolicy,
  defaultStartPolicy,
  type HotWorkPolicy,
  hotWorkPolicy,
  type PolicyProblem,
  type RectificationPolicy,
  rectificationPolicy,
  type StartPolicy,
  startPolicy,
  type WorkCalendar,
  workCalendarOf,
} from "@hanyouxu/rules";
import { type Expression, type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "./tables.ts";

/**
 * A region's own values with the version that names them; the defaults hold for what it leaves out. Those of a start
 * stand beside `version`, those of hot work, of approvals, of clearances, of alarms and of cameras in parts of their own: one version names all.
 */
export type StoredPolicy = Record<string, unknown> & {
  version: string;
  hotWork?: Record<string, unknown>;
  approval?: Record<string, unknown>;
  clearance?: Record<string, unknown>;
  alarm?: Record<string, unknown>;
  camera?: Record<string, unknown>;
  rectification?: Record<string, unknown>;
};

/** The newest policy in force of the region or the nearest above it that has one; null where none has. In SQL. */
export function policyOfRegion(region: Expression<unknown>, nowMs: number): RawBuilder<StoredPolicy | null> {
  return sql<StoredPolicy | null>`
    (select p."values" || jsonb_build_object('version', p.region_code || '-' || p.version)
     from policies p
     where ${region} like p.region_code || '%' and p.effective_from <= ${new Date(nowMs)}
     order by length(p.region_code) desc, p.version desc limit 1)`;
}

/** What a region's policy says of starts, with defaults for what it leaves out; values are checked when they are stored. */
export function policyFrom(overrides: StoredPolicy | null): StartPolicy {
  if (!overrides) return defaultStartPolicy;
  const {
    hotWork: _hotWork,
    approval: _approval,
    clearance: _clearance,
    alarm: _alarm,
    camera: _camera,
    rectification: _rectification,
    ...start
  } = overrides;
  return checked(startPolicy(start), overrides.version);
}

/** What it says of hot work. */
export function hotWorkPolicyFrom(overrides: StoredPolicy | null): HotWorkPolicy {
  if (!overrides) return defaultHotWorkPolicy;
  return checked(hotWorkPolicy({ ...overrides.hotWork, version: overrides.version }), overrides.version);
}

/** What it says of approving a hot-work permit at its place. */
export function approvalPolicyFrom(overrides: StoredPolicy | null): ApprovalPolicy {
  if (!overrides) return defaultApprovalPolicy;
  return checked(approvalPolicy({ ...overrides.approval, version: overrides.version }), overrides.version);
}

/** What it says of clearances in key areas. */
export function clearancePolicyFrom(overrides: StoredPolicy | null): ClearancePolicy {
  if (!overrides) return defaultClearancePolicy;
  return checked(clearancePolicy({ ...overrides.clearance, version: overrides.version }), overrides.version);
}

/** What it says of alarms. */
export function alarmPolicyFrom(overrides: StoredPolicy | null): AlarmPolicy {
  if (!overrides) return defaultAlarmPolicy;
  return checked(alarmPolicy({ ...overrides.alarm, version: overrides.version }), overrides.version);
}

/** What it says of cameras. */
export function cameraPolicyFrom(overrides: StoredPolicy | null): CameraPolicy {
  if (!overrides) return defaultCameraPolicy;
  return checked(cameraPolicy({ ...overrides.camera, version: overrides.version }), overrides.version);
}

/** What it says of rectification, credit and appeals. */
export function rectificationPolicyFrom(overrides: StoredPolicy | null): RectificationPolicy {
  if (!overrides) return defaultRectificationPolicy;
  return checked(
    rectificationPolicy({ ...overrides.rectification, version: overrides.version }),
    overrides.version,
  );
}

/** The policy on starts that holds in a region now. */
export async function startPolicyOf(
  db: Kysely<Tables>,
  regionCode: RegionCode,
  nowMs: number,
): Promise<StartPolicy> {
  return policyFrom(await storedPolicyOf(db, regionCode, nowMs));
}

/** The policy on hot work that holds in a region now. */
export async function hotWorkPolicyOf(
  db: Kysely<Tables>,
  regionCode: RegionCode,
  nowMs: number,
): Promise<HotWorkPolicy> {
  return hotWorkPolicyFrom(await storedPolicyOf(db, regionCode, nowMs));
}

/** What a region's policy says of rectification, credit and appeals now, and when it works. */
export async function rectificationPolicyOf(
  db: Kysely<Tables>,
  regionCode: RegionCode,
  nowMs: number,
): Promise<{ policy: RectificationPolicy; calendar: WorkCalendar }> {
  const stored = await storedPolicyOf(db, regionCode, nowMs);
  const policy = rectificationPolicyFrom(stored);
  return { policy, calendar: workCalendarOf(policy, hotWorkPolicyFrom(stored)) };
}

export async function storedPolicyOf(
  db: Kysely<Tables>,
  regionCode: RegionCode,
  nowMs: number,
): Promise<StoredPolicy | null> {
  const { rows } = await sql<{ policy: StoredPolicy | null }>`
    select ${policyOfRegion(sql`${regionCode}::text`, nowMs)} as policy`.execute(db);
  return rows[0]?.policy ?? null;
}

function checked<Policy>(
  made: { ok: true; policy: Policy } | { ok: false; problems: PolicyProblem[] },
  version: string,
): Policy {
  if (made.ok) return made.policy;
  const fields = made.problems.map(({ field }) => field).join(", ");
  throw new Error(`stored policy ${version} is invalid: ${fields}`);
}
