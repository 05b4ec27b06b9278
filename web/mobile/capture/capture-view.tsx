import type { EvidenceKind, NewEvidence } from "@hanyouxu/api";
import type { Position } from "@hanyouxu/protocol";
import { Button } from "antd-mobile";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { dateTime, duration } from "../../ui/format.ts";
import { phonePosition } from "../scan/position.ts";
import { beginFilm, type Caption, drawFrame, photoOf } from "./captioned-frame.ts";
import { CircleGuide } from "./circle-guide.tsx";
import { GalleryButton } from "./gallery-button.tsx";
import { type HeardChallenge, leftMs, platformTimeMs } from "./heard-challenge.ts";
import { useCamera } from "./use-camera.ts";

/** A picture with what the phone knows of its taking. */
export type Taken = Pick<
  NewEvidence,
  "source" | "challengeId" | "takenAt" | "position" | "coveredSectors"
> & {
  file: Blob;
};

/** A film ends by itself before the platform would refuse it. */
const FILM_MOST_MS = 170_000;

interface Props {
  heard: HeardChallenge;
  kind: EvidenceKind;
  wantsCircle: boolean;
  onTaken: (taken: Taken) => void;
  onClose: () => void;
}

/** The camera with what must be seen in the picture: the digits and the demand stand above it and are burned into it. */
export function CaptureView({ heard, kind, wantsCircle, onTaken, onClose }: Props) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const camera = useCamera(video, true);
  const [nowMs, setNowMs] = useState(() => performance.now());
  const [position, setPosition] = useState<Position | null>();
  const [covered, setCovered] = useState<readonly number[]>([]);
  const [film, setFilm] = useState<{ stop(): Promise<Blob>; beganAtMs: number }>();
  const [isUnable, setIsUnable] = useState(false);
  const { challenge } = heard;
  const demand = t(`common.evidence.demand.${challenge.demand}`);
  const isOver = leftMs(heard, nowMs) === 0 && !film;

  useEffect(() => {
    void phonePosition().then(setPosition);
    const timer = setInterval(() => setNowMs(performance.now()), 500);
    return () => clearInterval(timer);
  }, []);

  const caption = useRef<() => Caption>(null);
  caption.current = () => ({
    digits: challenge.digits,
    demand,
    time: dateTime(new Date(platformTimeMs(heard, performance.now())).toISOString()),
    place: position ? placeText(position) : t("mobile.capture.noPlace"),
  });
  useEffect(() => {
    if (camera !== "live") return;
    let frame = 0;
    const draw = () => {
      if (canvas.current && video.current) drawFrame(canvas.current, video.current, caption.current!());
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, [camera]);

  const hand = (file: Blob | null, takenAtMs: number) => {
    if (!file || file.size === 0) return setIsUnable(true);
    onTaken({
      file,
      source: "camera",
      challengeId: challenge.challengeId,
      takenAt: new Date(platformTimeMs(heard, takenAtMs)).toISOString(),
      position: position ?? null,
      coveredSectors: [...covered],
    });
  };
  const takePhoto = async () => hand(await photoOf(canvas.current!), performance.now());
  const startFilm = () => {
    const begun = beginFilm(canvas.current!);
    setCovered([]);
    if (begun) setFilm({ ...begun, beganAtMs: performance.now() });
    else setIsUnable(true);
  };
  const endFilm = async () => {
    if (!film) return;
    setFilm(undefined);
    hand(await film.stop(), film.beganAtMs);
  };
  const filmedMs = film ? nowMs - film.beganAtMs : 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the time decides.
  useEffect(() => {
    if (filmedMs > FILM_MOST_MS) void endFilm();
  }, [filmedMs]);

  return (
    <section className="capture" data-camera={camera} data-filming={film ? true : undefined}>
      <div className="challenge" role="status">
        <strong className="challenge-digits">{challenge.digits}</strong>
        <p>
          {demand}
          <span className="challenge-left">
            {isOver
              ? t("mobile.capture.over")
              : film
                ? t("mobile.capture.filming", { time: duration(filmedMs) })
                : t("mobile.capture.left", { time: duration(leftMs(heard, nowMs)) })}
          </span>
        </p>
      </div>
      {/* The canvas shows what is kept: the camera's picture with its caption. */}
      <video ref={video} className="capture-source" muted playsInline tabIndex={-1} />
      {camera === "live" || camera === "opening" ? (
        <canvas
          ref={canvas}
          className="capture-frame"
          role="img"
          aria-label={t("mobile.capture.viewfinder")}
        />
      ) : (
        <p className="card" role="alert">
          {t(`mobile.capture.camera.${camera}`)}
        </p>
      )}
      {wantsCircle ? (
        <CircleGuide covered={covered} onCovered={setCovered} isRunning={film !== undefined} />
      ) : null}
      {position === null ? <p className="notice-warn">{t("mobile.capture.noPlaceFix")}</p> : null}
      {isUnable ? (
        <p className="field-error" role="alert">
          {t("mobile.capture.unable")}
        </p>
      ) : null}
      <div className="capture-ways">
        {kind === "photo" ? (
          <Button
            className="big"
            block
            color="primary"
            disabled={camera !== "live" || isOver || position === undefined}
            onClick={() => void takePhoto()}
          >
            {t("mobile.capture.shoot")}
          </Button>
        ) : (
          <Button
            className="big"
            block
            color={film ? "danger" : "primary"}
            disabled={camera !== "live" || isOver || position === undefined}
            onClick={() => (film ? void endFilm() : startFilm())}
          >
            {t(film ? "mobile.capture.endFilm" : "mobile.capture.startFilm")}
          </Button>
        )}
        {challenge.allowsGallery && kind === "photo" ? (
          <GalleryButton position={position ?? null} onTaken={onTaken} />
        ) : null}
        <Button className="big" block disabled={film !== undefined} onClick={onClose}>
          {t("common.cancel")}
        </Button>
      </div>
    </section>
  );
}

function placeText({ latitudeDegrees, longitudeDegrees, accuracyMetres }: Position): string {
  return `${latitudeDegrees.toFixed(5)}, ${longitudeDegrees.toFixed(5)} ±${Math.round(accuracyMetres)} m`;
}
