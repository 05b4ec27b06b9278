import type { RulePack } from "../rule.ts";
import { certificateRules } from "./certificate-rules.ts";
import { distanceRules } from "./distance-rules.ts";
import type { StartFacts } from "./facts.ts";
import { keyAreaRules } from "./key-area-rules.ts";
import { machineRules } from "./machine-rules.ts";
import { peopleRules } from "./people-rules.ts";
import type { StartPolicy } from "./policy.ts";
import { siteRules } from "./site-rules.ts";

/** What every start of a machine must meet, wherever it stands. */
export const startPack: RulePack<StartFacts, StartPolicy> = {
  id: "start",
  title: { zh: "扫码开机", en: "Scan to start" },
  rules: [
    ...peopleRules,
    ...certificateRules,
    ...machineRules,
    ...distanceRules,
    ...siteRules,
    ...keyAreaRules,
  ],
};
