import { type RefObject, useEffect, useRef, useState } from "react";
import { type CameraFailure, openCamera } from "./camera.ts";
import { openDecoder } from "./decoder.ts";

export type ScannerState = "opening" | "looking" | "foreign-code" | "no-decoder" | CameraFailure;

/** A picture every so often: reading one takes 20–40 ms on a weak phone, and the rest is battery. */
const PAUSE_MS = 120;
/** What came of a code may be that it is refused, while the camera still looks at it: so long it is not passed on again. */
const AGAIN_MS = 3_000;

/**
 * Shows the camera in `video` and calls `onCode` once with the first code seen that `read` takes; when it is made active
 * again, the same code waits for some seconds. Any other QR code only changes the state, and the search goes on.
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
  const passedOn = useRef({ text: "", atMs: 0 });

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
          if (stopped) return;
          const nowMs = performance.now();
          const { text: before, atMs } = passedOn.current;
          let isForeign = texts.length > 0;
          for (const text of texts) {
            const code = found.current.read(text);
            if (code === undefined) continue;
            isForeign = false;
            if (text === before && nowMs - atMs < AGAIN_MS) continue;
            passedOn.current = { text, atMs: nowMs };
            if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(60);
            found.current.onCode(code);
            return;
          }
          if (isForeign) setState("foreign-code");
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
