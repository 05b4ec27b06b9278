import { useTranslation } from "react-i18next";
import type { MapWords } from "../../map/places-map.tsx";

/** What maps of the console say of themselves. */
export function useMapWords(): MapWords {
  const { t } = useTranslation();
  return {
    failed: t("console.map.failed"),
    notReviewed: t("console.map.notReviewed"),
    approval: (number) => t("console.map.approval", { number }),
  };
}
