import { isCertifiedFor } from "@hanyouxu/simulator";
import type { PowerSpan, SignedGrant } from "../virtual/world-record.ts";
import type { Invariant, World } from "./invariant.ts";

/** What a weld in hand may take after the end of its grant (the chips' default), and a reading's time. */
const GRACE_MS = 120_000 + 2_000;
/** Whole seconds in grants, and a message's way. */
const ROUNDING_MS = 2_000;

/** 1. No relay is closed without a valid grant for that chip, welder and time. */
export const noPowerWithoutGrant: Invariant = {
  name: "no power without a grant",

  checkStep(world) {
    const problems: string[] = [];
    for (const span of world.record.openSpans.values()) {
      const problem = why(world, span);
      if (problem) problems.push(`${span.machineId} has power at ${world.nowMs}: ${problem}`);
    }
    return problems;
  },

  /** The welder to whom it was granted holds a certificate for this machine and works for its owner, whoever says so. */
  async checkPlatform(world, platform) {
    const rows = await platform.read<{ work_session_id: string; machine_id: string; welder_id: string }>(
      "select work_session_id, machine_id, welder_id from work_sessions where energised_at is not null",
    );
    const { machines, welders } = world.county;
    return rows.flatMap(({ work_session_id, machine_id, welder_id }) => {
      const machine = machines.find(({ machineId }) => machineId === machine_id);
      const welder = welders.find(({ welderId }) => welderId === welder_id);
      const isRight =
        machine !== undefined &&
        welder?.enterpriseIds.includes(machine.enterpriseId) === true &&
        isCertifiedFor(welder, machine.process);
      return isRight ? [] : [`${work_session_id} gave ${machine_id} power for ${welder_id}, who may not`];
    });
  },
};

function why(world: World, span: PowerSpan): string | undefined {
  const { record, nowMs, clockToleranceMs } = world;
  const grants = record.grants.get(span.workSessionId) ?? [];
  if (grants.length === 0) return "nobody granted it";
  if (!grants.some(({ chipId }) => chipId === span.chipId)) return "the grant names another chip";
  const tolerance = clockToleranceMs + ROUNDING_MS;
  if (!grants.some((grant) => wasTimely(grant, span.closedAtMs, tolerance))) {
    return "the relay closed outside the grant's time";
  }
  const endsAtMs = Math.max(...grants.map(({ grant }) => lastMs(grant, span.closedAtMs, tolerance)));
  if (nowMs > endsAtMs) return `the grant ended at ${endsAtMs}`;
  const closings = record.closings.get(span.workSessionId) ?? 0;
  return closings > 1 ? `the grant closed the relay ${closings} times` : undefined;
}

function wasTimely(
  { grant, acceptBySeconds }: SignedGrant,
  closedAtMs: number,
  toleranceMs: number,
): boolean {
  return (
    closedAtMs <= acceptBySeconds * 1000 + toleranceMs &&
    closedAtMs >= grant.notBeforeSeconds * 1000 - toleranceMs
  );
}

function lastMs(grant: SignedGrant["grant"], closedAtMs: number, toleranceMs: number): number {
  const byClock = (grant.notBeforeSeconds + grant.validSeconds) * 1000 + toleranceMs;
  const bySpan = closedAtMs + grant.maxEnergisedSeconds * 1000 + ROUNDING_MS;
  return Math.min(byClock, bySpan) + GRACE_MS;
}
