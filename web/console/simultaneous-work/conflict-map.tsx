import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { BaseMap } from "../../map/base-map.tsx";
import { MapView } from "../../map/map-view.tsx";
import { PlacesLayer } from "../../map/places-layer.tsx";
import { ReviewNotice } from "../../map/review-notice.tsx";
import { useMapConfig } from "../../ui/use-map-config.ts";

/** A metre is seven pixels. */
const CLOSE_ZOOM = 20;

interface Place {
  latitudeDegrees: number;
  longitudeDegrees: number;
}

/** Where the two works are; the hot work is the first. */
export function ConflictMap({ places }: { places: readonly [Place, Place] }) {
  const { t } = useTranslation();
  const config = useMapConfig().data;
  // A refresh without changes moves nothing.
  const text = JSON.stringify(places);
  const still = useMemo(() => JSON.parse(text) as [Place, Place], [text]);
  if (!config) return null;
  return (
    <div className="panel call-map">
      <MapView
        centre={[still[0].longitudeDegrees, still[0].latitudeDegrees]}
        zoom={CLOSE_ZOOM}
        label={t("console.simultaneousWork.map")}
        failedText={t("console.map.failed")}
      >
        <BaseMap base={config.base} />
        <PlacesLayer places={still} hasWays nearestZoom={CLOSE_ZOOM} />
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
