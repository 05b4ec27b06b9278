import { type Clause, platformPolicy } from "../clause.ts";
import { nfpa51bWatch, osha, ukJointCode } from "./clauses.ts";
import type { SmoulderMaterial } from "./facts.ts";
import type { HotWorkPolicy } from "./policy.ts";
import type { HotWorkRegime } from "./regime.ts";

/** How long somebody stays after the last arc, and how often they look again afterwards. */
export interface SmoulderWatch {
  /** Continuous watch. */
  minutes: number;
  /** Checks for so long after it; 0: none. */
  checksMinutes: number;
  /** Longest time between two checks; null when there are none. */
  checkEveryMinutes: number | null;
  clause: Clause;
}

type SmoulderPolicy = Pick<
  HotWorkPolicy,
  "smoulderWatchMinutes" | "smoulderChecksMinutes" | "smoulderCheckEveryMinutes"
>;

/**
 * The watch after hot work. GB 30871 5.2.14 sets no minutes (no residual fire), so that in China the region does;
 * the presets abroad have their own. Unknown materials count as those that smoulder.
 */
export function smoulderWatchOf(
  regime: HotWorkRegime,
  materials: readonly SmoulderMaterial[] | null,
  policy: SmoulderPolicy,
): SmoulderWatch {
  switch (regime) {
    case "us-osha":
      return { minutes: 30, checksMinutes: 0, checkEveryMinutes: null, clause: osha };
    case "us-nfpa":
      return { minutes: 60, checksMinutes: 0, checkEveryMinutes: null, clause: nfpa51bWatch };
    case "uk-joint-code":
      return {
        minutes: 60,
        checksMinutes: 60,
        checkEveryMinutes: 20,
        clause: { ...ukJointCode, article: "16.15" },
      };
    default: {
      const couldSmoulder = materials === null || materials.some((one) => one !== "non-combustible");
      const checksMinutes = couldSmoulder ? policy.smoulderChecksMinutes : 0;
      return {
        minutes: policy.smoulderWatchMinutes,
        checksMinutes,
        checkEveryMinutes: checksMinutes > 0 ? policy.smoulderCheckEveryMinutes : null,
        clause: platformPolicy("smoulderWatchMinutes", "smoulderChecksMinutes", "smoulderCheckEveryMinutes"),
      };
    }
  }
}
