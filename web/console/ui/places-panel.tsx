import { useTranslation } from "react-i18next";
import { PlacesMap } from "../../map/places-map.tsx";

type Props = Omit<Parameters<typeof PlacesMap>[0], "words">;

/** Places on a map of their own, beside what is said of them. */
export function PlacesPanel(props: Props) {
  const { t } = useTranslation();
  return (
    <div className="panel call-map">
      <PlacesMap
        {...props}
        words={{
          failed: t("console.map.failed"),
          notReviewed: t("console.map.notReviewed"),
          approval: (number) => t("console.map.approval", { number }),
        }}
      />
    </div>
  );
}
