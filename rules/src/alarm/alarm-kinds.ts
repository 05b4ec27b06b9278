import type { AlarmKindRule } from "./alarm-kind.ts";
import { bypassSuspected } from "./kinds/bypass-suspected.ts";
import { certificateExpired } from "./kinds/certificate-expired.ts";
import { certificateExpiring } from "./kinds/certificate-expiring.ts";
import { chipAway } from "./kinds/chip-away.ts";
import { chipSilent } from "./kinds/chip-silent.ts";
import { chipsUnreachable } from "./kinds/chips-unreachable.ts";
import { clockStepped } from "./kinds/clock-stepped.ts";
import { energyWithoutSession } from "./kinds/energy-without-session.ts";
import { eventGap } from "./kinds/event-gap.ts";
import { farScan } from "./kinds/far-scan.ts";
import { fireWatchAbsent } from "./kinds/fire-watch-absent.ts";
import { forgedCodes } from "./kinds/forged-codes.ts";
import { gasCut } from "./kinds/gas-cut.ts";
import { gasRising } from "./kinds/gas-rising.ts";
import { gasWarning } from "./kinds/gas-warning.ts";
import { keyAreaEntered } from "./kinds/key-area-entered.ts";
import { nightWork } from "./kinds/night-work.ts";
import { overHours } from "./kinds/over-hours.ts";
import { overTime } from "./kinds/over-time.ts";
import { peripheralLost } from "./kinds/peripheral-lost.ts";
import { repeatedRefusals } from "./kinds/repeated-refusals.ts";
import { sceneFailedTwice } from "./kinds/scene-failed-twice.ts";
import { simultaneousWork } from "./kinds/simultaneous-work.ts";
import { specialPeriodWork } from "./kinds/special-period-work.ts";
import { tamper } from "./kinds/tamper.ts";
import { temperature } from "./kinds/temperature.ts";
import { twoPlaces } from "./kinds/two-places.ts";
import { uncertifiedWork } from "./kinds/uncertified-work.ts";
import { workOutsidePermit } from "./kinds/work-outside-permit.ts";

const kinds = [
  tamper,
  bypassSuspected,
  gasWarning,
  gasCut,
  gasRising,
  temperature,
  peripheralLost,
  clockStepped,
  energyWithoutSession,
  eventGap,
  farScan,
  certificateExpired,
  repeatedRefusals,
  forgedCodes,
  twoPlaces,
  fireWatchAbsent,
  simultaneousWork,
  workOutsidePermit,
  sceneFailedTwice,
  keyAreaEntered,
  specialPeriodWork,
  nightWork,
  overTime,
  overHours,
  uncertifiedWork,
  certificateExpiring,
  chipSilent,
  chipAway,
  chipsUnreachable,
] as const;

export type AlarmKind = (typeof kinds)[number]["kind"];

/** Every kind there is, in the order of the pages. */
export const alarmKinds = kinds.map(({ kind }) => kind) as [AlarmKind, ...AlarmKind[]];

/** The rule of each kind. */
export const alarmKindTable = Object.fromEntries(kinds.map((rule) => [rule.kind, rule])) as Readonly<
  Record<AlarmKind, AlarmKindRule<AlarmKind>>
>;

/** The kinds that stand for another one while they last, and by what they belong together. */
export function kindsAbove(kind: AlarmKind): { kind: AlarmKind; of: "machine" | "welder" }[] {
  return kinds.flatMap((rule: AlarmKindRule<AlarmKind>) =>
    rule.standsFor?.kinds.includes(kind) ? [{ kind: rule.kind, of: rule.standsFor.of }] : [],
  );
}
