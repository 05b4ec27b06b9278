import { defaultPolicy, number, type PolicyOf, type PolicyProblem, policyFrom } from "../policy-field.ts";

/**
 * What counts as approving at the place. GB 30871 4.11 a) says that the approver approves at the place, and leaves open
 * how that is proved: these numbers are the platform's own, and a region may set others.
 */
export const approvalPolicyFields = {
  approvalDistanceMetres: number(
    100,
    10,
    1000,
    "m",
    "审批人离动火点的最大距离",
    "greatest distance of the approver from the hot-work point",
  ),
  approvalAccuracyMetres: number(
    60,
    5,
    500,
    "m",
    "审批人定位的最大误差",
    "greatest uncertainty of the approver's position",
  ),
  approvalPositionSeconds: number(
    120,
    10,
    600,
    "s",
    "审批人定位的有效时间",
    "age at which the approver's position no longer counts",
  ),
} as const;

/** The numbers in force, with the version that names them. */
export type ApprovalPolicy = PolicyOf<typeof approvalPolicyFields>;

/** An approval's policy from regional overrides; see policy-field.ts. */
export function approvalPolicy(
  overrides: Readonly<Record<string, unknown>> & { version: string },
): { ok: true; policy: ApprovalPolicy } | { ok: false; problems: PolicyProblem[] } {
  return policyFrom(approvalPolicyFields, overrides);
}

/** What every region starts with. */
export const defaultApprovalPolicy: ApprovalPolicy = defaultPolicy(approvalPolicyFields);
