import { ApiError, evidenceRoutes } from "@hanyouxu/api";
import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { api } from "../../ui/api.ts";
import { indexedPictures } from "./indexed-pictures.ts";
import { PictureQueue, type QueuedPicture } from "./picture-queue.ts";
import { sendPicture } from "./send-picture.ts";

const queues = new Map<string, PictureQueue>();

/** One queue a person and page: pictures go on being sent whatever screen is shown. */
export function queueOf(personId: string): PictureQueue {
  const known = queues.get(personId);
  if (known) return known;
  const queue = new PictureQueue({
    store: indexedPictures(personId),
    send: sendPicture,
    async ask(evidenceId) {
      try {
        return await api.call(evidenceRoutes.getEvidence, { params: { evidenceId } });
      } catch {
        return undefined;
      }
    },
    async forget(evidenceId) {
      try {
        await api.call(evidenceRoutes.deleteEvidence, { params: { evidenceId } });
      } catch (error) {
        // What is not there needs no deleting; what could not be reached is forgotten by the platform after a day.
        if (!(error instanceof ApiError)) throw error;
      }
    },
    nowMs: Date.now,
    later(ms, then) {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
  });
  addEventListener("online", queue.wake);
  queues.set(personId, queue);
  void queue.start();
  return queue;
}

/** The pictures of this person for one subject, and the queue that sends them. */
export function usePictureQueue(
  personId: string,
  subjectId: string,
  onAccepted?: (evidenceIds: readonly string[]) => void,
): { queue: PictureQueue; pictures: readonly QueuedPicture[] } {
  const queue = useMemo(() => queueOf(personId), [personId]);
  const all = useSyncExternalStore(queue.subscribe, queue.pictures);
  const pictures = useMemo(() => all.filter(({ said }) => said.subjectId === subjectId), [all, subjectId]);
  const accepted = pictures.filter(({ state }) => state === "accepted").map(({ evidenceId }) => evidenceId);
  const told = useRef(onAccepted);
  told.current = onAccepted;
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when another is accepted.
  useEffect(() => {
    if (accepted.length > 0) told.current?.(accepted);
  }, [accepted.join()]);
  const isSending = all.some(({ state }) => state === "sending" || state === "waiting");
  useEffect(() => {
    if (!isSending) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [isSending]);
  return { queue, pictures };
}
