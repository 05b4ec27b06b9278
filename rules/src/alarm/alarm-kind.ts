import type { Text } from "../text.ts";

export const alarmSeverities = ["danger", "warning", "notice"] as const;
/** danger: people may get hurt now; warning: it may come to that; notice: somebody should know. */
export type AlarmSeverity = (typeof alarmSeverities)[number];

/**
 * What ends the condition of an alarm. signal: the opposite is seen; quiet: it has not come again for so long;
 * inspection: a person has looked and verified, nothing else does.
 */
export type AlarmClearing = "signal" | "quiet" | "inspection";

/** Who is told when it is raised. The officer is the enterprise's, the site owner's officer the place's. */
export type AlarmAudience = "welder" | "officer" | "site-owner" | "station" | "regulator";

/** What is kept as evidence, by what it is a record of. */
export type AlarmEvidenceKind =
  | "chip-event"
  | "telemetry"
  | "decision"
  | "refused-code"
  | "work-session"
  | "clearance"
  | "key-area"
  | "work-conflict"
  | "certificate"
  | "picture";

/** Minutes from one step of handling to the next. */
export interface AlarmLimits {
  acknowledge: number;
  /** From the acknowledgement to being at the place. */
  arrive: number;
  handle: number;
  /** From handled to verified, and from verified to closed. */
  verify: number;
}

/** One kind of alarm: a file of its own in `kinds/`. */
export interface AlarmKindRule<Name extends string = string> {
  kind: Name;
  severity: AlarmSeverity;
  title: Text;
  raises: Text;
  clearing: AlarmClearing;
  clears: Text;
  evidence: readonly AlarmEvidenceKind[];
  told: readonly AlarmAudience[];
  /**
   * Alarms with the same cause that it takes the place of, of the same machine or welder: those that are open are merged
   * into it, and none of them is raised while it lasts.
   */
  standsFor?: { kinds: readonly string[]; of: "machine" | "welder" };
  /** Where it must go faster than the region's policy says for its severity; the shorter time counts. */
  limits?: Partial<AlarmLimits>;
}

/** Keeps the kind's name in its type. */
export function defineAlarmKind<const Name extends string>(rule: AlarmKindRule<Name>): AlarmKindRule<Name> {
  return rule;
}
