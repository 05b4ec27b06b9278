import { useTranslation } from "react-i18next";
import { PlacesMap } from "../../map/places-map.tsx";

/** Where the alarms of the list are. */
export function AlarmsMap({
  places,
}: {
  places: readonly { latitudeDegrees: number; longitudeDegrees: number }[];
}) {
  const { t } = useTranslation();
  return (
    <div className="card alarms-map">
      <PlacesMap
        places={places}
        label={t("mobile.alarms.map")}
        words={{
          failed: t("mobile.alarms.mapFailed"),
          notReviewed: t("mobile.alarms.notReviewed"),
          approval: (number) => t("mobile.alarms.approval", { number }),
        }}
      />
    </div>
  );
}
