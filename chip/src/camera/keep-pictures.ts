import type { Picture, PicturePurpose } from "@hanyouxu/protocol";
import type { Turn } from "../turn.ts";
import type { CameraState, PictureName } from "./camera-state.ts";

/** What goes first when there is no room, the oldest of each; pictures of alarms and their clips never go. */
const DISPENSABLE: readonly PicturePurpose[] = ["live", "interval", "event", "request"];

/**
 * Keeps a picture until the platform has it. Where it finds no room, older ones that matter less make it; where those
 * are none, the new one is let go.
 */
export function keepPicture(turn: Turn, camera: CameraState, picture: Picture): CameraState {
  const victims: Picture[] = [];
  // Who watches wants to see now: what has not left yet is late.
  if (picture.purpose === "live") {
    victims.push(...waiting(camera).filter((one) => isLive(one) && one.camera === picture.camera));
  }
  const roomNeeded = bytesOf(camera) + picture.sizeBytes - sum(victims) - camera.traits.storeBytes;
  if (roomNeeded > 0) victims.push(...makeRoom(camera, victims, roomNeeded, picture.purpose));
  const room = camera.traits.storeBytes - (bytesOf(camera) - sum(victims));
  if (picture.sizeBytes > room) {
    turn.cameraEffects.push({ kind: "forget-pictures", names: [nameOf(picture)] });
    return { ...camera, droppedPictures: camera.droppedPictures + 1 };
  }
  const left = forgetPictures(turn, camera, victims);
  turn.cameraEffects.push({ kind: "keep-picture", picture });
  return {
    ...left,
    kept: [...left.kept, { picture, sentBytes: 0 }],
    droppedPictures: left.droppedPictures + victims.filter((victim) => !isLive(victim)).length,
  };
}

/** Lets kept pictures go, here and at the host. */
export function forgetPictures(turn: Turn, camera: CameraState, names: readonly PictureName[]): CameraState {
  if (names.length === 0) return camera;
  turn.cameraEffects.push({ kind: "forget-pictures", names: names.map(nameOf) });
  const kept = camera.kept.filter(({ picture }) => !names.some((name) => isSame(name, picture)));
  return { ...camera, kept };
}

export function isSame(left: PictureName, right: PictureName): boolean {
  return left.boot === right.boot && left.picture === right.picture;
}

/** Enough of what matters no more than the newcomer; none where that is not to be had. */
function makeRoom(
  camera: CameraState,
  chosen: readonly Picture[],
  bytes: number,
  newcomer: PicturePurpose,
): Picture[] {
  const rank = DISPENSABLE.indexOf(newcomer);
  const mayGo = DISPENSABLE.filter((_, index) => rank < 0 || index <= rank);
  const candidates = mayGo.flatMap((purpose) =>
    waiting(camera).filter((one) => one.purpose === purpose && !chosen.includes(one)),
  );
  const victims: Picture[] = [];
  for (const candidate of candidates) {
    if (sum(victims) >= bytes) break;
    victims.push(candidate);
  }
  return sum(victims) >= bytes ? victims : [];
}

const waiting = (camera: CameraState) => camera.kept.map(({ picture }) => picture);
const isLive = ({ purpose }: Picture) => purpose === "live";
const sum = (pictures: readonly Picture[]) => pictures.reduce((bytes, one) => bytes + one.sizeBytes, 0);
const bytesOf = (camera: CameraState) => sum(waiting(camera));
const nameOf = ({ boot, picture }: PictureName): PictureName => ({ boot, picture });
