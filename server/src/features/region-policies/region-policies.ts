import { bilingual, type PolicyParts, type RegionPolicy, type ShownPolicyField } from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import {
  alarmPolicy,
  alarmPolicyFields,
  approvalPolicy,
  approvalPolicyFields,
  cameraPolicy,
  cameraPolicyFields,
  clearancePolicy,
  clearancePolicyFields,
  hotWorkPolicy,
  hotWorkPolicyFields,
  type PolicyField,
  type PolicyProblem,
  rectificationPolicy,
  rectificationPolicyFields,
  startPolicy,
  startPolicyFields,
} from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import {
  alarmPolicyFrom,
  approvalPolicyFrom,
  cameraPolicyFrom,
  clearancePolicyFrom,
  hotWorkPolicyFrom,
  policyFrom,
  rectificationPolicyFrom,
  storedPolicyOf,
} from "../../db/region-policy.ts";
import { AppError } from "../../errors.ts";
import {
  findPolicyValues,
  findRegion,
  insertPolicy,
  newestVersionForUpdate,
  selectPolicyVersions,
} from "./queries.ts";

export interface NewRegionPolicy {
  region: RegionCode;
  /** The newest version that its author saw. */
  basedOnVersion: number;
  /** Undefined: at once. */
  effectiveFromMs: number | undefined;
  values: PolicyParts;
  reason: string;
}

const FIELDS: readonly ShownPolicyField[] = [
  ...Object.entries<PolicyField>(startPolicyFields).map(shownField("start")),
  ...Object.entries<PolicyField>(hotWorkPolicyFields).map(shownField("hotWork")),
  ...Object.entries<PolicyField>(approvalPolicyFields).map(shownField("approval")),
  ...Object.entries<PolicyField>(clearancePolicyFields).map(shownField("clearance")),
  ...Object.entries<PolicyField>(alarmPolicyFields).map(shownField("alarm")),
  ...Object.entries<PolicyField>(cameraPolicyFields).map(shownField("camera")),
  ...Object.entries<PolicyField>(rectificationPolicyFields).map(shownField("rectification")),
];

/** The numbers that count in a region now and every version that ever counted there. @throws region_policy.no_region */
export async function regionPolicyOf(
  ctx: Pick<AppContext, "db" | "clock">,
  region: RegionCode,
): Promise<RegionPolicy> {
  if (!(await findRegion(ctx.db, region))) throw new AppError("region_policy.no_region");
  const stored = await storedPolicyOf(ctx.db, region, ctx.clock.nowMs());
  const { version, ...start } = policyFrom(stored);
  const { version: _same, ...hotWork } = hotWorkPolicyFrom(stored);
  const { version: _its, ...approval } = approvalPolicyFrom(stored);
  const { version: _again, ...clearance } = clearancePolicyFrom(stored);
  const { version: _likewise, ...alarm } = alarmPolicyFrom(stored);
  const { version: _too, ...camera } = cameraPolicyFrom(stored);
  const { version: _also, ...rectification } = rectificationPolicyFrom(stored);
  const rows = await selectPolicyVersions(ctx.db, region);
  return {
    region,
    fields: [...FIELDS],
    inForce: {
      start,
      hotWork: hotWork as unknown as PolicyParts["hotWork"],
      approval,
      clearance: clearance as unknown as PolicyParts["clearance"],
      alarm: alarm as unknown as PolicyParts["alarm"],
      camera,
      rectification,
    },
    inForceVersion: version,
    newestVersion: rows.find((row) => row.region_code === region)?.version ?? 0,
    versions: rows.map((row) => ({
      region: row.region_code,
      regionName: row.name,
      version: row.version,
      effectiveFrom: row.effective_from.toISOString(),
      values: partsOf(row.values),
      isInForce: `${row.region_code}-${row.version}` === stored?.version,
    })),
  };
}

/**
 * A new version of a region's numbers. What was decided before keeps the version it was decided under.
 * @throws region_policy.no_region, region_policy.invalid, region_policy.changed_meanwhile
 */
export async function setRegionPolicy(
  ctx: Pick<AppContext, "db" | "clock" | "audit">,
  { region, basedOnVersion, effectiveFromMs, values, reason }: NewRegionPolicy,
  actor: string,
): Promise<number> {
  if (!(await findRegion(ctx.db, region))) throw new AppError("region_policy.no_region");
  const nowMs = ctx.clock.nowMs();
  const fields = [
    ...problemsOf("start", startPolicy({ ...values.start, version: "new" })),
    ...problemsOf("hotWork", hotWorkPolicy({ ...values.hotWork, version: "new" })),
    ...problemsOf("approval", approvalPolicy({ ...values.approval, version: "new" })),
    ...problemsOf("clearance", clearancePolicy({ ...values.clearance, version: "new" })),
    ...problemsOf("alarm", alarmPolicy({ ...values.alarm, version: "new" })),
    ...problemsOf("camera", cameraPolicy({ ...values.camera, version: "new" })),
    ...problemsOf("rectification", rectificationPolicy({ ...values.rectification, version: "new" })),
    ...(effectiveFromMs !== undefined && effectiveFromMs < nowMs
      ? [
          {
            path: "body.effectiveFrom",
            message: bilingual("生效时间不能早于现在", "It cannot take effect before now"),
          },
        ]
      : []),
  ];
  if (fields.length > 0) throw new AppError("region_policy.invalid", { fields });
  return await ctx.db.transaction().execute(async (tx) => {
    const newest = await newestVersionForUpdate(tx, region);
    if (newest !== basedOnVersion)
      throw new AppError("region_policy.changed_meanwhile", { details: { newestVersion: newest } });
    const version = newest + 1;
    const { start, ...parts } = values;
    const effectiveFrom = new Date(effectiveFromMs ?? nowMs);
    const before = newest === 0 ? null : partsOf(await findPolicyValues(tx, region, newest));
    await insertPolicy(tx, {
      region_code: region,
      version,
      effective_from: effectiveFrom,
      values: JSON.stringify({ ...start, ...parts }),
      changed_by: actor,
    });
    await ctx.audit.record(tx, {
      actor,
      action: "region_policy.set",
      subject: `region:${region}`,
      details: { version, effectiveFrom: effectiveFrom.toISOString(), reason, before, after: values },
    });
    return version;
  });
}

function partsOf(values: Record<string, unknown> | null): PolicyParts {
  const {
    hotWork = {},
    approval = {},
    clearance = {},
    alarm = {},
    camera = {},
    rectification = {},
    ...start
  } = values ?? {};
  return { start, hotWork, approval, clearance, alarm, camera, rectification } as PolicyParts;
}

function problemsOf(
  part: keyof PolicyParts,
  made: { ok: true } | { ok: false; problems: readonly PolicyProblem[] },
) {
  if (made.ok) return [];
  return made.problems.map(({ field, reason }) => ({
    path: `body.values.${part}.${field}`,
    message: bilingual(reason.zh, reason.en),
  }));
}

function shownField(part: keyof PolicyParts) {
  return ([name, field]: [string, PolicyField]): ShownPolicyField => ({
    part,
    name,
    kind: field.kind,
    default: Array.isArray(field.default) ? [...field.default] : (field.default as number | string),
    min: field.kind === "number" ? field.min : null,
    max: field.kind === "number" ? field.max : null,
    unit: field.kind === "number" ? field.unit : null,
    choices: field.kind === "choice" ? [...field.choices] : null,
    doc: field.doc,
  });
}
