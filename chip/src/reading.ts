import type { Reading } from "./inputs.ts";

/**
 * A reading as the interlocks may use it: whole numbers in the units' ranges. What cannot be is no answer, except that
 * gas and current beyond their scale stay at its end: those are alarms, not faults.
 */
export function plausibleReading(reading: Reading): Reading {
  const { fix, gas } = reading;
  return {
    ...reading,
    fix: fix && isPlausibleFix(fix) ? fix : null,
    arcCurrentDeciamps: limited(reading.arcCurrentDeciamps, 65_535),
    voltageDecivolts: plausible(reading.voltageDecivolts, 0, 65_535),
    speedCentimetresPerSecond: plausible(reading.speedCentimetresPerSecond, 0, 65_535),
    temperatureDecicelsius: plausible(reading.temperatureDecicelsius, -1000, 10_000),
    batteryPercent: plausible(reading.batteryPercent, 0, 100),
    meterWattHours: plausible(reading.meterWattHours ?? null, 0, 0xffff_ffff),
    signalDbm: plausible(reading.signalDbm, -200, 0),
    gas: gas && plausibleGas(gas),
  };
}

/** Outside every sensor's range. */
const BROKEN_RAW = -1;

/** Values below zero are kept: they tell of a broken cell, see watchGasSensor. */
function plausibleGas(gas: NonNullable<Reading["gas"]>): Reading["gas"] {
  const { lelPermille, raw } = gas;
  if (Number.isNaN(lelPermille)) return null;
  return {
    lelPermille: Math.round(Math.min(10_000, Math.max(-10_000, lelPermille))),
    raw: Number.isNaN(raw) ? BROKEN_RAW : Math.round(Math.min(65_536, Math.max(BROKEN_RAW, raw))),
  };
}

function isPlausibleFix(fix: NonNullable<Reading["fix"]>): boolean {
  return (
    Math.abs(fix.latitudeE7) <= 900_000_000 &&
    Math.abs(fix.longitudeE7) <= 1_800_000_000 &&
    fix.accuracyMetres >= 0 &&
    fix.accuracyMetres <= 100_000
  );
}

/** Rounded; null outside the range, and for NaN. */
function plausible(value: number | null, min: number, max: number): number | null {
  return value !== null && value >= min && value <= max ? Math.round(value) : null;
}

/** Rounded into 0…max; null for NaN. */
function limited(value: number | null, max: number): number | null {
  return value === null || Number.isNaN(value) ? null : Math.round(Math.min(max, Math.max(0, value)));
}
