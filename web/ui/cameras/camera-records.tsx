import { type CameraPicture, type CameraRecords, cameraClipPath, cameraPicturePath } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { dateTime, timeOfDay } from "../format.ts";
import "./cameras.css";

/** Clips first, then pictures, each with when, why and by which camera it was taken. Showing them is a reading, audited. */
export function CameraRecordList({ records: { pictures, clips } }: { records: CameraRecords }) {
  const { t } = useTranslation();
  const nameOf = useCameraName();
  if (pictures.length + clips.length === 0) return <p className="soft">{t("common.cameras.none")}</p>;
  const poster = pictures.find(({ purpose, isForgotten }) => purpose === "alarm" && !isForgotten);
  return (
    <>
      {clips.map((clip) => (
        <figure key={clip.clipId} className="camera-clip">
          <video
            controls
            preload="metadata"
            src={cameraClipPath(clip.clipId)}
            aria-label={t("common.cameras.clipOf", { name: nameOf(clip.cameraNumber, clip.cameraName) })}
            {...(poster ? { poster: cameraPicturePath(poster.pictureId) } : {})}
          />
          <figcaption>
            {t("common.cameras.clipCaption", {
              name: nameOf(clip.cameraNumber, clip.cameraName),
              from: dateTime(clip.beganAt),
              to: timeOfDay(clip.endedAt),
            })}
          </figcaption>
        </figure>
      ))}
      <ul className="camera-pictures">
        {pictures.map((picture) => (
          <PictureItem key={picture.pictureId} picture={picture} />
        ))}
      </ul>
    </>
  );
}

function PictureItem({ picture }: { picture: CameraPicture }) {
  const { t } = useTranslation();
  const nameOf = useCameraName();
  const purpose = t(`common.cameras.purpose.${picture.purpose}`);
  const name = nameOf(picture.cameraNumber, picture.cameraName);
  return (
    <li data-purpose={picture.purpose}>
      {picture.isForgotten ? (
        <p className="camera-gone">{t("common.cameras.forgotten")}</p>
      ) : (
        <a href={cameraPicturePath(picture.pictureId)} target="_blank" rel="noreferrer">
          <img
            src={cameraPicturePath(picture.pictureId)}
            width={picture.widthPixels}
            height={picture.heightPixels}
            loading="lazy"
            alt={t("common.cameras.pictureOf", { name, purpose, at: dateTime(picture.takenAt) })}
          />
        </a>
      )}
      <p>
        {dateTime(picture.takenAt)}
        {picture.clockTrust === "unknown" ? ` · ${t("common.cameras.timeUnsure")}` : null}
      </p>
      <p className="soft">{`${purpose} · ${name}`}</p>
      <p className={picture.isHint ? "camera-hint" : "soft"}>
        <Detection picture={picture} />
      </p>
    </li>
  );
}

function Detection({ picture: { detection, detectionState } }: { picture: CameraPicture }) {
  const { t } = useTranslation();
  if (detectionState !== "done" || !detection) return t(`common.cameras.detection.${detectionState}`);
  if (detection.findings.length === 0) return t("common.cameras.detection.nothing");
  return detection.findings
    .map(({ thing, confidencePercent }) => `${t(`common.cameras.thing.${thing}`)} ${confidencePercent}%`)
    .join(t("common.cameras.separator"));
}

/** The name that people gave a camera, or its number. */
export function useCameraName(): (number: number, name: string | null) => string {
  const { t } = useTranslation();
  return (number, name) =>
    name ?? (number === 0 ? t("common.cameras.inChip") : t("common.cameras.number", { number }));
}
