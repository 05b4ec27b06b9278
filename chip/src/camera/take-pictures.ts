import type { EventKind, Picture } from "@hanyouxu/protocol";
import { chipTime } from "../clock.ts";
import { watchPeripheral } from "../interlocks/peripherals.ts";
import type { ChipState } from "../state.ts";
import type { RecordedEvent, Turn } from "../turn.ts";
import { type CameraState, NEVER, type Shot } from "./camera-state.ts";
import { keepPicture } from "./keep-pictures.ts";

/** While a machine works, as long as nothing happens. */
export const INTERVAL_MS = 60_000;
/** A clip shows so long before an alarm, and so long after it; alarms that follow lengthen it so far at most. */
export const CLIP_BEFORE_MS = 10_000;
export const CLIP_AFTER_MS = 20_000;
const LONGEST_CLIP_MS = 60_000;
export const CLIP_EVERY_MS = 1_000;
/** A camera that has not answered by then does not. */
const TAKEN_WITHIN_MS = 5_000;
/** What cannot be taken as fast as it is wanted is left out, clips first. */
const MOST_WANTED = 24;

const ALARMING_KINDS: ReadonlySet<EventKind> = new Set<EventKind>([
  "tamper",
  "bypass-suspected",
  "gas-warning",
  "gas-cut",
  "fence-left",
]);

/** What events, time and who watches ask of the cameras in this step. */
export function wantPictures(turn: Turn, before: CameraState): CameraState {
  const { state, uptimeMs } = turn;
  let camera = before;
  if (camera.taking && uptimeMs - camera.taking.askedAtUptimeMs >= TAKEN_WITHIN_MS) {
    watchPeripheral(turn, "camera", false);
    camera = { ...camera, taking: null };
  }
  if (camera.recording && uptimeMs >= camera.recording.untilUptimeMs) camera = { ...camera, recording: null };
  if (camera.watch && uptimeMs >= camera.watch.untilUptimeMs) camera = { ...camera, watch: null };
  for (const event of turn.recorded) camera = seeEvent(turn, camera, event);
  camera = takeAtIntervals(state, camera, uptimeMs);
  if (camera.watch && uptimeMs >= camera.watch.dueUptimeMs) {
    const { watch } = camera;
    camera = want({ ...camera, watch: { ...watch, dueUptimeMs: uptimeMs + watch.everyMs } }, [
      { ...FOR_NOBODY, camera: watch.camera, size: "small", purpose: "live" },
    ]);
  }
  return fillRing(turn, camera);
}

const FOR_NOBODY = { eventSeq: null, commandId: null } as const;

function seeEvent(turn: Turn, camera: CameraState, { kind, seq, isRaised }: RecordedEvent): CameraState {
  if (kind === "energised") {
    return want(camera, ofEach(camera, { size: "full", purpose: "event", eventSeq: seq, commandId: null }));
  }
  if (!ALARMING_KINDS.has(kind) || !isRaised) return camera;
  const { uptimeMs } = turn;
  const startedAtUptimeMs = camera.recording?.startedAtUptimeMs ?? uptimeMs;
  const untilUptimeMs = Math.min(uptimeMs + CLIP_AFTER_MS, startedAtUptimeMs + LONGEST_CLIP_MS);
  const eventSeq = camera.recording?.eventSeq ?? seq;
  let next: CameraState = {
    ...camera,
    recording: { eventSeq, startedAtUptimeMs, untilUptimeMs },
    // What failed before says little; somebody may be waiting for this one.
    sendFailures: 0,
    sendDueUptimeMs: 0,
    ring: [],
    ringDueUptimeMs: Math.min(camera.ringDueUptimeMs, uptimeMs + CLIP_EVERY_MS),
  };
  for (const picture of camera.ring) next = keepPicture(turn, next, { ...picture, eventSeq });
  const shots = ofEach(next, { size: "full", purpose: "alarm", eventSeq: seq, commandId: null });
  return { ...next, wanted: [...shots, ...next.wanted] };
}

function takeAtIntervals(state: ChipState, camera: CameraState, uptimeMs: number): CameraState {
  if (!state.relayClosed) return { ...camera, intervalDueUptimeMs: NEVER };
  if (camera.intervalDueUptimeMs === NEVER) {
    return { ...camera, intervalDueUptimeMs: uptimeMs + INTERVAL_MS };
  }
  if (uptimeMs < camera.intervalDueUptimeMs) return camera;
  const next = { ...camera, intervalDueUptimeMs: uptimeMs + INTERVAL_MS };
  return want(next, ofEach(next, { size: "full", purpose: "interval", ...FOR_NOBODY }));
}

/** While the machine is live, or something is wrong, a small picture a second; at rest none is taken. */
function fillRing(turn: Turn, camera: CameraState): CameraState {
  const { state, uptimeMs } = turn;
  const isWatchful = state.relayClosed || state.gas.isWarning || camera.recording !== null;
  const [fresh, old] = [[] as Picture[], [] as Picture[]];
  for (const picture of camera.ring) {
    (isWatchful && uptimeMs - picture.uptimeMs <= CLIP_BEFORE_MS ? fresh : old).push(picture);
  }
  if (old.length > 0) turn.cameraEffects.push({ kind: "forget-pictures", names: old });
  const next = old.length > 0 ? { ...camera, ring: fresh } : camera;
  if (!isWatchful) return next.ringDueUptimeMs === NEVER ? next : { ...next, ringDueUptimeMs: NEVER };
  if (next.ringDueUptimeMs !== NEVER && uptimeMs < next.ringDueUptimeMs) return next;
  return want(
    { ...next, ringDueUptimeMs: uptimeMs + CLIP_EVERY_MS },
    ofEach(next, { size: "small", purpose: "clip", ...FOR_NOBODY }),
  );
}

export function ofEach(camera: CameraState, shot: Omit<Shot, "camera">): Shot[] {
  return Array.from({ length: camera.traits.count }, (_, index) => ({ ...shot, camera: index }));
}

/** Behind what is wanted already; the same once more is not. */
export function want(camera: CameraState, shots: readonly Shot[]): CameraState {
  const isWanted = (shot: Shot) =>
    camera.wanted.some((other) => other.camera === shot.camera && other.purpose === shot.purpose);
  const added = shots.filter(
    (shot) => shot.purpose === "request" || shot.purpose === "event" || !isWanted(shot),
  );
  const wanted = [...camera.wanted, ...added];
  return { ...camera, wanted: wanted.length > MOST_WANTED ? wanted.slice(0, MOST_WANTED) : wanted };
}

/** Asks the host for the next picture: one at a time. */
export function shoot(turn: Turn, camera: CameraState): CameraState {
  const [shot, ...wanted] = camera.wanted;
  if (camera.taking || !shot) return camera;
  const number = camera.lastPicture + 1;
  turn.cameraEffects.push({ kind: "take-picture", picture: number, camera: shot.camera, size: shot.size });
  const taking = { ...shot, number, time: chipTime(turn.state), askedAtUptimeMs: turn.uptimeMs };
  return { ...camera, lastPicture: number, wanted, taking };
}

/** What the host found: the picture, or null when the camera gave none. One that comes too late is let go. */
export function receivePicture(
  turn: Turn,
  camera: CameraState,
  number: number,
  facts: Pick<Picture, "widthPixels" | "heightPixels" | "sizeBytes" | "sha256"> | null,
): CameraState {
  const { taking } = camera;
  if (taking?.number !== number) {
    const name = { boot: turn.state.boot, picture: number };
    if (facts) turn.cameraEffects.push({ kind: "forget-pictures", names: [name] });
    return camera;
  }
  watchPeripheral(turn, "camera", facts !== null);
  const next: CameraState = { ...camera, taking: null };
  if (!facts) return next;
  const { purpose, eventSeq, commandId } = taking;
  const picture: Picture = {
    ...taking.time,
    picture: number,
    camera: taking.camera,
    purpose,
    eventSeq,
    commandId,
    workSessionId: turn.state.work?.grant.workSessionId ?? null,
    ...facts,
  };
  if (purpose !== "clip") return keepPicture(turn, next, picture);
  if (!next.recording) return { ...next, ring: [...next.ring, picture] };
  return keepPicture(turn, next, { ...picture, eventSeq: next.recording.eventSeq });
}

export function takingDueUptimeMs(camera: CameraState): number {
  return Math.min(
    camera.taking ? camera.taking.askedAtUptimeMs + TAKEN_WITHIN_MS : NEVER,
    camera.ringDueUptimeMs,
    camera.intervalDueUptimeMs,
    camera.watch ? Math.min(camera.watch.dueUptimeMs, camera.watch.untilUptimeMs) : NEVER,
    camera.recording?.untilUptimeMs ?? NEVER,
  );
}
