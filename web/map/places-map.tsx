import { useMemo } from "react";
import { useMapConfig } from "../ui/use-map-config.ts";
import { BaseMap } from "./base-map.tsx";
import { MapView } from "./map-view.tsx";
import { PlacesLayer } from "./places-layer.tsx";
import { ReviewNotice } from "./review-notice.tsx";

/** WGS-84 degrees. */
interface Place {
  latitudeDegrees: number;
  longitudeDegrees: number;
}

export interface MapWords {
  /** Said instead of the map where it cannot be drawn. */
  failed: string;
  notReviewed: string;
  approval: (number: string) => string;
}

interface Props {
  /** The first is the main one; where there is none the whole county is shown. */
  places: readonly Place[];
  label: string;
  /** Lines from the main place to the others. */
  hasWays?: boolean;
  nearestZoom?: number;
  words: MapWords;
}

const NEAREST_ZOOM = 13;

/** Places on a map that fills its parent, all of them in view. */
export function PlacesMap({ places, label, hasWays = false, nearestZoom = NEAREST_ZOOM, words }: Props) {
  const config = useMapConfig().data;
  // A refresh without changes moves nothing.
  const text = JSON.stringify(places);
  const still = useMemo(() => JSON.parse(text) as Place[], [text]);
  if (!config) return null;
  const { centre } = config;
  return (
    <>
      <MapView
        centre={[
          still[0]?.longitudeDegrees ?? centre.longitudeDegrees,
          still[0]?.latitudeDegrees ?? centre.latitudeDegrees,
        ]}
        zoom={still[0] ? nearestZoom : centre.zoom}
        label={label}
        failedText={words.failed}
      >
        <BaseMap base={config.base} />
        <PlacesLayer places={still} hasWays={hasWays} nearestZoom={nearestZoom} />
      </MapView>
      <ReviewNotice
        text={config.approvalNumber === null ? words.notReviewed : words.approval(config.approvalNumber)}
      />
    </>
  );
}
