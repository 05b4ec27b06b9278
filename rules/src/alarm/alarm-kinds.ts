import type { AlarmKindRule } from "./alarm-kind.ts";
import { bypassSuspected } from "./kinds/bypass-suspected.ts";
import { certificateExpired } from "./kinds/certificate-expired.ts";
import { chipSilent } from "./kinds/chip-silent.ts";
import { chipsUnreachable } from "./kinds/chips-unreachable.ts";
import { clockStepped } from "./kinds/clock-stepped.ts";
import { energyWithoutSession } from "./kinds/energy-without-session.ts";
import { eventGap } from "./kinds/event-gap.ts";
import { farScan } from "./kinds/far-scan.ts";
import { fireWatchAbsent } from "./kinds/fire-watch-absent.ts";
import { gasCut } from "./kinds/gas-cut.ts";
import { gasWarning } from "./kinds/gas-warning.ts";
import { peripheralLost } from "./kinds/peripheral-lost.ts";
import { repeatedRefusals } from "./kinds/repeated-refusals.ts";
import { simultaneousWork } from "./kinds/simultaneous-work.ts";
import { tamper } from "./kinds/tamper.ts";
import { temperature } from "./kinds/temperature.ts";

const kinds = [
  tamper,
  bypassSuspected,
  gasWarning,
  gasCut,
  temperature,
  peripheralLost,
  clockStepped,
  energyWithoutSession,
  eventGap,
  farScan,
  certificateExpired,
  repeatedRefusals,
  fireWatchAbsent,
  simultaneousWork,
  chipSilent,
  chipsUnreachable,
] as const;

export type AlarmKind = (typeof kinds)[number]["kind"];

/** Every kind there is, in the order of the pages. */
export const alarmKinds = kinds.map(({ kind }) => kind) as [AlarmKind, ...AlarmKind[]];

/** The rule of each kind. */
export const alarmKindTable = Object.fromEntries(kinds.map((rule) => [rule.kind, rule])) as Readonly<
  Record<AlarmKind, AlarmKindRule<AlarmKind>>
>;
