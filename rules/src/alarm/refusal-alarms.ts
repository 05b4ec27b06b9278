import type { AlarmKind } from "./alarm-kinds.ts";
import type { AlarmPolicy } from "./alarm-policy.ts";

const MINUTE_MS = 60_000;

/** The rules of a start whose failing is an alarm by itself. */
export const alarmingStartRules: Readonly<Record<string, AlarmKind>> = {
  "scan-distance": "far-scan",
  "certificate-valid-on-day": "certificate-expired",
};

/** A start that was not granted. */
export interface RefusedStart {
  atMs: number;
  welderId: string;
  ruleIds: readonly string[];
}

/**
 * How often refused starts would raise an alarm, or raise it again after it had gone quiet, if nobody closed any.
 * @param starts the oldest first
 */
export function countRefusalAlarms(
  starts: readonly RefusedStart[],
  policy: Pick<AlarmPolicy, "repeatedRefusals" | "repeatedRefusalsMinutes" | "quietMinutes">,
): Partial<Record<AlarmKind, number>> {
  const counts: Partial<Record<AlarmKind, number>> = {};
  /** When each alarm was last raised, by kind and welder. */
  const raisedAt = new Map<string, number>();
  const refusalsOf = new Map<string, number[]>();
  const raise = (kind: AlarmKind, { welderId, atMs }: RefusedStart) => {
    const key = `${kind}:${welderId}`;
    const lastMs = raisedAt.get(key);
    if (lastMs === undefined || atMs - lastMs >= policy.quietMinutes * MINUTE_MS)
      counts[kind] = (counts[kind] ?? 0) + 1;
    raisedAt.set(key, atMs);
  };
  for (const start of starts) {
    const kinds = new Set(
      start.ruleIds.flatMap((ruleId) =>
        Object.hasOwn(alarmingStartRules, ruleId) ? [alarmingStartRules[ruleId]!] : [],
      ),
    );
    for (const kind of kinds) raise(kind, start);
    const sinceMs = start.atMs - policy.repeatedRefusalsMinutes * MINUTE_MS;
    const recent = (refusalsOf.get(start.welderId) ?? []).filter((atMs) => atMs > sinceMs);
    recent.push(start.atMs);
    refusalsOf.set(start.welderId, recent);
    if (recent.length >= policy.repeatedRefusals) raise("repeated-refusals", start);
  }
  return counts;
}
