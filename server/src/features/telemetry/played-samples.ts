import type { PlayedSample } from "@hanyouxu/api";
import type { TimedSample } from "./packing.ts";

/** More than this no slider of a page can tell apart. */
const MOST_SAMPLES = 1_200;

/**
 * What a page plays back of a time: all that was measured or, of very many, one sample for each equal part of the
 * time, the one that says most.
 */
export function playedSamples(
  measured: readonly TimedSample[],
  from: Date,
  to: Date,
): { samples: PlayedSample[]; measured: number } {
  const shown = thinned(measured, from.getTime(), to.getTime());
  return { samples: shown.map(playedSampleOf), measured: measured.length };
}

function thinned(samples: readonly TimedSample[], fromMs: number, toMs: number): readonly TimedSample[] {
  if (samples.length <= MOST_SAMPLES) return samples;
  const partMs = (toMs - fromMs) / MOST_SAMPLES;
  const parts = Map.groupBy(samples, ({ atMs }) => Math.floor((atMs - fromMs) / partMs));
  return [...parts.values()].map((own) => own.reduce((most, one) => (saysMore(one, most) ? one : most)));
}

function saysMore(one: TimedSample, other: TimedSample): boolean {
  const byGas = (one.gasLelPermille ?? 0) - (other.gasLelPermille ?? 0);
  return byGas > 0 || (byGas === 0 && one.arcCurrentDeciamps > other.arcCurrentDeciamps);
}

function playedSampleOf(sample: TimedSample): PlayedSample {
  const { position, temperatureDecicelsius, gasLelPermille, speedCentimetresPerSecond } = sample;
  return {
    at: new Date(sample.atMs).toISOString(),
    place: position && {
      latitudeDegrees: position.latitudeE7 / 1e7,
      longitudeDegrees: position.longitudeE7 / 1e7,
    },
    speedMetresPerSecond: speedCentimetresPerSecond === null ? null : speedCentimetresPerSecond / 100,
    currentAmps: sample.arcCurrentDeciamps / 10,
    temperatureCelsius: temperatureDecicelsius === null ? null : temperatureDecicelsius / 10,
    gasLelPercent: gasLelPermille === null ? null : gasLelPermille / 10,
    relayClosed: sample.flags.relayClosed,
  };
}
