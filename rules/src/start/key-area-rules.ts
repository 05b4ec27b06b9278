import { platformPolicy } from "../clause.ts";
import { fail, need, pass } from "../rule.ts";
import { HOSPITAL, hospital, within } from "./example-areas.ts";
import type { KeyAreaFacts, StartFacts } from "./facts.ts";
import {
  forbiddenToday,
  isCleared,
  isForbiddenSoon,
  isInKeyAreas,
  keyAreaTimeRules,
} from "./key-area-time-rules.ts";
import { example, type StartRule, startRule } from "./start-rule.ts";

/** For the examples. */
const SCHOOL = "0198d0a0-0000-7000-8000-0000000000b2";

/** Whether an area wants anything before a start; a smoulder watch comes after it. */
function wantsClearance({ demands }: KeyAreaFacts): boolean {
  return demands.permit || demands.sceneCheck || demands.fireWatch;
}

const keyAreaClearance = startRule({
  id: "key-area-clearance",
  rank: 70,
  title: {
    zh: "焊机在重点区域“{name}”内，还没有动火许可",
    en: "The machine is in the key area “{name}” without a clearance",
  },
  clause: platformPolicy(),
  fix: { zh: "请先办理动火许可，再开机", en: "Obtain the clearance first, then start" },
  appliesTo: isInKeyAreas,
  check: (facts) => {
    const open = facts.keyAreas!.find(
      (area) => area.state === "inside" && wantsClearance(area) && !isCleared(area, facts),
    );
    if (!open) return pass();
    const step = { id: "clearance", title: { zh: "办理动火许可", en: "Obtain the clearance" } };
    return need(step, { keyAreaId: open.keyAreaId, name: open.name });
  },
  examples: [
    example("in no key area", "skip", (facts) => {
      facts.keyAreas = [];
    }),
    example("a decision from before there were key areas", "skip"),
    example("in a hospital", "need", within({})),
    example("in a hospital with a clearance that is ready", "pass", (facts) => {
      within({})(facts);
      facts.clearance = { clearanceId: "c", keyAreaId: HOSPITAL, state: "ready", isReadyToStart: true };
    }),
    example("in a hospital with a clearance that still waits", "need", (facts) => {
      within({})(facts);
      facts.clearance = { clearanceId: "c", keyAreaId: HOSPITAL, state: "preparing", isReadyToStart: false };
    }),
    example("in a hospital with a clearance for a school", "need", (facts) => {
      within({})(facts);
      facts.clearance = { clearanceId: "c", keyAreaId: SCHOOL, state: "ready", isReadyToStart: true };
    }),
    example("in two areas with a clearance for one", "need", (facts) => {
      facts.keyAreas = [hospital({}), { ...hospital({}), keyAreaId: SCHOOL, kind: "school" }];
      facts.clearance = { clearanceId: "c", keyAreaId: HOSPITAL, state: "ready", isReadyToStart: true };
    }),
    example(
      "in an area that wants nothing before a start",
      "pass",
      within({ demands: { permit: false, sceneCheck: false, fireWatch: false, smoulderWatch: true } }),
    ),
    example("perhaps in a hospital", "pass", within({ state: "unsure" })),
  ],
});

const keyAreaPlaceUnsure = startRule({
  id: "key-area-place-unsure",
  rank: 71,
  title: {
    zh: "不能确定焊机是否在重点区域“{name}”内",
    en: "It is unsure whether the machine is in the key area “{name}”",
  },
  clause: platformPolicy(
    "placeTouchSeconds",
    "placeContradictedSeconds",
    "placeBlindMinutes",
    "placeJumpDoubtMinutes",
  ),
  fix: {
    zh: "请扫描现场的场所牌；没有牌的，请到开阔处等几分钟，或联系消防站确认",
    en: "Scan the sign of the area or floor; where there is none, wait some minutes in the open or ask the fire station",
  },
  appliesTo: isInKeyAreas,
  version: 3,
  check: (facts, { grantSeconds }, atMs) => {
    const unsure = facts.keyAreas!.find(
      (area) =>
        area.state === "unsure" &&
        (wantsClearance(area) || isForbiddenSoon(area, atMs, grantSeconds)) &&
        !isCleared(area, facts),
    );
    if (!unsure) return pass();
    const step = { id: "site-sign", title: { zh: "扫描场所牌", en: "Scan the area's sign" } };
    return need(step, { keyAreaId: unsure.keyAreaId, name: unsure.name });
  },
  examples: [
    example("in no key area", "skip", (facts) => {
      facts.keyAreas = [];
    }),
    example("surely in a hospital", "pass", within({})),
    example("perhaps in a hospital", "need", within({ state: "unsure" })),
    example("perhaps in a hospital, and cleared for it", "pass", (facts) => {
      within({ state: "unsure" })(facts);
      facts.clearance = { clearanceId: "c", keyAreaId: HOSPITAL, state: "ready", isReadyToStart: true };
    }),
    example(
      "perhaps in an area that wants nothing before a start",
      "pass",
      within({
        state: "unsure",
        demands: { permit: false, sceneCheck: false, fireWatch: false, smoulderWatch: false },
      }),
    ),
    example(
      "perhaps in an area that wants nothing but forbids all hot work today",
      "need",
      within({
        state: "unsure",
        demands: { permit: false, sceneCheck: false, fireWatch: false, smoulderWatch: false },
        times: forbiddenToday(),
      }),
    ),
  ],
});

/** The hot-work packs have decided already, on the permit's own facts: what they say first is said here. */
const hotWorkLaw = startRule({
  id: "hot-work-law",
  rank: 72,
  title: { zh: "动火作业不符合规定", en: "The hot work does not comply with the law" },
  clause: platformPolicy(),
  fix: { zh: "请按动火作业票的要求整改", en: "Do what the hot-work permit asks for" },
  appliesTo: (facts) => isInKeyAreas(facts) && facts.clearance?.law !== undefined,
  check: (facts) => {
    const { outcome, reasons } = facts.clearance!.law!;
    const [first] = reasons;
    if (outcome === "grant" || !first) return pass();
    const { ruleId, clause, title, fix } = first;
    return fail({ hotWorkRule: ruleId }, clause, { title, fix });
  },
  examples: [
    example("nobody asked the law", "skip", within({})),
    example("the law says yes", "pass", lawful({ outcome: "grant", reasons: [] })),
    example(
      "the gas test is too old",
      "fail",
      lawful({
        outcome: "refuse",
        reasons: [
          {
            kind: "fail",
            ruleId: "gas-test-age",
            pack: "hot-work",
            ruleVersion: 1,
            title: { zh: "动火分析已超过 30 分钟", en: "The gas test is older than 30 minutes" },
            clause: platformPolicy(),
            verified: true,
            fix: { zh: "请重新取样分析", en: "Take a new sample" },
            data: {},
          },
        ],
      }),
    ),
  ],
});

function lawful(law: NonNullable<NonNullable<StartFacts["clearance"]>["law"]>) {
  return (facts: StartFacts) => {
    facts.keyAreas = [hospital({})];
    facts.clearance = { clearanceId: "c", keyAreaId: HOSPITAL, state: "ready", isReadyToStart: true, law };
  };
}

export const keyAreaRules: readonly StartRule[] = [
  ...keyAreaTimeRules,
  keyAreaClearance,
  keyAreaPlaceUnsure,
  hotWorkLaw,
];
