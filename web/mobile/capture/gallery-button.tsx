import type { Position } from "@hanyouxu/protocol";
import { useTranslation } from "react-i18next";
import type { Taken } from "./capture-view.tsx";

/** A photo that the phone already has, where the subject allows it. */
export function GalleryButton({
  position,
  onTaken,
}: {
  position: Position | null;
  onTaken: (taken: Taken) => void;
}) {
  const { t } = useTranslation();
  return (
    <label className="photo-button">
      {t("mobile.capture.gallery")}
      <input
        className="visually-hidden"
        type="file"
        accept="image/jpeg,image/png,image/webp"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (!file) return;
          const takenAt = new Date(file.lastModified).toISOString();
          onTaken({ file, source: "gallery", challengeId: null, takenAt, position, coveredSectors: [] });
        }}
      />
    </label>
  );
}
