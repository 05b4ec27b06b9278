import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useLiveFrames } from "./use-live-frames.ts";

/** What a camera sees now, picture by picture, until it is ended; it says to whom it is known. */
export function LiveView({ watchId, name, onEnd }: { watchId: string; name: string; onEnd: () => void }) {
  const { t } = useTranslation();
  const { url, count, problem } = useLiveFrames(watchId);
  return (
    <figure className="camera-live" data-frames={count}>
      {url ? (
        <img src={url} alt={t("console.cameras.liveOf", { name })} />
      ) : (
        <p className="waits" role="status">
          {problem ?? t("console.cameras.liveWaits")}
        </p>
      )}
      <figcaption>
        <p>{t("console.cameras.liveNotice")}</p>
        {url && problem ? <p role="alert">{problem}</p> : null}
        <Button onClick={onEnd}>{t("console.cameras.liveEnd")}</Button>
      </figcaption>
    </figure>
  );
}
