import { shiftPlace } from "../county/place.ts";
import { chance, normal, type Random } from "../random.ts";
import type { Body, Controls, Traits } from "./body.ts";

const coolingMs = 12 * 60_000;
/** Coil over ambient after long work at rated current; the rating of class F insulation leaves room above it. */
const ratedRiseKelvin = 95;

/** First-order heating by the square of the current, first-order cooling. */
export function stepHeat(
  body: Body,
  traits: Traits,
  currentAmps: number,
  dtMs: number,
): Pick<Body, "coilCelsius"> {
  const load = currentAmps / traits.model.maxAmps;
  const target = traits.ambientCelsius + ratedRiseKelvin * load * load;
  const share = 1 - Math.exp(-dtMs / coolingMs);
  return { coilCelsius: body.coilCelsius + (target - body.coilCelsius) * share };
}

const gasMixingMs = 20_000;

/** Concentration follows the leak, with the sensor's noise floor. */
export function stepGas(
  body: Body,
  controls: Controls,
  random: Random,
  dtMs: number,
): Pick<Body, "gasPercentLel"> {
  const share = 1 - Math.exp(-dtMs / gasMixingMs);
  const mixed = body.gasPercentLel + (controls.leakPercentLel - body.gasPercentLel) * share;
  return { gasPercentLel: Math.max(0, mixed + normal(random, 0, 0.05)) };
}

const driftMs = 60_000;

/** The receiver's error wanders (Ornstein–Uhlenbeck); under a roof the fix is lost now and then, for minutes. */
export function stepFix(
  body: Body,
  traits: Traits,
  random: Random,
  dtMs: number,
): Pick<Body, "driftEastMetres" | "driftNorthMetres" | "fixLostMs"> {
  const deviation = driftDeviationMetres(traits);
  const kept = Math.exp(-dtMs / driftMs);
  const fresh = deviation * Math.sqrt(1 - kept * kept);
  const fixLostMs = Math.max(0, body.fixLostMs - dtMs);
  const loses = traits.isIndoors && fixLostMs === 0 && chance(random, dtMs / (30 * 60_000));
  return {
    driftEastMetres: body.driftEastMetres * kept + normal(random, 0, fresh),
    driftNorthMetres: body.driftNorthMetres * kept + normal(random, 0, fresh),
    fixLostMs: loses ? 60_000 + random.next() * 240_000 : fixLostMs,
  };
}

/** Standard deviation of one axis of the receiver's error. */
export function driftDeviationMetres(traits: Traits): number {
  return traits.isIndoors ? 9 : 3;
}

const cartMetresPerSecond = 8;

/** Straight towards the destination at the speed of an electric cart. */
export function stepMotion(
  body: Body,
  controls: Controls,
  dtMs: number,
): Pick<Body, "place" | "speedMetresPerSecond"> {
  const { destination } = controls;
  if (!destination) return { place: body.place, speedMetresPerSecond: 0 };
  const northMetres = (destination.latitudeDegrees - body.place.latitudeDegrees) * 111_195;
  const eastMetres =
    (destination.longitudeDegrees - body.place.longitudeDegrees) *
    111_195 *
    Math.cos((body.place.latitudeDegrees * Math.PI) / 180);
  const left = Math.hypot(northMetres, eastMetres);
  const reach = (cartMetresPerSecond * dtMs) / 1000;
  if (left <= reach) return { place: destination, speedMetresPerSecond: 0 };
  const share = reach / left;
  return {
    place: shiftPlace(body.place, eastMetres * share, northMetres * share),
    speedMetresPerSecond: cartMetresPerSecond,
  };
}

const batteryLastsMs = 24 * 3_600_000;
const batteryChargesMs = 3 * 3_600_000;

/** The chip's own battery carries it when the plug is pulled; the radio's level wanders. */
export function stepSupply(
  body: Body,
  controls: Controls,
  random: Random,
  dtMs: number,
): Pick<Body, "batteryPercent" | "signalDbm"> {
  const change = controls.isPlugged ? dtMs / batteryChargesMs : -dtMs / batteryLastsMs;
  const pull = (-82 - body.signalDbm) * (1 - Math.exp(-dtMs / 120_000));
  const jitter = normal(random, 0, Math.min(3, dtMs / 2000));
  return {
    batteryPercent: Math.max(0, Math.min(100, body.batteryPercent + 100 * change)),
    signalDbm: Math.max(-118, Math.min(-51, body.signalDbm + pull + jitter)),
  };
}
