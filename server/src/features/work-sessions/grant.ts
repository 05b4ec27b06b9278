import type { Grant, WorkSessionId } from "@hanyouxu/protocol";
import type { StartPolicy, TimedPosition } from "@hanyouxu/rules";
import type { GatheredStart, StartDecision } from "../decisions/decisions.ts";

/** What the chip is allowed, from the decision and the region's numbers. Pure. */
export function grantFor(
  workSessionId: WorkSessionId,
  gathered: GatheredStart,
  { policy, digest, facts }: StartDecision,
  nowMs: number,
): Grant {
  const energisedSeconds = policy.maximumEnergisedMinutes * 60;
  return {
    workSessionId,
    welderPseudonym: gathered.pseudonym,
    // A chip's clock may be behind by what the platform still calls verified.
    notBeforeSeconds: Math.floor(nowMs / 1000) - CLOCK_TOLERANCE_SECONDS,
    validSeconds: energisedSeconds + CLOCK_TOLERANCE_SECONDS,
    maxEnergisedSeconds: energisedSeconds,
    idleLimitSeconds: policy.idleLimitMinutes * 60,
    fence: circleAround(facts.chip.position ?? facts.phonePosition, policy),
    gasWarningLelPermille: Math.round(policy.gasWarnPercentLel * 10),
    gasCutLelPermille: Math.round(policy.gasCutPercentLel * 10),
    isWatchHeartbeatRequired: false,
    decisionDigest: digest.slice(0, 16),
  };
}

export const CLOCK_TOLERANCE_SECONDS = 120;

/** Without any known place the grant holds where the machine stands: there is nothing to fence. */
function circleAround(position: TimedPosition | null, policy: StartPolicy): Grant["fence"] {
  if (!position) return null;
  return {
    kind: "circle",
    latitudeE7: Math.round(position.latitudeDegrees * 1e7),
    longitudeE7: Math.round(position.longitudeDegrees * 1e7),
    radiusMetres: Math.round(policy.fenceRadiusMetres + position.accuracyMetres),
  };
}
