import { useMapConfig } from "../ui/use-map-config.ts";
import { BaseMap } from "./base-map.tsx";
import { MapView } from "./map-view.tsx";
import type { MapWords } from "./places-map.tsx";
import { ReviewNotice } from "./review-notice.tsx";
import { TrackLayer, type TrackPoint } from "./track-layer.tsx";

interface Props {
  /** One at least. */
  points: readonly TrackPoint[];
  at: TrackPoint | null;
  label: string;
  words: MapWords;
}

/** A way on a map that fills its parent. */
export function TrackMap({ points, at, label, words }: Props) {
  const config = useMapConfig().data;
  if (!config) return null;
  return (
    <>
      <MapView centre={points[0]!} zoom={14} label={label} failedText={words.failed}>
        <BaseMap base={config.base} />
        <TrackLayer points={points} at={at} />
      </MapView>
      <ReviewNotice
        text={config.approvalNumber === null ? words.notReviewed : words.approval(config.approvalNumber)}
      />
    </>
  );
}
