import { askDistance } from "../fact-names.ts";
import type { HotWorkFacts, NearestMetres } from "../facts.ts";
import {
  examplesOf,
  type HotWorkRule,
  mustBeApart,
  type RuleKindParts,
  type RuleMaker,
} from "../hot-work-rule.ts";
import { aroundLimit } from "./limit-examples.ts";

type Parts = Pick<RuleKindParts, "rank" | "regimes" | "clause">;

/** Oxygen and acetylene 5 m apart, where gas cylinders are in use. */
export function oxygenAndAcetyleneApart(rule: RuleMaker, parts: Parts): HotWorkRule {
  return apart(rule, "oxygenToAcetylene", 5, {
    ...parts,
    id: "oxygen-and-acetylene-apart",
    title: {
      zh: "氧气瓶与乙炔瓶相距不足 {limitMetres} 米",
      en: "Oxygen and acetylene stand less than {limitMetres} m apart",
    },
    fix: { zh: "请把两瓶分开至少 {limitMetres} 米", en: "Move them at least {limitMetres} m apart" },
  });
}

/** Both 10 m from the hot-work point. */
export function cylindersAwayFromHotWorkPoint(rule: RuleMaker, parts: Parts): HotWorkRule {
  return apart(rule, "cylinders", 10, {
    ...parts,
    id: "cylinders-away-from-hot-work-point",
    title: {
      zh: "气瓶离动火点不足 {limitMetres} 米",
      en: "A cylinder stands less than {limitMetres} m from the hot-work point",
    },
    fix: { zh: "请把气瓶移到 {limitMetres} 米以外", en: "Move the cylinders at least {limitMetres} m away" },
  });
}

function apart(
  rule: RuleMaker,
  key: "oxygenToAcetylene" | "cylinders",
  limitMetres: number,
  parts: RuleKindParts,
): HotWorkRule {
  const atStart = examplesOf(parts.regimes[0], "start");
  const set = (facts: HotWorkFacts, metres: NearestMetres) => {
    facts.usesGasCylinders = true;
    facts.distances[key] = metres;
  };
  return rule({
    ...parts,
    moments: ["start", "during"],
    appliesTo: (facts) => facts.usesGasCylinders === true,
    check: ({ distances }) => mustBeApart(distances[key], limitMetres, askDistance(key)),
    examples: [
      ...aroundLimit(atStart, { value: limitMetres, unit: "m", step: 0.1 }, ["fail", "pass", "pass"], set),
      atStart("nobody has measured", "need", (facts) => set(facts, null)),
      atStart("arc welding needs no cylinders", "skip"),
    ],
  });
}
