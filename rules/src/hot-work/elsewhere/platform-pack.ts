import { shanghaiDayStartMs } from "../../civil-day.ts";
import { platformPolicy } from "../../clause.ts";
import { fail, need, pass } from "../../rule.ts";
import { hoursMs } from "../example-facts.ts";
import { askPlace } from "../fact-names.ts";
import type { HotWorkPlaceFacts } from "../facts.ts";
import { isWithinHours } from "../grade.ts";
import { chinaRegimes, examplesOf, type HotWorkPack, rulesOf, step } from "../hot-work-rule.ts";
import { ticketHours } from "../limits.ts";
import { type HotWorkRegime, hotWorkRegimes } from "../regime.ts";
import { chinaSmoulderClause, smoulderWatched } from "../rule-kinds/smoulder-watched.ts";

export const platformPackId = "hot-work-platform";

const rule = rulesOf(platformPackId, "2020-01-01");
const chemicalStart = examplesOf("chemical", "start");
const generalIssue = examplesOf("general", "issue");
const generalStart = examplesOf("general", "start");
const generalClose = examplesOf("general", "close");
const generalDuring = examplesOf("general", "during");

/** What the law of a regime has to know about the place: without it no other rule can say anything. */
const neededPlaceFacts: Readonly<Record<HotWorkRegime, readonly (keyof HotWorkPlaceFacts)[]>> = {
  general: ["isSharedBuilding"],
  chemical: [
    "isFixedHotWorkArea",
    "isExplosiveArea",
    "isRunningPlantOrTankFarm",
    "isPipeRack",
    "isOutdoors",
    "isConfinedSpace",
    "isOxygenEquipment",
    "isSharedBuilding",
  ],
  "building-site": ["isOutdoors", "isSharedBuilding"],
  "crowded-place": ["openingHours", "isSharedBuilding"],
  "entertainment-venue": ["openingHours", "isSharedBuilding"],
  "us-osha": [],
  "us-nfpa": [],
  "uk-joint-code": [],
};

/** Regimes whose rules ask about gas cylinders. */
const cylinderRegimes: readonly HotWorkRegime[] = ["chemical", "building-site"];

const placeDescribed = rule({
  id: "place-described",
  rank: 1,
  regimes: hotWorkRegimes,
  moments: ["issue", "start", "during"],
  title: { zh: "动火地点的情况没有填写完整", en: "The place of the hot work is not fully described" },
  clause: platformPolicy(),
  fix: { zh: "请补全动火地点的情况", en: "Describe the place of the hot work" },
  check: (facts) => {
    const missing = neededPlaceFacts[facts.regime].find((key) => facts.place[key] === null);
    if (missing) return need(askPlace(missing), { missing });
    if (cylinderRegimes.includes(facts.regime) && facts.usesGasCylinders === null)
      return need(step("say-gas-cylinders", "说明：是否使用氧气乙炔瓶", "Say: are gas cylinders used?"));
    return pass();
  },
  examples: [
    chemicalStart("all is said", "pass"),
    ...neededPlaceFacts.chemical.map((key) =>
      chemicalStart(`nobody has said ${key}`, "need", ({ place }) => {
        Object.assign(place, { [key]: null });
      }),
    ),
    chemicalStart("nobody has said whether cylinders are used", "need", (facts) => {
      facts.usesGasCylinders = null;
    }),
    examplesOf("crowded-place", "start")("nobody has said whether it is open", "need", ({ place }) => {
      place.openingHours = null;
    }),
  ],
});

const withinTicketTime = rule({
  id: "within-permit-time",
  rank: 3,
  regimes: hotWorkRegimes,
  moments: ["start", "during"],
  title: { zh: "不在作业票的有效时间内", en: "It is outside the time of the permit" },
  clause: platformPolicy(),
  fix: { zh: "超过有效期限的请重新办理作业票", en: "After its time, get a new permit" },
  appliesTo: ({ permit }) => permit !== null,
  check: ({ permit }, _policy, atMs) =>
    permit!.validFromMs <= atMs && atMs < permit!.validToMs ? pass() : fail(),
  examples: [
    ...(
      [
        ["just before it begins", 1, 1, "fail"],
        ["as it begins", 0, 1, "pass"],
        ["just before it ends", -1, 1, "pass"],
      ] as const
    ).map(([name, fromMs, hours, expected]) =>
      generalStart(name, expected, ({ permit }, atMs) => {
        permit!.validFromMs = atMs + fromMs;
        permit!.validToMs = atMs + hoursMs(hours);
      }),
    ),
    generalDuring("as it ends", "fail", ({ permit }, atMs) => {
      permit!.validToMs = atMs;
    }),
  ],
});

const permitShortEnough = rule({
  id: "permit-hours",
  rank: 4,
  regimes: hotWorkRegimes.filter((regime) => regime !== "chemical"),
  moments: ["issue", "start"],
  title: {
    zh: "作业票有效期超过 {limitHours} 小时",
    en: "The permit runs for more than {limitHours} h",
  },
  clause: platformPolicy("permitHours"),
  fix: { zh: "请把有效期改为不超过 {limitHours} 小时", en: "Let it run at most {limitHours} h" },
  appliesTo: ({ permit }) => permit !== null,
  check: ({ permit, regime }, policy) => {
    const limitHours = ticketHours(null, regime, policy).hours;
    const lastsMs = permit!.validToMs - permit!.validFromMs;
    return lastsMs > 0 && lastsMs <= hoursMs(limitHours) ? pass() : fail({ limitHours });
  },
  examples: (
    [
      ["for just less than 8 h", -1, "pass"],
      ["for 8 h", 0, "pass"],
      ["for just more than 8 h", 1, "fail"],
      ["ending as it begins", -hoursMs(8), "fail"],
    ] as const
  ).map(([name, ms, expected]) =>
    generalIssue(name, expected, ({ permit }) => {
      permit!.validToMs = permit!.validFromMs + hoursMs(8) + ms;
    }),
  ),
});

const noCurfew = rule({
  id: "no-curfew",
  rank: 5,
  regimes: chinaRegimes,
  moments: ["start", "during"],
  title: {
    zh: "本地 {fromHour} 时至 {toHour} 时禁止动火",
    en: "Hot work is forbidden here from {fromHour} to {toHour} o'clock",
  },
  clause: platformPolicy("curfewFromHour", "curfewToHour"),
  fix: { zh: "请在允许的时间作业", en: "Work in the hours that are allowed" },
  check: (_facts, { curfewFromHour, curfewToHour }, atMs) =>
    isWithinHours(atMs, curfewFromHour, curfewToHour)
      ? fail({ fromHour: curfewFromHour, toHour: curfewToHour })
      : pass(),
  examples: (
    [
      ["no curfew here", 23, 0, 0, "pass"],
      ["an instant before it", 22 - 1e-6, 22, 5, "pass"],
      ["as it begins", 22, 22, 5, "fail"],
      ["after midnight", 3, 22, 5, "fail"],
      ["as it ends", 5, 22, 5, "pass"],
    ] as const
  ).map(([name, hour, curfewFromHour, curfewToHour, expected]) =>
    generalStart(name, expected, () => {}, {
      policy: { curfewFromHour, curfewToHour },
      atMs: shanghaiDayStartMs("2026-11-23") + Math.floor(hoursMs(hour)),
    }),
  ),
});

const rolesSeparate = rule({
  id: "roles-separate",
  rank: 6,
  regimes: hotWorkRegimes,
  moments: ["issue", "start", "during"],
  title: {
    zh: "动火人不能同时是监护人或审批人",
    en: "The welder cannot also be the fire watch or the approver",
  },
  clause: platformPolicy(),
  fix: { zh: "请另外确定监护人和审批人", en: "Name somebody else as fire watch and approver" },
  check: ({ people: { operator, fireWatch, approver } }) => {
    if (operator === null) return need(step("name-operator", "确定动火人", "Name the welder"));
    if (fireWatch === null) return need(step("name-fire-watch", "确定监护人", "Name the fire watch"));
    if (approver === null) return need(step("name-approver", "确定审批人", "Name who approves"));
    return operator.id === fireWatch.id || operator.id === approver.id ? fail() : pass();
  },
  examples: [
    generalStart("three people", "pass"),
    generalStart("the welder watches the own work", "fail", ({ people }) => {
      people.fireWatch = people.operator;
    }),
    generalStart("the welder approves the own work", "fail", ({ people }) => {
      people.approver = people.operator;
    }),
    generalStart("no welder named", "need", ({ people }) => {
      people.operator = null;
    }),
    generalIssue("no fire watch named", "need", ({ people }) => {
      people.fireWatch = null;
    }),
  ],
});

const workEnded = rule({
  id: "permit-closable",
  rank: 91,
  regimes: hotWorkRegimes,
  moments: ["close"],
  title: { zh: "没有可以关闭的作业票", en: "There is no permit to close" },
  clause: platformPolicy(),
  fix: { zh: "请选择一张已批准的作业票", en: "Choose a permit that was approved" },
  check: ({ permit }) => {
    if (permit === null) return fail();
    return permit.status === "draft" || permit.status === "closed" ? fail() : pass();
  },
  examples: [
    generalClose("an approved one", "pass"),
    generalClose("one closed already", "fail", ({ permit }) => {
      permit!.status = "closed";
    }),
    generalClose("none", "fail", (facts) => {
      facts.permit = null;
    }),
  ],
});

/** What the platform asks of every piece of hot work, and where the region's numbers count. */
export const hotWorkPlatformPack: HotWorkPack = {
  id: platformPackId,
  title: { zh: "动火作业通用规定", en: "Hot work everywhere" },
  rules: [
    placeDescribed,
    withinTicketTime,
    permitShortEnough,
    noCurfew,
    rolesSeparate,
    workEnded,
    smoulderWatched(rule, 92, chinaRegimes, chinaSmoulderClause),
  ],
};
