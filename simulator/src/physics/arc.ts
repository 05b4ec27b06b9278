import type { WeldingProcess } from "../county/types.ts";
import { normal, type Random } from "../random.ts";
import type { Body, Controls, Traits } from "./body.ts";

interface ArcCharacter {
  /** Conventional load voltage: `baseVolts + voltsPerAmp × I`, at most `maxVolts` (GB/T 15579.1, IEC 60974-1). */
  baseVolts: number;
  voltsPerAmp: number;
  maxVolts: number;
  /** Relative deviation of the current from second to second. */
  ripple: number;
  /** Time in which the current comes up. */
  rampMs: number;
}

/** A stick drowns and restarts, wire is steadier, TIG steadiest; a spot welder's sensor holds the pulse's peak. */
const characters: Readonly<Record<WeldingProcess, ArcCharacter>> = {
  SMAW: { baseVolts: 20, voltsPerAmp: 0.04, maxVolts: 44, ripple: 0.08, rampMs: 200 },
  GMAW: { baseVolts: 14, voltsPerAmp: 0.05, maxVolts: 44, ripple: 0.05, rampMs: 150 },
  GTAW: { baseVolts: 10, voltsPerAmp: 0.04, maxVolts: 34, ripple: 0.015, rampMs: 1500 },
  SAW: { baseVolts: 20, voltsPerAmp: 0.04, maxVolts: 44, ripple: 0.03, rampMs: 800 },
  PAW: { baseVolts: 25, voltsPerAmp: 0.04, maxVolts: 40, ripple: 0.02, rampMs: 500 },
  PAC: { baseVolts: 80, voltsPerAmp: 0.4, maxVolts: 160, ripple: 0.03, rampMs: 300 },
  RW: { baseVolts: 3, voltsPerAmp: 0.0005, maxVolts: 7, ripple: 0.04, rampMs: 20 },
  OFW: { baseVolts: 0, voltsPerAmp: 0, maxVolts: 0, ripple: 0, rampMs: 1 },
  OFC: { baseVolts: 0, voltsPerAmp: 0, maxVolts: 0, ripple: 0, rampMs: 1 },
  BRAZING: { baseVolts: 0, voltsPerAmp: 0, maxVolts: 0, ripple: 0, rampMs: 1 },
};

/** Current and voltage after `dtMs`: nothing without power, open-circuit voltage without an arc. */
export function stepArc(
  body: Body,
  controls: Controls,
  traits: Traits,
  random: Random,
  dtMs: number,
): Pick<Body, "arcMs" | "currentAmps" | "volts"> {
  if (!hasPower(controls)) return { arcMs: 0, currentAmps: decayed(body.currentAmps, dtMs), volts: 0 };
  const { idleVolts, maxAmps } = traits.model;
  if (!controls.trigger)
    return { arcMs: 0, currentAmps: 0, volts: Math.max(0, normal(random, idleVolts, 0.5)) };
  const character = characters[traits.model.process];
  const arcMs = body.arcMs + dtMs;
  const ramp = Math.min(1, arcMs / character.rampMs);
  const currentAmps = clamp(traits.setAmps * ramp * normal(random, 1, character.ripple), 0, maxAmps * 1.1);
  const loadVolts = Math.min(character.maxVolts, character.baseVolts + character.voltsPerAmp * currentAmps);
  return { arcMs, currentAmps, volts: Math.max(0, loadVolts * normal(random, 1, character.ripple / 2)) };
}

/** Past the relay, or through contacts that no longer part. */
function hasPower({ isPlugged, relayClosed, isBridged, hasWeldedContacts }: Controls): boolean {
  return isPlugged && (relayClosed || isBridged || hasWeldedContacts);
}

const inductanceMs = 400;

/** What the choke still drives through the arc when the supply is gone. */
function decayed(amps: number, dtMs: number): number {
  const left = amps * Math.exp(-dtMs / inductanceMs);
  return left < 0.1 ? 0 : left;
}

const efficiency = 0.82;
const standbyWatts = 12;
/** Fan and electronics of a machine under power. */
const noLoadWatts = 80;

/** The meter at the plug counts whatever the machine takes, and the chip's own supply. */
export function stepMeter(
  body: Body,
  controls: Controls,
  arc: Pick<Body, "currentAmps" | "volts">,
  dtMs: number,
): Pick<Body, "meterWattHours"> {
  if (!controls.isPlugged) return { meterWattHours: body.meterWattHours };
  const loadWatts = hasPower(controls) ? noLoadWatts + (arc.currentAmps * arc.volts) / efficiency : 0;
  return { meterWattHours: body.meterWattHours + ((standbyWatts + loadWatts) * dtMs) / 3_600_000 };
}

const sensorNoiseAmps = 0.8;

/** A Hall sensor's noise. */
export function stepSensor(random: Random): Pick<Body, "sensorNoiseAmps"> {
  return { sensorNoiseAmps: normal(random, 0, sensorNoiseAmps) };
}

function clamp(value: number, min: number, max: number): number {
  return Math.max(min, Math.min(max, value));
}
