import type { Reading } from "@hanyouxu/chip";
import { shiftPlace } from "../county/place.ts";
import type { Body, Controls, Traits } from "./body.ts";
import { driftDeviationMetres } from "./surroundings.ts";

/** What the chip's sensors make of the body, in the chip's units. */
export function readingOf(body: Body, controls: Controls, traits: Traits): Reading {
  return {
    fix: fixOf(body, traits),
    speedCentimetresPerSecond: Math.round(body.speedMetresPerSecond * 100),
    arcCurrentDeciamps: sensedDeciamps(body, controls, traits),
    voltageDecivolts: Math.round(body.volts * 10),
    temperatureDecicelsius: Math.round((body.coilCelsius + controls.heatCelsius) * 10),
    gas: traits.hasGasSensor
      ? {
          lelPermille: Math.round(body.gasPercentLel * 10),
          raw: Math.min(65_535, Math.round(400 + body.gasPercentLel * 37)),
        }
      : null,
    meterWattHours: Math.floor(body.meterWattHours),
    batteryPercent: Math.round(body.batteryPercent),
    signalDbm: Math.round(body.signalDbm),
    tamperLoopIntact: !controls.isLoopCut,
    moving: body.speedMetresPerSecond > 0.5,
  };
}

/** The sensor's zero and noise included; what flows past it cannot be seen. */
function sensedDeciamps(body: Body, controls: Controls, traits: Traits): number | null {
  if (controls.isSensorGone) return null;
  const flows = controls.isSensorBridged ? 0 : body.currentAmps;
  const sensed = flows + traits.sensorOffsetAmps + body.sensorNoiseAmps;
  return Math.min(65_535, Math.max(0, Math.round(sensed * 10)));
}

function fixOf(body: Body, traits: Traits): Reading["fix"] {
  if (body.fixLostMs > 0) return null;
  const seen = shiftPlace(body.place, body.driftEastMetres, body.driftNorthMetres);
  return {
    kind: "gnss",
    latitudeE7: Math.round(seen.latitudeDegrees * 1e7),
    longitudeE7: Math.round(seen.longitudeDegrees * 1e7),
    // Receivers give the radius that holds 68 % of fixes: 1.5 deviations of one axis.
    accuracyMetres: Math.ceil(driftDeviationMetres(traits) * 1.5),
  };
}
