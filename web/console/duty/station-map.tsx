import "../clearances/clearances.css";
import type { FireStation } from "@hanyouxu/api";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { AreasLayer } from "../../map/areas-layer.tsx";
import { BaseMap } from "../../map/base-map.tsx";
import { MapView } from "../../map/map-view.tsx";
import { PlacesLayer } from "../../map/places-layer.tsx";
import { ReviewNotice } from "../../map/review-notice.tsx";
import { useMapConfig } from "../../ui/use-map-config.ts";

const TOWN_ZOOM = 12;

/** Where the station stands, and the ground that was drawn for it. */
export function StationMap({ place, areaGeometry }: Pick<FireStation, "place" | "areaGeometry">) {
  const { t } = useTranslation();
  const config = useMapConfig().data;
  // A refresh without changes moves nothing.
  const text = JSON.stringify([place]);
  const places = useMemo(() => JSON.parse(text), [text]);
  const groundText = JSON.stringify(areaGeometry);
  const ground = useMemo(() => {
    const geometry = JSON.parse(groundText);
    return geometry === null ? [] : [{ id: "ground", name: t("console.duty.ground"), geometry }];
  }, [groundText, t]);
  if (!config) return null;
  return (
    <div className="panel call-map">
      <MapView
        centre={[place.longitudeDegrees, place.latitudeDegrees]}
        zoom={TOWN_ZOOM}
        label={t("console.duty.place")}
        failedText={t("console.map.failed")}
      >
        <BaseMap base={config.base} />
        <AreasLayer areas={ground} />
        <PlacesLayer places={places} hasWays={false} />
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
