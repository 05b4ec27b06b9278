import { evidencePreviewPath } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { timeOfDay } from "../../ui/format.ts";
import type { PictureQueue, QueuedPicture } from "./picture-queue.ts";

/** What was taken, how far each is on its way, and what can be done about it. */
export function PictureList({
  queue,
  pictures,
}: {
  queue: PictureQueue;
  pictures: readonly QueuedPicture[];
}) {
  const { t } = useTranslation();
  if (pictures.length === 0) return null;
  return (
    <ul className="pictures" aria-label={t("mobile.capture.list")}>
      {pictures.map((picture) => (
        <PictureLine key={picture.evidenceId} queue={queue} picture={picture} />
      ))}
    </ul>
  );
}

function PictureLine({ queue, picture }: { queue: PictureQueue; picture: QueuedPicture }) {
  const { t } = useTranslation();
  const { evidenceId, said, state, sentBytes, sizeBytes, reason } = picture;
  const percent = Math.min(100, Math.floor((100 * sentBytes) / sizeBytes));
  const name = `${t(`common.evidence.kind.${said.kind}`)} ${timeOfDay(said.takenAt)}`;
  const isOnItsWay = state === "waiting" || state === "sending";
  return (
    <li className="card picture" data-state={state}>
      {state === "accepted" ? <img src={evidencePreviewPath(evidenceId)} alt={name} /> : null}
      <div className="picture-facts">
        <strong>{name}</strong>
        <span className={`tag picture-${state}`}>{t(`mobile.capture.state.${state}`)}</span>
        {isOnItsWay ? (
          <>
            <progress aria-label={name} max={100} value={percent} />
            <span>
              {percent}% · {(sizeBytes / 1_000_000).toFixed(1)} MB
            </span>
          </>
        ) : null}
        {reason ? <p className={state === "refused" ? "field-error" : "notice-warn"}>{reason}</p> : null}
        {state === "waiting" && reason ? (
          <Button className="plain" onClick={queue.wake}>
            {t("common.retry")}
          </Button>
        ) : null}
        {state !== "accepted" ? (
          <Button className="plain" onClick={() => void queue.remove(evidenceId)}>
            {t("mobile.capture.delete")}
          </Button>
        ) : null}
      </div>
    </li>
  );
}
