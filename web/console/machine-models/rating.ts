import type { ModelFacts } from "@hanyouxu/api";
import { measured } from "../../ui/format.ts";

/** A machine's rating in its unit, or a dash. */
export function ratingOf({ ratedCurrentAmps, ratedCapacityKva }: ModelFacts): string {
  return ratedCapacityKva === null ? measured(ratedCurrentAmps, "A") : measured(ratedCapacityKva, "kVA");
}
