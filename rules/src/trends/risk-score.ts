import type { Text } from "../text.ts";

/** What a firm's risk is judged by; each a number of the last thirty days, or as it stands. */
export const riskFactors = [
  "open-alarms",
  "repeated-alarms",
  "uncertified-attempts",
  "refusals",
  "expiring-certificates",
  "overdue-rectifications",
  "key-area-work",
  "credit-missing",
  "work-volume",
] as const;
export type RiskFactor = (typeof riskFactors)[number];

/** A firm's own figures, by factor. */
export type RiskFigures = Readonly<Record<RiskFactor, number>>;

/** What one factor gives: at most `points`, half of that at `halfAt`. */
export interface RiskWeight {
  points: number;
  /** In the factor's own unit. */
  halfAt: number;
}

/** The weights as they hold from a version on. A change is a new version, made by people: results never change them. */
export interface RiskWeights {
  version: string;
  weights: Readonly<Record<RiskFactor, RiskWeight>>;
}

/** What a factor is called, and in what it is counted. */
export const riskFactorTitles: Readonly<Record<RiskFactor, { title: Text; unit: Text }>> = {
  "open-alarms": titled("未关闭预警", "Open alarms", "条", "alarms"),
  "repeated-alarms": titled("近 30 天重复预警", "Repeated alarms, 30 days", "条", "alarms"),
  "uncertified-attempts": titled("近 30 天无证开机被拒", "Uncertified attempts, 30 days", "次", "times"),
  refusals: titled("近 30 天其他开机被拒", "Other refused starts, 30 days", "次", "times"),
  "expiring-certificates": titled(
    "30 天内到期的操作证",
    "Certificates ending within 30 days",
    "本",
    "certificates",
  ),
  "overdue-rectifications": titled("逾期未改的整改通知", "Overdue rectifications", "份", "orders"),
  "key-area-work": titled("重点区域作业占比", "Share of work in key areas", "%", "%"),
  "credit-missing": titled("信用分缺口", "Missing credit", "分", "points"),
  "work-volume": titled("近 30 天作业量", "Work, 30 days", "台时", "machine hours"),
};

/** Chosen on simulated years of seeds 1–12, which no reported figure is of, and rounded; no authority has confirmed them. */
export const riskWeights: RiskWeights = {
  version: "2026-11-1",
  weights: {
    "open-alarms": { points: 5, halfAt: 4 },
    "repeated-alarms": { points: 5, halfAt: 5 },
    "uncertified-attempts": { points: 25, halfAt: 4 },
    refusals: { points: 5, halfAt: 10 },
    "expiring-certificates": { points: 5, halfAt: 3 },
    "overdue-rectifications": { points: 15, halfAt: 2 },
    "key-area-work": { points: 10, halfAt: 20 },
    "credit-missing": { points: 15, halfAt: 10 },
    "work-volume": { points: 15, halfAt: 600 },
  },
};

/** What one factor has given to a score. */
export interface RiskPart {
  factor: RiskFactor;
  /** The firm's figure. */
  seen: number;
  points: number;
  /** What it could have given. */
  most: number;
}

/** A score of 0–100 with all it is made of, the greatest part first; the parts' points are the score. */
export interface RiskScore {
  score: number;
  parts: RiskPart[];
}

/**
 * The risk of a firm: every factor's points times `x / (x + halfAt)`, added up. More of anything never lowers it, and no part
 * hides another.
 */
export function riskScore(figures: RiskFigures, { weights }: RiskWeights = riskWeights): RiskScore {
  const parts = riskFactors.map((factor) => {
    const { points, halfAt } = weights[factor];
    const seen = Math.max(0, figures[factor]);
    return { factor, seen, points: points * (seen / (seen + halfAt)), most: points };
  });
  return {
    score: parts.reduce((sum, part) => sum + part.points, 0),
    parts: parts.sort((one, other) => other.points - one.points),
  };
}

function titled(zh: string, en: string, unitZh: string, unitEn: string): { title: Text; unit: Text } {
  return { title: { zh, en }, unit: { zh: unitZh, en: unitEn } };
}
