import { defaultPolicy, number, type PolicyOf, type PolicyProblem, policyFrom } from "../policy-field.ts";

/** Regional numbers of what cameras in chips take. */
export const cameraPolicyFields = {
  pictureDays: number(
    31,
    1,
    366,
    "d",
    "日常画面（开机、定时、人工抓拍）的保存天数",
    "days that everyday pictures are kept: of starts, at intervals, on request",
  ),
  // GB 30871-2022 annex B.3 asks at least one month for video of hot work: no region keeps it for less.
  videoDays: number(
    92,
    31,
    1_096,
    "d",
    "预警画面和短片的保存天数（不少于一个月）",
    "days that pictures and clips of alarms are kept, one month at least",
  ),
} as const;

/** The numbers in force, with the version that names them. */
export type CameraPolicy = PolicyOf<typeof cameraPolicyFields>;

/** What every region starts with. */
export const defaultCameraPolicy: CameraPolicy = defaultPolicy(cameraPolicyFields);

/** A policy on cameras from regional overrides, the defaults for what they leave out, or what is wrong with them. */
export function cameraPolicy(
  overrides: Readonly<Record<string, unknown>> & { version: string },
): { ok: true; policy: CameraPolicy } | { ok: false; problems: PolicyProblem[] } {
  return policyFrom(cameraPolicyFields, overrides);
}
