import type { AlarmPlayback, PlayedSample } from "@hanyouxu/api";
import type { AppContext } from "../../context.ts";
import { samplesBetween, type TimedSample } from "../telemetry/telemetry.ts";
import type { AlarmRow } from "./list-queries.ts";

const MINUTE_MS = 60_000;
/** More than this no slider of a page can tell apart. */
const MOST_SAMPLES = 1_200;

/** Where the machine was and what its chip measured around an alarm. */
export async function playBack(
  { db }: Pick<AppContext, "db">,
  row: Pick<AlarmRow, "chip_id" | "occurred_at">,
  { minutesBefore, minutesAfter }: { minutesBefore: number; minutesAfter: number },
): Promise<AlarmPlayback> {
  const { chip_id: chipId, occurred_at } = row;
  const from = new Date(occurred_at.getTime() - minutesBefore * MINUTE_MS);
  const to = new Date(occurred_at.getTime() + minutesAfter * MINUTE_MS);
  const measured = chipId === null ? [] : await samplesBetween(db, chipId, from, to);
  return {
    chipId,
    from: from.toISOString(),
    to: to.toISOString(),
    occurredAt: occurred_at.toISOString(),
    samples: thinned(measured, from.getTime(), to.getTime()).map(playedSampleOf),
    measured: measured.length,
  };
}

/** Of many, one for each equal part of the time: the one that says most. */
function thinned(samples: readonly TimedSample[], fromMs: number, toMs: number): TimedSample[] {
  if (samples.length <= MOST_SAMPLES) return [...samples];
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
