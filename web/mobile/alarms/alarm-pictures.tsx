import type { AlarmDetail } from "@hanyouxu/api";
import { SceneCapture } from "../capture/scene-capture.tsx";
import { usePictureQueue } from "../capture/use-picture-queue.ts";
import type { PendingAct } from "./alarm-outbox.ts";

/** Photos of the place, taken in the app and kept on the phone until the platform has them. */
export function AlarmPictures({ personId, alarmId }: { personId: string; alarmId: string }) {
  return <SceneCapture personId={personId} purpose="alarm" subjectId={alarmId} kinds={["photo"]} />;
}

/** Those that nothing which was said rests on yet; still under way or accepted, not those that were refused. */
export function useFreshPictures(
  personId: string,
  alarm: AlarmDetail,
  waiting: readonly PendingAct[],
): readonly string[] {
  const { pictures } = usePictureQueue(personId, alarm.alarmId);
  const used = new Set([...alarm.history, ...waiting].flatMap(({ evidenceIds }) => evidenceIds));
  return pictures
    .filter(({ state, evidenceId }) => state !== "refused" && !used.has(evidenceId))
    .map(({ evidenceId }) => evidenceId);
}
