import type { AlarmKindRule } from "./alarm-kind.ts";
import { bypassSuspected } from "./kinds/bypass-suspected.ts";
import { clockStepped } from "./kinds/clock-stepped.ts";
import { energyWithoutSession } from "./kinds/energy-without-session.ts";
import { eventGap } from "./kinds/event-gap.ts";
import { gasCut } from "./kinds/gas-cut.ts";
import { gasWarning } from "./kinds/gas-warning.ts";
import { peripheralLost } from "./kinds/peripheral-lost.ts";
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
] as const;

export type AlarmKind = (typeof kinds)[number]["kind"];

/** Every kind there is, in the order of the pages. */
export const alarmKinds = kinds.map(({ kind }) => kind) as [AlarmKind, ...AlarmKind[]];

/** The rule of each kind. */
export const alarmKindTable = Object.fromEntries(kinds.map((rule) => [rule.kind, rule])) as Readonly<
  Record<AlarmKind, AlarmKindRule<AlarmKind>>
>;
