import type { MachineModel } from "../county/machine-models.ts";
import type { Place } from "../county/types.ts";

/** What never changes about one machine and where it stands. */
export interface Traits {
  model: MachineModel;
  /** Under a roof satellites are seen badly: more noise, and spells without a fix. */
  isIndoors: boolean;
  hasGasSensor: boolean;
  gasCalibratedDaysAgo: number;
  /** Looks at the work from the machine. */
  hasCamera: boolean;
  /** The current sensor's zero is off by so much. */
  sensorOffsetAmps: number;
  ambientCelsius: number;
  /** What the welder sets it to. */
  setAmps: number;
}

/** What people do to the machine; the relay is the chip's. */
export interface Controls {
  /** Mains at the plug. */
  isPlugged: boolean;
  relayClosed: boolean;
  /** The welder wants an arc now. */
  trigger: boolean;
  /** The housing was opened: the chip's loop is cut. */
  isLoopCut: boolean;
  /** Somebody wired around the relay. */
  isBridged: boolean;
  /** The bridge goes around the chip's current sensor too. */
  isSensorBridged: boolean;
  /** The relay's contacts are welded together: it no longer opens. */
  hasWeldedContacts: boolean;
  /** The current sensor is unplugged and answers nothing. */
  isSensorGone: boolean;
  /** A fire, the sun or a blocked fan makes the chip hotter than its coil by so much. */
  heatCelsius: number;
  /** Combustible gas around it, % of the lower explosive limit. */
  leakPercentLel: number;
  /** Where a mobile machine is being taken; null: it stays. */
  destination: Place | null;
}

/** The machine's physical state; a plain value, replaced by `stepBody`. */
export interface Body {
  place: Place;
  speedMetresPerSecond: number;
  /** The receiver's wandering error, metres. */
  driftEastMetres: number;
  driftNorthMetres: number;
  /** Milliseconds that the fix stays lost; 0: there is one. */
  fixLostMs: number;
  arcMs: number;
  currentAmps: number;
  volts: number;
  /** The current sensor's noise at this moment. */
  sensorNoiseAmps: number;
  /** The meter at the plug. */
  meterWattHours: number;
  coilCelsius: number;
  gasPercentLel: number;
  batteryPercent: number;
  signalDbm: number;
}

export const restingControls: Controls = {
  isPlugged: true,
  relayClosed: false,
  trigger: false,
  isLoopCut: false,
  isBridged: false,
  isSensorBridged: false,
  hasWeldedContacts: false,
  isSensorGone: false,
  heatCelsius: 0,
  leakPercentLel: 0,
  destination: null,
};

/** A machine that has stood cold and plugged in at its place. */
export function restingBody(traits: Traits, place: Place): Body {
  return {
    place,
    speedMetresPerSecond: 0,
    driftEastMetres: 0,
    driftNorthMetres: 0,
    fixLostMs: 0,
    arcMs: 0,
    currentAmps: 0,
    volts: 0,
    sensorNoiseAmps: 0,
    meterWattHours: 0,
    coilCelsius: traits.ambientCelsius,
    gasPercentLel: 0,
    batteryPercent: 100,
    signalDbm: -80,
  };
}
