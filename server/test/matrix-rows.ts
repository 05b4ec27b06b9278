import type { Role } from "@hanyouxu/api";
import type { ErrorCode } from "../src/errors.ts";

/** Who calls: each role, and a regulator of a department that may see nothing at all. */
export type Caller = Role | "blind";
export const callers: readonly Caller[] = [
  "operator",
  "regulator",
  "station-staff",
  "enterprise-officer",
  "installer",
  "welder",
  "fire-watch",
  "blind",
];

/** What a call carries beside ids that nothing has: enough to get past validation. */
export interface Sample {
  params?: Record<string, string>;
  query?: string;
  body?: object;
  /** Instead of a body: a file as it is. */
  file?: string;
  headers?: Record<string, string>;
}

export interface MatrixRow {
  /** Everyone else is refused with role.forbidden. */
  may: readonly Caller[];
  /** What the blind regulator hears instead, where the role alone would do. */
  blind?: ErrorCode;
  sample?: Sample;
}

export const STAFF: readonly Caller[] = ["operator", "regulator", "station-staff", "enterprise-officer"];
export const MANAGERS: readonly Caller[] = ["operator", "regulator", "blind"];
/** Who acts for regions. */
export const AUTHORITIES: readonly Caller[] = ["operator", "regulator", "station-staff"];
export const PLANNERS: readonly Caller[] = ["operator", "regulator"];
/** Who keeps the register: a firm its own. */
export const REGISTRARS: readonly Caller[] = [...PLANNERS, "enterprise-officer"];
export const ON_PERMITS: readonly Caller[] = [...STAFF, "welder", "fire-watch", "blind"];
export const FITTERS: readonly Caller[] = [...PLANNERS, "installer"];

/** Who may take part in a clearance, or sees those of a region or firm. */
export const PARTAKERS: readonly Caller[] = [...STAFF, "welder", "fire-watch"];

export const row = (may: readonly Caller[], sample?: Sample): MatrixRow => ({
  may,
  ...(sample ? { sample } : {}),
});
/** Some of the staff, whose department sees the group in question. */
export const sighted = (may: readonly Caller[], sample?: Sample): MatrixRow => ({
  ...row(may, sample),
  blind: "department.forbidden",
});
export const seen = (sample?: Sample): MatrixRow => sighted(STAFF, sample);
export const commanded = (may: readonly Caller[], sample: Sample): MatrixRow => ({
  ...row(may, sample),
  blind: "department.may_not_command",
});
export const everyone = (sample?: Sample): MatrixRow => row(callers, sample);
export const welder = (sample?: Sample): MatrixRow => row(["welder"], sample);
export const installer = (sample?: Sample): MatrixRow => row(["installer"], sample);
export const officer = (sample?: Sample): MatrixRow => row(["enterprise-officer"], sample);
