import { platformPolicy } from "../clause.ts";
import { distanceMetres } from "../distance.ts";
import { need, pass } from "../rule.ts";
import type { StartFacts } from "./facts.ts";
import type { StartPolicy } from "./policy.ts";
import { example, type StartRule, startRule } from "./start-rule.ts";

/** What tells whether a machine works away from home. */
export type SiteFacts = Pick<StartFacts, "phonePosition"> & {
  machine: Pick<StartFacts["machine"], "isMobile" | "home">;
  chip: Pick<StartFacts["chip"], "position">;
};

/**
 * Whether a machine works at somebody's place: it is a mobile one, or the scan was farther from where it is registered
 * to stand than the region allows. Where nobody knows the place it counts as at home, so that nobody is asked in vain.
 */
export function worksAwayFromHome(facts: SiteFacts, policy: Pick<StartPolicy, "siteAwayMetres">): boolean {
  if (facts.machine.isMobile) return true;
  const scannedAt = facts.phonePosition ?? facts.chip.position;
  const { home } = facts.machine;
  if (!scannedAt || !home) return false;
  return distanceMetres(scannedAt, home) - scannedAt.accuracyMetres > policy.siteAwayMetres;
}

const siteOwnerNamed = startRule({
  id: "site-owner-named",
  rank: 60,
  title: { zh: "外出作业要写明用焊单位", en: "Work away from home must name the site owner" },
  clause: platformPolicy("unnamedSiteOwner", "siteAwayMetres"),
  fix: {
    zh: "请选择在哪家单位作业，再开机",
    en: "Choose at whose place you work, then start",
  },
  appliesTo: (facts) => facts.isSiteOwnerNamed !== undefined,
  check: (facts, policy) =>
    policy.unnamedSiteOwner === "require" && !facts.isSiteOwnerNamed && worksAwayFromHome(facts, policy)
      ? need({ id: "name-site-owner", title: { zh: "选择用焊单位", en: "Choose the site owner" } })
      : pass(),
  examples: [
    example("a mobile machine and nobody named, allowed by default", "pass", mobile(false)),
    example("a mobile machine and nobody named where the region asks for it", "need", mobile(false), {
      unnamedSiteOwner: "require",
    }),
    example("a mobile machine with its site owner", "pass", mobile(true), { unnamedSiteOwner: "require" }),
    example("a machine at home needs none", "pass", homeNorth(299), { unnamedSiteOwner: "require" }),
    example("299 m from home and 8 m of doubt", "pass", homeNorth(307.9), { unnamedSiteOwner: "require" }),
    example("308.1 m from home with 8 m of doubt", "need", homeNorth(308.1), { unnamedSiteOwner: "require" }),
    example("308.1 m from home where 500 m count as home", "pass", homeNorth(308.1), {
      unnamedSiteOwner: "require",
      siteAwayMetres: 500,
    }),
    example(
      "nobody knows where it is",
      "pass",
      (facts) => {
        homeNorth(9_000)(facts);
        facts.phonePosition = null;
        facts.chip.position = null;
      },
      { unnamedSiteOwner: "require" },
    ),
    example("a decision from before the question", "skip"),
  ],
});

function mobile(isNamed: boolean) {
  return (facts: StartFacts) => {
    facts.machine.isMobile = true;
    facts.isSiteOwnerNamed = isNamed;
  };
}

/** The machine's home so many metres south of the scan: a degree of a great circle is 111,195.08 m on the same sphere. */
function homeNorth(metres: number) {
  return (facts: StartFacts) => {
    const { latitudeDegrees, longitudeDegrees } = facts.phonePosition!;
    facts.machine.home = { latitudeDegrees: latitudeDegrees - metres / 111_195.08, longitudeDegrees };
    facts.isSiteOwnerNamed = false;
  };
}

export const siteRules: readonly StartRule[] = [siteOwnerNamed];
