import { addDays, type CivilDay } from "../civil-day.ts";
import { type Clause, platformPolicy } from "../clause.ts";
import { gb30871 } from "./clauses.ts";
import { type ApproverRole, approverRoles, type HotWorkGrade } from "./facts.ts";
import type { HotWorkPolicy } from "./policy.ts";
import type { HotWorkRegime } from "./regime.ts";

/** GB 30871 5.3.2: the LEL at which the stricter limit begins, and the two limits, all in % by volume. */
const stricterBelowLelVolPercent = 4;

/** The longest permit in hours, GB 30871 5.1.5; elsewhere the region's number. */
export function ticketHours(
  grade: HotWorkGrade | null,
  regime: HotWorkRegime,
  policy: Pick<HotWorkPolicy, "permitHours">,
): { hours: number; clause: Clause } {
  if (regime !== "chemical" || grade === null)
    return { hours: policy.permitHours, clause: platformPolicy("permitHours") };
  return { hours: grade === "grade-2" ? 72 : 8, clause: gb30871("5.1.5") };
}

/** GB 30871 6.10. */
export const confinedSpaceTicketHours = 24;

/** The lowest role that may approve, GB 30871 table B.1; elsewhere the unit itself. */
export function approverLevel(
  grade: HotWorkGrade | null,
  regime: HotWorkRegime,
): { role: ApproverRole; clause: Clause } {
  if (regime !== "chemical" || grade === null) return { role: "unit", clause: platformPolicy() };
  const role = ({ special: "senior-manager", "grade-1": "safety-department", "grade-2": "unit" } as const)[
    grade
  ];
  return { role, clause: gb30871("B.1") };
}

export function mayApprove(role: ApproverRole, lowest: ApproverRole): boolean {
  return approverRoles.indexOf(role) >= approverRoles.indexOf(lowest);
}

/** The most of a gas that may be measured, in % by volume, from its LEL in % by volume: GB 30871 5.3.2. */
export function gasLimit(lelVolPercent: number): { volPercent: number; clause: Clause } {
  // Anything but a clear "4 or more" gets the stricter limit.
  return lelVolPercent >= stricterBelowLelVolPercent
    ? { volPercent: 0.5, clause: gb30871("5.3.2 a)") }
    : { volPercent: 0.2, clause: gb30871("5.3.2 b)") };
}

/** The longest break in minutes after which no new gas test is needed, GB 30871 5.3.1 d). */
export function breakMinutesWithoutRetest(grade: HotWorkGrade): number {
  return grade === "grade-2" ? 60 : 30;
}

/** Other work that must not go on near hot work. */
export interface IncompatibleWork {
  kind:
    | "combustible-gas-discharge"
    | "combustible-liquid-discharge"
    | "leak-capable-equipment"
    | "solvent-cleaning-or-painting"
    | "dust-sweeping";
  /** Within this distance, it itself included. */
  metres: number;
  /** Above and below count too, over the same distance. */
  isVertical: boolean;
  clause: Clause;
}

/**
 * What must not go on at the same time, and how near. GB 30871 in a chemical firm; between firms elsewhere in China the
 * platform takes the same distances as its own; abroad it has none.
 */
export function simopsDistances(regime: HotWorkRegime): readonly IncompatibleWork[] {
  if (regime === "us-osha" || regime === "us-nfpa" || regime === "uk-joint-code") return [];
  const clauseOf = (article: string): Clause => (regime === "chemical" ? gb30871(article) : platformPolicy());
  return (
    [
      ["combustible-gas-discharge", 30, "5.2.9"],
      ["combustible-liquid-discharge", 15, "5.2.9"],
      ["leak-capable-equipment", 15, "5.2.4"],
      ["solvent-cleaning-or-painting", 10, "5.2.9"],
      ["dust-sweeping", 10, "5.2.9"],
    ] as const
  ).map(([kind, metres, article]) => ({ kind, metres, isVertical: true, clause: clauseOf(article) }));
}

/** GB 30871 B.3 keeps a ticket at least a year and a video at least a month; in days that are never shorter. */
const keptDays = { ticket: 366, video: 31 } as const;

/** First day on which a record of hot work may be deleted. */
export function hotWorkRecordKeptUntil(record: keyof typeof keptDays, closedDay: CivilDay): CivilDay {
  return addDays(closedDay, keptDays[record]);
}
