export type CameraFailure = "denied" | "missing" | "unsupported" | "busy";

export type CameraResult = { ok: true; stream: MediaStream } | { ok: false; reason: CameraFailure };

/** Opens the camera at the back. The caller stops the stream's tracks. */
export async function openCamera(): Promise<CameraResult> {
  if (!navigator.mediaDevices?.getUserMedia) return { ok: false, reason: "unsupported" };
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
    });
    return { ok: true, stream };
  } catch (error) {
    const name = error instanceof DOMException ? error.name : "";
    if (name === "NotAllowedError" || name === "SecurityError") return { ok: false, reason: "denied" };
    if (name === "NotFoundError" || name === "OverconstrainedError") return { ok: false, reason: "missing" };
    return { ok: false, reason: "busy" };
  }
}

/** Whether the lamp beside the camera can be switched; only some phones tell. */
export function hasTorch(stream: MediaStream): boolean {
  const track = stream.getVideoTracks()[0];
  return Boolean(track && "torch" in (track.getCapabilities?.() ?? {}));
}

export async function setTorch(stream: MediaStream, on: boolean): Promise<void> {
  await stream
    .getVideoTracks()[0]
    ?.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] });
}
