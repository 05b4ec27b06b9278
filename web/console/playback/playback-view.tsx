import "./playback.css";
import type { MachinePlayback, PlayedSample } from "@hanyouxu/api";
import { Button, Select, Slider } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { TrackPoint } from "../../map/track-layer.tsx";
import { TrackMap } from "../../map/track-map.tsx";
import { dateTime, timeOfDay } from "../../ui/format.ts";
import { useMapWords } from "../ui/use-map-words.ts";
import { ReadingsChart } from "./readings-chart.tsx";
import { usePlayhead } from "./use-playhead.ts";

const SPEEDS = [1, 10, 60, 300] as const;

interface Props {
  playback: MachinePlayback;
  /** What the time was looked up for: it begins there; null: it begins at the beginning. */
  alarmMs: number | null;
}

/** A track with its readings, and the moment of it that is looked at: moved by hand or played. */
export function PlaybackView({ playback, alarmMs }: Props) {
  const { t } = useTranslation();
  const mapWords = useMapWords();
  const { samples } = playback;
  const [fromMs, toMs] = [Date.parse(playback.from), Date.parse(playback.to)];
  const head = usePlayhead(fromMs, toMs, alarmMs ?? fromMs);
  const timesMs = useMemo(() => samples.map(({ at }) => Date.parse(at)), [samples]);
  const points = useMemo(() => samples.flatMap(({ place }) => (place ? [pointOf(place)] : [])), [samples]);
  const curves = useMemo(() => curvesOf(samples), [samples]);
  const index = timesMs.findLastIndex((ms) => ms <= head.atMs);
  const place = samples.slice(0, index + 1).findLast((sample) => sample.place)?.place ?? null;
  const [lon, lat] = place ? pointOf(place) : [];
  const at = useMemo<TrackPoint | null>(
    () => (lon === undefined || lat === undefined ? null : [lon, lat]),
    [lon, lat],
  );
  return (
    <>
      {points.length > 0 ? (
        <div className="playback-map">
          <TrackMap points={points} at={at} label={t("console.playback.map")} words={mapWords} />
        </div>
      ) : (
        <p className="soft">{t("console.playback.noPlace")}</p>
      )}
      <div className="playback-bar">
        <Button onClick={head.toggle}>
          {t(head.isPlaying ? "console.playback.pause" : "console.playback.play")}
        </Button>
        <Slider
          className="playback-slider"
          min={fromMs}
          max={toMs}
          step={1_000}
          value={head.atMs}
          onChange={head.goTo}
          marks={alarmMs === null ? {} : { [alarmMs]: t("console.playback.alarm") }}
          tooltip={{
            formatter: (ms) => timeOfDay(new Date(ms ?? fromMs).toISOString()),
            // Within the page's main part, where a screen reader looks for it.
            getPopupContainer: (handle) => handle.parentElement ?? document.body,
          }}
          ariaLabelForHandle={t("console.playback.moment")}
          ariaValueTextFormatterForHandle={(ms) => dateTime(new Date(ms).toISOString())}
        />
        <Select
          aria-label={t("console.playback.speed")}
          value={head.speed}
          onChange={head.setSpeed}
          options={SPEEDS.map((speed) => ({ value: speed, label: `${speed}×` }))}
        />
      </div>
      <p data-moment={head.atMs}>
        {dateTime(new Date(head.atMs).toISOString())}
        {samples[index]
          ? ` · ${t(samples[index].relayClosed ? "console.playback.on" : "console.playback.off")}`
          : null}
      </p>
      {curves.map((curve) => (
        <ReadingsChart
          key={curve.key}
          curve={{ ...curve, name: t(`console.playback.${curve.key}`) }}
          timesMs={timesMs}
          fromMs={fromMs}
          toMs={toMs}
          atMs={head.atMs}
          value={curve.values[index] ?? null}
          alarmMs={alarmMs}
        />
      ))}
      {playback.measured > samples.length ? (
        <p className="soft small">
          {t("console.playback.thinned", { shown: samples.length, measured: playback.measured })}
        </p>
      ) : null}
    </>
  );
}

function pointOf(place: NonNullable<PlayedSample["place"]>): TrackPoint {
  return [place.longitudeDegrees, place.latitudeDegrees];
}

const CURVES = [
  { key: "current", unit: "A", of: ({ currentAmps }: PlayedSample) => currentAmps },
  { key: "temperature", unit: "°C", of: ({ temperatureCelsius }: PlayedSample) => temperatureCelsius },
  { key: "gas", unit: "%LEL", of: ({ gasLelPercent }: PlayedSample) => gasLelPercent },
  { key: "movingSpeed", unit: "m/s", of: ({ speedMetresPerSecond }: PlayedSample) => speedMetresPerSecond },
] as const;

/** Those that were measured at all. */
function curvesOf(samples: readonly PlayedSample[]) {
  return CURVES.map(({ key, unit, of }) => ({ key, unit, values: samples.map(of) })).filter(({ values }) =>
    values.some((value) => value !== null),
  );
}
