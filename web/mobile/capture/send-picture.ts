import { type ErrorAnswer, evidenceRoutes, type Language } from "@hanyouxu/api";
import i18next from "i18next";
import { DetailedError, Upload } from "tus-js-client";
import { noteAnswered } from "../../ui/use-online.ts";
import type { QueuedPicture, SendResult } from "./picture-queue.ts";

/** Of one request: a multiple of what the platform keeps at once, small enough for 30 seconds of a weak link. */
const CHUNK_BYTES = 2 * 1024 * 1024;
/** Within one try; the queue begins another after it. */
const RETRY_DELAYS_MS = [0, 1_000, 2_000, 4_000];

/** Sends a picture by tus 1.0.0: announced once, then from wherever the platform has got to. */
export function sendPicture(
  { said, evidenceId, sentBytes }: QueuedPicture,
  bytes: Blob,
  onProgress: (sentBytes: number) => void,
): Promise<SendResult> {
  const endpoint = evidenceRoutes.createEvidence.path;
  return new Promise((resolve) => {
    const upload = new Upload(bytes as File, {
      endpoint,
      ...(sentBytes > 0 ? { uploadUrl: `${endpoint}/${evidenceId}` } : {}),
      metadata: { evidence: JSON.stringify(said) },
      headers: { "accept-language": i18next.language as Language },
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_DELAYS_MS,
      // The queue knows what is under way; the picture's id makes announcing twice harmless.
      storeFingerprintForResuming: false,
      onProgress: (sent) => onProgress(sent),
      onAfterResponse: () => noteAnswered(true),
      onShouldRetry: (error) => refusalIn(error) === undefined,
      onSuccess: () => resolve({ kind: "sent" }),
      onError(error) {
        const refusal = refusalIn(error);
        if (refusal) return resolve({ kind: "refused", reason: refusal.message });
        if (!(error instanceof DetailedError) || !error.originalResponse) noteAnswered(false);
        resolve({ kind: "broken", reason: i18next.t("mobile.capture.broken") });
      },
    });
    upload.start();
  });
}

/** Why the platform does not want it, however often it is sent; undefined for what may go better next time. */
function refusalIn(error: unknown): ErrorAnswer["error"] | undefined {
  const response = error instanceof DetailedError ? error.originalResponse : undefined;
  const status = response?.getStatus() ?? 0;
  if (!response || status < 400 || status === 401 || status === 429 || status === 408) return undefined;
  try {
    const { error: answer } = JSON.parse(response.getBody()) as ErrorAnswer;
    if (answer.code === "evidence.offset_conflict" || answer.code === "service.failed") return undefined;
    return answer.code.startsWith("evidence.") || status < 500 ? answer : undefined;
  } catch {
    // A proxy's own page: of the link, not of the picture.
    return undefined;
  }
}
