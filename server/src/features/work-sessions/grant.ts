import {
  type Grant,
  MAX_FENCE_RADIUS_METRES,
  MAX_GRANT_SECONDS,
  type WorkSessionId,
} from "@hanyouxu/protocol";
import { gasLimitsOf, keyAreasForbidFromMs, type StartPolicy, type TimedPosition } from "@hanyouxu/rules";
import { fenceForGrant } from "../../fence/fence-for-grant.ts";
import type { FenceShape } from "../../fence/fence-shape.ts";
import type { GatheredStart, StartDecision } from "../decisions/decisions.ts";

/** A chip's clock may be behind by what the platform still calls verified. */
const CLOCK_TOLERANCE_SECONDS = 120;

/**
 * What the chip is allowed, from the decision and the region's numbers; where a region asks for more than a grant can
 * carry or the standard permits, the smaller holds. It ends where a key area begins to forbid hot work. Pure.
 * @param clearedArea the key area that the start was cleared for: the chip holds it even without a network
 */
export function grantFor(
  workSessionId: WorkSessionId,
  gathered: Pick<GatheredStart, "pseudonym">,
  start: Pick<StartDecision, "policy" | "digest" | "facts">,
  nowMs: number,
  clearedArea: FenceShape | null = null,
): Grant {
  const { policy } = start;
  const place = placeOf(start, nowMs);
  const energisedSeconds = energisedSecondsOf(start, nowMs);
  return {
    workSessionId,
    welderPseudonym: gathered.pseudonym,
    notBeforeSeconds: Math.floor(nowMs / 1000) - CLOCK_TOLERANCE_SECONDS,
    validSeconds: energisedSeconds + CLOCK_TOLERANCE_SECONDS,
    maxEnergisedSeconds: energisedSeconds,
    idleLimitSeconds: Math.round(policy.idleLimitMinutes * 60),
    fence: clearedArea && place ? fenceForGrant(clearedArea, place) : circleAround(place, policy),
    ...gasLimitsOf(policy),
    isWatchHeartbeatRequired: false,
    decisionDigest: start.digest.slice(0, 16),
  };
}

function energisedSecondsOf(
  { policy, facts }: Pick<StartDecision, "policy" | "facts">,
  nowMs: number,
): number {
  const longestSeconds = MAX_GRANT_SECONDS - CLOCK_TOLERANCE_SECONDS;
  const seconds = Math.min(Math.round(policy.maximumEnergisedMinutes * 60), longestSeconds);
  const forbiddenFromMs = keyAreasForbidFromMs(facts, nowMs, nowMs + seconds * 1000);
  return forbiddenFromMs === null ? seconds : Math.floor((forbiddenFromMs - nowMs) / 1000);
}

/** Where the machine is: by its own fix while that is fresh, otherwise where the person stands who scanned it. */
function placeOf({ policy, facts }: Pick<StartDecision, "policy" | "facts">, nowMs: number) {
  const { position } = facts.chip;
  const isFresh =
    position !== null && nowMs - position.fixedAtMs <= policy.machinePositionMaxAgeMinutes * 60_000;
  const places = [isFresh ? position : null, facts.phonePosition];
  return places.find((place) => place && place.accuracyMetres <= policy.worstUsefulAccuracyMetres) ?? null;
}

/** Without any known place the grant holds where the machine stands: there is nothing to fence. */
function circleAround(position: TimedPosition | null, policy: StartPolicy): Grant["fence"] {
  if (!position) return null;
  return {
    kind: "circle",
    latitudeE7: Math.round(position.latitudeDegrees * 1e7),
    longitudeE7: Math.round(position.longitudeDegrees * 1e7),
    radiusMetres: Math.min(
      Math.round(policy.fenceRadiusMetres + position.accuracyMetres),
      MAX_FENCE_RADIUS_METRES,
    ),
  };
}
