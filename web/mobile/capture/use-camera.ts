import { type RefObject, useEffect, useState } from "react";
import { type CameraFailure, openCamera } from "../scan/camera.ts";

export type CameraState = "opening" | "live" | CameraFailure;

/** Shows the camera in `video` while `isActive`. */
export function useCamera(video: RefObject<HTMLVideoElement | null>, isActive: boolean): CameraState {
  const [state, setState] = useState<CameraState>("opening");
  useEffect(() => {
    if (!isActive) return;
    let isGone = false;
    let stream: MediaStream | undefined;
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    setState("opening");
    void openCamera().then(async (camera) => {
      if (!camera.ok) {
        if (!isGone) setState(camera.reason);
        return;
      }
      stream = camera.stream;
      const screen = video.current;
      if (isGone || !screen) return stop();
      screen.srcObject = stream;
      await screen.play().catch(() => undefined);
      if (!isGone) setState("live");
    });
    return () => {
      isGone = true;
      stop();
    };
  }, [video, isActive]);
  return state;
}
