import { type RefObject, useEffect, useRef, useState } from "react";
import { type CameraFailure, openCamera } from "./camera.ts";
import { openDecoder } from "./decoder.ts";

export type ScannerState = "opening" | "looking" | "foreign-code" | "no-decoder" | CameraFailure;

/** A picture every so often: reading one takes 20–40 ms on a weak phone, and the rest is battery. */
const PAUSE_MS = 120;

/**
 * Shows the camera in `video` and calls `onCode` once with the first code seen that `read` takes. Any other QR code
 * only changes the state, and the search goes on.
 */
export function useScanner<Code>(
  video: RefObject<HTMLVideoElement | null>,
  active: boolean,
  read: (text: string) => Code | undefined,
  onCode: (code: Code) => void,
): { state: ScannerState; stream: MediaStream | null } {
  const [state, setState] = useState<ScannerState>("opening");
  const [stream, setStream] = useState<MediaStream | null>(null);
  const found = useRef({ read, onCode });
  found.current = { read, onCode };

  useEffect(() => {
    if (!active) return;
    let stopped = false;
    let opened: MediaStream | null = null;
    let timer: ReturnType<typeof setTimeout>;
    setState("opening");

    async function run() {
      // Both load side by side, but the camera is not left open for a decoder that comes late or never.
      const decoding = openDecoder().catch(() => undefined);
      const camera = await openCamera();
      if (!camera.ok) {
        if (!stopped) setState(camera.reason);
        return;
      }
      const screen = video.current;
      if (stopped || !screen) {
        stopStream(camera.stream);
        return;
      }
      opened = camera.stream;
      screen.srcObject = opened;
      await screen.play().catch(() => undefined);
      const decoder = await decoding;
      if (stopped) return;
      if (!decoder) {
        stopStream(opened);
        setState("no-decoder");
        return;
      }
      setStream(opened);
      setState("looking");
      const look = async () => {
        if (stopped) return;
        if (screen.readyState >= screen.HAVE_CURRENT_DATA) {
          const texts = await decoder.read(screen).catch(() => []);
          const code = texts.map(found.current.read).find((value) => value !== undefined);
          if (stopped) return;
          if (code !== undefined) {
            if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(60);
            found.current.onCode(code);
            return;
          }
          if (texts.length > 0) setState("foreign-code");
        }
        timer = setTimeout(look, PAUSE_MS);
      };
      void look();
    }
    void run();

    return () => {
      stopped = true;
      clearTimeout(timer);
      if (opened) stopStream(opened);
      setStream(null);
    };
  }, [active, video]);

  return { state, stream };
}

function stopStream(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
