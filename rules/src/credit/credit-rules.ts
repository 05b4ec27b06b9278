import { type AlarmKind, alarmKinds, alarmKindTable } from "../alarm/alarm-kinds.ts";
import type { Text } from "../text.ts";

/** Whose points: a welder's, or a firm's. */
export const creditHolders = ["welder", "enterprise"] as const;
export type CreditHolder = (typeof creditHolders)[number];

/** What everybody begins with, and at most has. */
export const FULL_CREDIT = 100;

/** What takes or gives points: a confirmed alarm of a kind, a start without a certificate, an overdue order, training. */
export type CreditCause = `alarm:${AlarmKind}` | "uncertified-attempt" | "rectification-overdue" | "training";

export const creditCauses: readonly CreditCause[] = [
  ...alarmKinds.map((kind) => `alarm:${kind}` as const),
  "uncertified-attempt",
  "rectification-overdue",
  "training",
];

const ownTitles: Readonly<Record<string, Text>> = {
  "uncertified-attempt": { zh: "无有效操作证扫码开机被拒", en: "Refused start without a valid certificate" },
  "rectification-overdue": { zh: "整改逾期", en: "Order to rectify overdue" },
  training: { zh: "参加培训", en: "Training attended" },
};

/** What a cause is called. */
export function creditCauseTitle(cause: CreditCause): Text {
  if (!cause.startsWith("alarm:")) return ownTitles[cause]!;
  const { zh, en } = alarmKindTable[cause.slice("alarm:".length) as AlarmKind].title;
  return { zh: `预警属实：${zh}`, en: `Confirmed alarm: ${en}` };
}

/** One line of a rule set: what it takes (or, of training, gives) from whom. */
export interface CreditRule {
  cause: CreditCause;
  holder: CreditHolder;
  points: number;
}

/** Published rules as they hold from an instant on. */
export interface CreditRuleSet {
  rules: readonly CreditRule[];
  /** Points taken come back after so many days. */
  returnsAfterDays: number;
}

const takes = (cause: CreditCause, welder: number, enterprise: number): CreditRule[] => [
  ...(welder > 0 ? [{ cause, holder: "welder" as const, points: welder }] : []),
  ...(enterprise > 0 ? [{ cause, holder: "enterprise" as const, points: enterprise }] : []),
];

/**
 * What holds where no region has published rules: proposals of the platform, which no authority has confirmed. Faults of
 * devices and lost signals take nothing.
 */
export const defaultCreditRules: CreditRuleSet = {
  rules: [
    ...takes("alarm:tamper", 0, 20),
    ...takes("alarm:bypass-suspected", 0, 20),
    ...takes("alarm:fire-watch-absent", 10, 10),
    ...takes("alarm:simultaneous-work", 0, 10),
    ...takes("alarm:repeated-refusals", 5, 0),
    ...takes("uncertified-attempt", 2, 0),
    ...takes("rectification-overdue", 0, 15),
    ...takes("training", 10, 5),
  ],
  returnsAfterDays: 365,
};

/** The rule of a set for a cause and a holder; undefined: it takes nothing. */
export function creditRuleFor(
  { rules }: CreditRuleSet,
  cause: CreditCause,
  holder: CreditHolder,
): CreditRule | undefined {
  return rules.find((rule) => rule.cause === cause && rule.holder === holder);
}

/** What a booking changes: training gives, everything else takes. */
export function bookedPoints({ cause, points }: Pick<CreditRule, "cause" | "points">): number {
  return cause === "training" ? points : -points;
}

/** Points of a holder from the sum of what is booked and holds: never below none, never above all. */
export function creditOf(bookedSum: number): number {
  return Math.min(FULL_CREDIT, Math.max(0, FULL_CREDIT + bookedSum));
}
