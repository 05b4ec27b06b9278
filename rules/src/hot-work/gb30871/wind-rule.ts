import { fail, need, pass } from "../../rule.ts";
import { gb30871 } from "../clauses.ts";
import type { HotWorkFacts } from "../facts.ts";
import { coversGrade, gradeOfHotWork, oneGradeUp } from "../grade.ts";
import type { HotWorkRule } from "../hot-work-rule.ts";
import { aroundLimit } from "../rule-kinds/limit-examples.ts";
import { readWind } from "../rule-kinds/read-wind.ts";
import { chemicalExample, chemicalRule, inExplosiveArea, onRunningPlant } from "./chemical-rule.ts";

const atStart = chemicalExample("start");
const during = chemicalExample("during");

export const calmOutdoors: HotWorkRule = chemicalRule({
  id: "calm-outdoors",
  rank: 30,
  moments: ["start", "during"],
  title: {
    zh: "风力 {windForce} 级：五级及以上禁止露天动火",
    en: "Wind force {windForce}: from force 5 on there is no hot work outdoors",
  },
  clause: gb30871("5.2.15"),
  fix: {
    zh: "请等风力降到五级以下；确因生产需要的，升一级重新办票",
    en: "Wait until the wind is below force 5; where production cannot wait, get a permit one grade higher",
  },
  appliesTo: (facts) => facts.place.isOutdoors === true,
  check: (facts, policy, atMs) => {
    const { windForceBeaufort: windForce, permit } = facts;
    if (windForce === null) return need(readWind);
    if (windForce < 5) return pass();
    const { grade } = gradeOfHotWork(facts.place, atMs, policy);
    // Above the special grade there is none to go up to.
    const isGradedUp =
      grade !== null &&
      grade !== "special" &&
      permit?.isUnavoidableInWind === true &&
      permit.gradeDeclared !== null &&
      coversGrade(permit.gradeDeclared, oneGradeUp(grade));
    return isGradedUp ? pass() : fail({ windForce });
  },
  examples: [
    ...aroundLimit(
      atStart,
      { value: 5, unit: "Beaufort", step: 1 },
      ["pass", "fail", "fail"],
      (facts, force) => windy(force)(facts),
    ),
    during("wind rises during the work", "fail", windy(5)),
    atStart("force 5, unavoidable and one grade up", "pass", (facts) => {
      windy(5)(facts);
      facts.permit!.gradeDeclared = "grade-1";
      facts.permit!.isUnavoidableInWind = true;
    }),
    atStart("force 5, one grade up but it could wait", "fail", (facts) => {
      windy(5)(facts);
      facts.permit!.gradeDeclared = "grade-1";
    }),
    atStart("force 5, unavoidable but not graded up", "fail", (facts) => {
      windy(5)(facts);
      inExplosiveArea(facts);
      facts.permit!.isUnavoidableInWind = true;
    }),
    atStart("force 5 on running plant: nothing is above special", "fail", (facts) => {
      windy(5)(facts);
      onRunningPlant(facts);
      facts.permit!.isUnavoidableInWind = true;
    }),
    atStart("nobody has read the wind", "need", windy(null)),
    atStart("indoors", "skip", (facts) => {
      windy(7)(facts);
      facts.place.isOutdoors = false;
    }),
  ],
});

function windy(windForceBeaufort: number | null) {
  return (facts: HotWorkFacts) => {
    facts.windForceBeaufort = windForceBeaufort;
  };
}
