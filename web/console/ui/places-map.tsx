import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { BaseMap } from "../../map/base-map.tsx";
import { MapView } from "../../map/map-view.tsx";
import { PlacesLayer } from "../../map/places-layer.tsx";
import { ReviewNotice } from "../../map/review-notice.tsx";
import { useMapConfig } from "../../ui/use-map-config.ts";

/** WGS-84 degrees. */
interface Place {
  latitudeDegrees: number;
  longitudeDegrees: number;
}

interface Props {
  /** The first is the main one; where there is none the whole county is shown. */
  places: readonly Place[];
  label: string;
  /** Lines from the main place to the others. */
  hasWays?: boolean;
  nearestZoom?: number;
}

const NEAREST_ZOOM = 13;

/** Places on a map of their own, all in view. */
export function PlacesMap({ places, label, hasWays = false, nearestZoom = NEAREST_ZOOM }: Props) {
  const { t } = useTranslation();
  const config = useMapConfig().data;
  // A refresh without changes moves nothing.
  const text = JSON.stringify(places);
  const still = useMemo(() => JSON.parse(text) as Place[], [text]);
  if (!config) return null;
  const { centre } = config;
  return (
    <div className="panel call-map">
      <MapView
        centre={[
          still[0]?.longitudeDegrees ?? centre.longitudeDegrees,
          still[0]?.latitudeDegrees ?? centre.latitudeDegrees,
        ]}
        zoom={still[0] ? nearestZoom : centre.zoom}
        label={label}
        failedText={t("console.map.failed")}
      >
        <BaseMap base={config.base} />
        <PlacesLayer places={still} hasWays={hasWays} nearestZoom={nearestZoom} />
      </MapView>
      <ReviewNotice
        text={
          config.approvalNumber === null
            ? t("console.map.notReviewed")
            : t("console.map.approval", { number: config.approvalNumber })
        }
      />
    </div>
  );
}
