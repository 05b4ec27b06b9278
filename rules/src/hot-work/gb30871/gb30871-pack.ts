import type { HotWorkPack } from "../hot-work-rule.ts";
import { gb30871PackId } from "./chemical-rule.ts";
import { confinedSpaceRules } from "./confined-space-rules.ts";
import { distanceRules } from "./distance-rules.ts";
import { gasLimitRules } from "./gas-limit-rules.ts";
import { gasTimingRules } from "./gas-timing-rules.ts";
import { gradeRules } from "./grade-rules.ts";
import { permitRules } from "./permit-rules.ts";
import { calmOutdoors } from "./wind-rule.ts";

/** Hot work in hazardous-chemical, chemical and pharmaceutical firms: it binds nobody else. */
export const gb30871Pack: HotWorkPack = {
  id: gb30871PackId,
  title: { zh: "GB 30871 危化企业动火", en: "GB 30871, hot work in chemical firms" },
  rules: [
    ...gradeRules,
    ...permitRules,
    calmOutdoors,
    ...gasTimingRules,
    ...gasLimitRules,
    ...distanceRules,
    ...confinedSpaceRules,
  ],
};
