import type { MapConfig } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { ReviewNotice } from "../../map/review-notice.tsx";

/** Whose map this is, and whether it was reviewed. */
export function MapNotice({ config }: { config: MapConfig }) {
  const { t } = useTranslation();
  const review =
    config.approvalNumber === null
      ? t("console.map.notReviewed")
      : t("console.map.approval", { number: config.approvalNumber });
  return (
    <ReviewNotice
      text={[config.base.kind === "xyz" ? config.base.attribution : "", review].filter(Boolean).join(" · ")}
    />
  );
}
