import "./movement.css";
import type { WorkPlace } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { BaseMap } from "../../map/base-map.tsx";
import { MapView } from "../../map/map-view.tsx";
import { PlacesLayer } from "../../map/places-layer.tsx";
import { ReviewNotice } from "../../map/review-notice.tsx";
import { useMapConfig } from "../../ui/use-map-config.ts";

const CLOSE_ZOOM = 11;
/** A metre or so: more digits than a receiver knows. */
const DEGREE_DIGITS = 5;

/** The places of work on the map, and the same as a table. */
export function WorkPlaces({ places }: { places: readonly WorkPlace[] | null }) {
  const { t } = useTranslation();
  const config = useMapConfig().data;
  const main = places?.[0];
  return (
    <section className="panel" aria-labelledby="places-title">
      <h2 id="places-title" className="panel-title">
        {t("console.movement.places")}
      </h2>
      {places === null ? <p className="soft">{t("console.movement.placesHidden")}</p> : null}
      {places !== null && !main ? <p className="soft">{t("console.movement.noPlaces")}</p> : null}
      {main && config ? (
        <div className="movement-map">
          <MapView
            centre={[main.longitudeDegrees, main.latitudeDegrees]}
            zoom={CLOSE_ZOOM}
            label={t("console.movement.map")}
            failedText={t("console.map.failed")}
          >
            <BaseMap base={config.base} />
            <PlacesLayer places={places ?? []} />
          </MapView>
          <ReviewNotice
            text={
              config.approvalNumber === null
                ? t("console.map.notReviewed")
                : t("console.map.approval", { number: config.approvalNumber })
            }
          />
        </div>
      ) : null}
      {main ? (
        <table className="movement-places">
          <thead>
            <tr>
              <th scope="col">{t("console.movement.place")}</th>
              <th scope="col">{t("console.movement.placeDays")}</th>
              <th scope="col">{t("console.movement.coordinates")}</th>
            </tr>
          </thead>
          <tbody>
            {places?.map((place, index) => (
              <tr key={`${place.latitudeDegrees},${place.longitudeDegrees}`}>
                <td>{index === 0 ? t("console.movement.mainPlace") : index + 1}</td>
                <td>{place.days}</td>
                <td className="code">
                  {place.latitudeDegrees.toFixed(DEGREE_DIGITS)},{" "}
                  {place.longitudeDegrees.toFixed(DEGREE_DIGITS)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}
