import type { CommandBodyByKind, CommandResult } from "@hanyouxu/protocol";
import type { ChipInput } from "../inputs.ts";
import type { ChipState } from "../state.ts";
import type { Turn } from "../turn.ts";
import { type CameraState, NEVER } from "./camera-state.ts";
import { receiveSent, sendingDueUptimeMs, sendPictures } from "./send-pictures.ts";
import { ofEach, receivePicture, shoot, takingDueUptimeMs, want, wantPictures } from "./take-pictures.ts";

/**
 * The last thing a step does: what the cameras are to take, keep and send. Nothing that decides about the relay reads
 * anything of it, and its effects come after every other: a camera that is dead, slow or full is a record without
 * pictures.
 */
export function keepFilming(turn: Turn, input: ChipInput): void {
  const { state } = turn;
  if (!state.camera) return;
  let { camera } = state;
  if (input.kind === "picture-taken") camera = receivePicture(turn, camera, input.picture, input.facts);
  if (input.kind === "picture-sent") camera = receiveSent(turn, camera, input.name, input.result);
  if (input.kind === "link-up") camera = { ...camera, sendFailures: 0, sendDueUptimeMs: 0 };
  camera = wantPictures(turn, camera);
  camera = shoot(turn, camera);
  state.camera = sendPictures(turn, camera);
}

export function camerasDueUptimeMs(state: ChipState): number {
  const { camera } = state;
  return camera ? Math.min(takingDueUptimeMs(camera), sendingDueUptimeMs(state, camera)) : NEVER;
}

export function obeyPictureRequest(
  turn: Turn,
  asked: CommandBodyByKind["picture-request"] & { commandId: string },
): CommandResult {
  return withCamera(turn, asked.camera, (camera) => {
    const shot = { size: "full", purpose: "request", eventSeq: null, commandId: asked.commandId } as const;
    const shots = ofEach(camera, shot).filter((one) => asked.camera === null || one.camera === asked.camera);
    return want(camera, shots);
  });
}

export function obeyWatch(turn: Turn, asked: CommandBodyByKind["camera-watch"]): CommandResult {
  const { uptimeMs } = turn;
  return withCamera(turn, asked.camera, (camera) => {
    if (asked.seconds === 0) return { ...camera, watch: null };
    const isSame = camera.watch?.camera === asked.camera;
    const dueUptimeMs = isSame ? Math.min(camera.watch!.dueUptimeMs, uptimeMs + asked.everyMs) : uptimeMs;
    const untilUptimeMs = uptimeMs + asked.seconds * 1000;
    return { ...camera, watch: { camera: asked.camera, everyMs: asked.everyMs, dueUptimeMs, untilUptimeMs } };
  });
}

function withCamera(
  turn: Turn,
  index: number | null,
  change: (camera: CameraState) => CameraState,
): CommandResult {
  const { state } = turn;
  if (!state.camera || (index ?? 0) >= state.camera.traits.count) return "unsupported";
  if (state.silent.camera?.isLost) return "faulted";
  state.camera = change(state.camera);
  return "accepted";
}
