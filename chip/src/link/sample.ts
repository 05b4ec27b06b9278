import type { Sample } from "@hanyouxu/protocol";
import { usableGasLelPermille } from "../interlocks/gas-sensor.ts";
import type { ChipState } from "../state.ts";

/** What the last reading says, in the wire's units. Without any reading yet it still says that the chip lives. */
export function sampleOf(state: ChipState, offsetMs: number): Sample {
  const { reading, lastFix } = state;
  const gas = reading?.gas ?? null;
  return {
    offsetMs,
    position: lastFix && {
      latitudeE7: clamp(lastFix.latitudeE7, -900_000_000, 900_000_000),
      longitudeE7: clamp(lastFix.longitudeE7, -1_800_000_000, 1_800_000_000),
      accuracyDecimetres: clamp(lastFix.accuracyMetres * 10, 0, 1_000_000),
    },
    speedCentimetresPerSecond: clampNullable(reading?.speedCentimetresPerSecond, 0, 65_535),
    arcCurrentDeciamps: clampNullable(reading?.arcCurrentDeciamps, 0, 65_535) ?? 0,
    voltageDecivolts: clampNullable(reading?.voltageDecivolts, 0, 65_535) ?? 0,
    temperatureDecicelsius: clampNullable(reading?.temperatureDecicelsius, -1000, 10_000),
    gasLelPermille: usableGasLelPermille(state),
    gasRaw: gas && clamp(gas.raw, 0, 65_535),
    batteryPercent: clampNullable(reading?.batteryPercent, 0, 100),
    signalDbm: clampNullable(reading?.signalDbm, -200, 0),
    flags: {
      relayClosed: state.relayClosed,
      arcOn: state.arc.isOn,
      tamperLoopIntact: !state.tamper.isRaised,
      moving: reading?.moving ?? false,
      locked: state.isLocked,
      fix: reading?.fix?.kind ?? (lastFix ? "last-known" : "none"),
    },
  };
}

function clampNullable(value: number | null | undefined, min: number, max: number): number | null {
  return value === null || value === undefined ? null : clamp(value, min, max);
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, Math.round(value)));
}
