import type { PicturePurpose } from "@hanyouxu/protocol";
import type { ChipState } from "../state.ts";
import type { Turn } from "../turn.ts";
import {
  type CameraState,
  type CameraTraits,
  type KeptPicture,
  NEVER,
  type PictureName,
} from "./camera-state.ts";
import { forgetPictures, isSame } from "./keep-pictures.ts";

/** What a request costs beside the bytes it carries: headers both ways. */
const REQUEST_BYTES = 600;
const ANSWERED_WITHIN_MS = 60_000;
const RETRY_MS = 5_000;
const RETRY_CAP_MS = 300_000;

/** What leaves first; of the same, what was taken first. */
const ORDER: readonly PicturePurpose[] = ["live", "alarm", "request", "clip", "event", "interval"];

/** How a part fared, as the host saw it. `offset`: the platform has so many bytes and waits for the rest. */
export type SendResult = { kind: "offset"; bytes: number } | { kind: "stored" | "refused" | "failed" };

/** Sends the next part when the link is up, no event waits, and the budget allows it. */
export function sendPictures(turn: Turn, before: CameraState): CameraState {
  const { state, uptimeMs } = turn;
  let camera = before;
  if (camera.sending && uptimeMs - camera.sending.sinceUptimeMs >= ANSWERED_WITHIN_MS) {
    camera = failed({ ...camera, sending: null }, uptimeMs);
  }
  if (camera.sending || uptimeMs < sendingDueUptimeMs(state, camera)) return camera;
  const next = nextToSend(camera);
  if (!next) return camera;
  const { picture, sentBytes } = next;
  const maxBytes = Math.min(partBytes(camera.traits), picture.sizeBytes - sentBytes);
  turn.cameraEffects.push({ kind: "send-picture", picture, fromByte: sentBytes, maxBytes });
  const bytes = budgetBytes(camera, uptimeMs) - maxBytes - REQUEST_BYTES;
  return {
    ...camera,
    sending: { boot: picture.boot, picture: picture.picture, sinceUptimeMs: uptimeMs },
    budget: { bytes, atUptimeMs: uptimeMs },
  };
}

export function receiveSent(
  turn: Turn,
  camera: CameraState,
  name: PictureName,
  result: SendResult,
): CameraState {
  const isAwaited = camera.sending !== null && isSame(camera.sending, name);
  const next = isAwaited ? { ...camera, sending: null } : camera;
  switch (result.kind) {
    case "offset": {
      const kept = next.kept.map((one) =>
        isSame(one.picture, name)
          ? { ...one, sentBytes: Math.min(result.bytes, one.picture.sizeBytes) }
          : one,
      );
      return { ...next, kept, sendFailures: 0, sendDueUptimeMs: 0 };
    }
    case "stored":
    // What the platform will never take is not offered for ever.
    case "refused":
      return { ...forgetPictures(turn, next, [name]), sendFailures: 0, sendDueUptimeMs: 0 };
    case "failed":
      return isAwaited ? failed(next, turn.uptimeMs) : next;
  }
}

/** When a part may leave next; NEVER while something else has to happen first. */
export function sendingDueUptimeMs(state: ChipState, camera: CameraState): number {
  if (camera.sending) return camera.sending.sinceUptimeMs + ANSWERED_WITHIN_MS;
  const isLinkFree = state.link.phase === "up" && state.log.pending.length <= state.outbox.inFlight;
  const next = isLinkFree ? nextToSend(camera) : undefined;
  if (!next) return NEVER;
  const bytes = Math.min(partBytes(camera.traits), next.picture.sizeBytes - next.sentBytes) + REQUEST_BYTES;
  const missing = Math.max(0, bytes - camera.budget.bytes);
  const saved = camera.budget.atUptimeMs + Math.ceil((missing * 1000) / camera.traits.uplinkBytesPerSecond);
  return Math.max(saved, camera.sendDueUptimeMs);
}

function nextToSend(camera: CameraState): KeptPicture | undefined {
  let best: KeptPicture | undefined;
  for (const one of camera.kept) {
    if (!best || rankOf(one) < rankOf(best)) best = one;
  }
  return best;
}

/** One request carries a second's worth: what a cut costs, and how long something urgent waits behind it. */
export function partBytes({ uplinkBytesPerSecond }: Pick<CameraTraits, "uplinkBytesPerSecond">): number {
  return Math.min(16_384, Math.max(2_048, uplinkBytesPerSecond));
}

const rankOf = ({ picture }: KeptPicture) => ORDER.indexOf(picture.purpose);

function budgetBytes({ budget, traits }: CameraState, uptimeMs: number): number {
  const grownBytes = Math.floor(((uptimeMs - budget.atUptimeMs) * traits.uplinkBytesPerSecond) / 1000);
  // After a silence two parts may leave at once.
  return Math.min(2 * (partBytes(traits) + REQUEST_BYTES), budget.bytes + grownBytes);
}

function failed(camera: CameraState, uptimeMs: number): CameraState {
  const waitMs = Math.min(RETRY_CAP_MS, RETRY_MS * 2 ** Math.min(camera.sendFailures, 8));
  return { ...camera, sendFailures: camera.sendFailures + 1, sendDueUptimeMs: uptimeMs + waitMs };
}
