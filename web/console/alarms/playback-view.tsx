import type { AlarmPlayback, PlayedSample } from "@hanyouxu/api";
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

/** A track with its readings, and the moment of it that is looked at: moved by hand or played. */
export function PlaybackView({ playback }: { playback: AlarmPlayback }) {
  const { t } = useTranslation();
  const mapWords = useMapWords();
  const { samples } = playback;
  const [fromMs, toMs, alarmMs] = [playback.from, playback.to, playback.occurredAt].map(Date.parse) as [
    number,
    number,
    number,
  ];
  const head = usePlayhead(fromMs, toMs, alarmMs);
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
        <div className="call-map">
          <TrackMap points={points} at={at} label={t("console.alarms.playback.map")} words={mapWords} />
        </div>
      ) : (
        <p className="soft">{t("console.alarms.playback.noPlace")}</p>
      )}
      <div className="playback-bar">
        <Button onClick={head.toggle}>
          {t(head.isPlaying ? "console.alarms.playback.pause" : "console.alarms.playback.play")}
        </Button>
        <Slider
          className="playback-slider"
          min={fromMs}
          max={toMs}
          step={1_000}
          value={head.atMs}
          onChange={head.goTo}
          marks={{ [alarmMs]: t("console.alarms.playback.alarm") }}
          tooltip={{ formatter: (ms) => timeOfDay(new Date(ms ?? fromMs).toISOString()) }}
          ariaLabelForHandle={t("console.alarms.playback.moment")}
          ariaValueTextFormatterForHandle={(ms) => dateTime(new Date(ms).toISOString())}
        />
        <Select
          aria-label={t("console.alarms.playback.speed")}
          value={head.speed}
          onChange={head.setSpeed}
          options={SPEEDS.map((speed) => ({ value: speed, label: `${speed}×` }))}
        />
      </div>
      <p data-moment={head.atMs}>
        {dateTime(new Date(head.atMs).toISOString())}
        {samples[index]
          ? ` · ${t(samples[index].relayClosed ? "console.alarms.playback.on" : "console.alarms.playback.off")}`
          : null}
      </p>
      {curves.map((curve) => (
        <ReadingsChart
          key={curve.key}
          curve={{ ...curve, name: t(`console.alarms.playback.${curve.key}`) }}
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
          {t("console.alarms.playback.thinned", { shown: samples.length, measured: playback.measured })}
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
