import type { AlarmSummary } from "@hanyouxu/api";

/** What there is to look at, at the place of an alarm. */
export type Check =
  | "people-safe"
  | "power-off"
  | "gas-source"
  | "gas-gone"
  | "no-ignition"
  | "extinguisher"
  | "housing"
  | "wiring"
  | "chip-lights"
  | "welder-certificate"
  | "surroundings"
  | "cooling"
  | "sensor"
  | "signal";

const TAMPERED: readonly Check[] = ["power-off", "housing", "wiring", "welder-certificate", "surroundings"];
const GAS: readonly Check[] = [
  "people-safe",
  "no-ignition",
  "gas-source",
  "gas-gone",
  "power-off",
  "extinguisher",
];
/** Work that goes on although it should not. */
const AT_WORK: readonly Check[] = ["people-safe", "power-off", "welder-certificate", "surroundings"];
const CHIP: readonly Check[] = ["chip-lights", "housing", "signal"];
const IMPERSONATED: readonly Check[] = ["welder-certificate", "power-off", "surroundings"];
/** Whatever the kind: nobody is hurt, nothing burns, and the machine is as it should be. */
const GENERAL: readonly Check[] = ["people-safe", "power-off", "surroundings", "extinguisher"];

const CHECKS: Readonly<Record<string, readonly Check[]>> = {
  tamper: TAMPERED,
  "bypass-suspected": TAMPERED,
  "energy-without-session": TAMPERED,
  "gas-warning": GAS,
  "gas-cut": GAS,
  "gas-rising": GAS,
  temperature: ["people-safe", "power-off", "cooling", "surroundings"],
  "peripheral-lost": ["sensor", "housing", "wiring"],
  "clock-stepped": CHIP,
  "event-gap": CHIP,
  "chip-silent": CHIP,
  "chips-unreachable": CHIP,
  "fire-watch-absent": ["people-safe", "power-off", "extinguisher", "surroundings"],
  "far-scan": IMPERSONATED,
  "repeated-refusals": IMPERSONATED,
  "certificate-expired": IMPERSONATED,
  "forged-codes": IMPERSONATED,
  "two-places": IMPERSONATED,
  "uncertified-work": AT_WORK,
  "certificate-expiring": ["welder-certificate"],
  "work-outside-permit": ["people-safe", "power-off", "extinguisher", "welder-certificate", "surroundings"],
  "special-period-work": AT_WORK,
  "night-work": AT_WORK,
  "over-time": AT_WORK,
  "over-hours": AT_WORK,
  "scene-failed-twice": ["no-ignition", "extinguisher", "surroundings", "power-off"],
  "key-area-entered": ["power-off", "surroundings"],
  "chip-away": CHIP,
  "simultaneous-work": ["people-safe", "no-ignition", "power-off", "surroundings", "extinguisher"],
};

/** The check list of a kind, in the order in which it is safe to look. */
export function checksOf(kind: AlarmSummary["kind"]): readonly Check[] {
  return CHECKS[kind] ?? GENERAL;
}
