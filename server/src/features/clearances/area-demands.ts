import type { Position } from "@hanyouxu/protocol";
import { type ClearancePolicy, hotWorkRegimeOf, type SmoulderPlan, smoulderWatchOf } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { clearancePolicyFrom, hotWorkPolicyFrom, type StoredPolicy } from "../../db/region-policy.ts";
import type { CurrentKeyArea } from "../key-areas/key-areas.ts";

/** Somebody looks at least so often while the smoulder watch runs, where the law says nothing stricter. */
const LOOK_EVERY_MINUTES = 15;

type Area = Pick<CurrentKeyArea, "policy" | "version" | "regime">;

/** The numbers of a clearance in an area: the region's, and what the area itself sets. */
export function clearancePolicyOf(stored: StoredPolicy | null, { policy, version }: Area): ClearancePolicy {
  const ofRegion = clearancePolicyFrom(stored);
  return {
    ...ofRegion,
    version: `${ofRegion.version}+area-${version}`,
    sceneAttempts: policy.sceneCheckAttempts,
  };
}

/**
 * How long the place is watched after the work: the longer of what the area and what the regime's law ask for. What
 * could smoulder there is not known when the clearance begins, so the careful answer holds.
 */
export function smoulderPlanOf(stored: StoredPolicy | null, { policy, regime }: Area): SmoulderPlan {
  const law = smoulderWatchOf(hotWorkRegimeOf(regime), null, hotWorkPolicyFrom(stored));
  const minutes = Math.max(policy.smoulderWatchMinutes, law.minutes + law.checksMinutes);
  const checkEveryMinutes = Math.min(LOOK_EVERY_MINUTES, law.checkEveryMinutes ?? LOOK_EVERY_MINUTES);
  return { minutes, checkEveryMinutes: Math.min(checkEveryMinutes, minutes) };
}

/** Whether somebody who stands there may be in the area: inside, or its edge lies within the fix's error. */
export function isAtArea(
  { index }: AppContext["watchedAreas"],
  keyAreaId: string,
  { latitudeDegrees, longitudeDegrees, accuracyMetres }: Position,
): boolean {
  const metresInside = index.metresInside(keyAreaId, latitudeDegrees, longitudeDegrees);
  return metresInside !== undefined && metresInside + accuracyMetres >= 0;
}
