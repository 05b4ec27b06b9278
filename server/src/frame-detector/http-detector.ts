import { frameDetection } from "@hanyouxu/api";
import type { Clock } from "@hanyouxu/protocol";
import { z } from "zod";
import { fetchAnswer } from "../outbound/fetch-answer.ts";
import { Unreachable } from "../outbound/unreachable.ts";
import type { FrameDetector } from "./frame-detector.ts";

export const DETECTOR = "frame detector";

/** The answer of docs/guides/cameras.md, version 1; further fields are ignored. */
const detectorAnswer = z.object({
  /** Of the question: an answer to another one is none. */
  pictureId: z.uuid(),
  detector: z.string().regex(/^[a-z0-9][a-z0-9-]{0,18}$/),
  version: z.string().regex(/^[A-Za-z0-9.+-]{1,20}$/),
  findings: frameDetection.shape.findings.max(50),
});

export interface HttpDetectorOptions {
  /** `https://detector.example.cn`, without a trailing slash. */
  url: string;
  token: string;
  clock: Clock;
  fetch?: typeof globalThis.fetch | undefined;
  timeoutMs: number;
}

/** One picture, one request: the JPEG as it is, what is said of it in headers. */
export function httpDetector(options: HttpDetectorOptions): FrameDetector {
  const { url, token } = options;
  return {
    async detect({ pictureId, takenAtMs, widthPixels, heightPixels, bytes }) {
      const headers = {
        authorization: `Bearer ${token}`,
        accept: "application/json",
        "content-type": "image/jpeg",
        "hy-picture-id": pictureId,
        "hy-taken-at": new Date(takenAtMs).toISOString(),
        "hy-picture-size": `${widthPixels}x${heightPixels}`,
      };
      const init = { method: "POST", headers, body: Buffer.from(bytes) };
      const asked = { ...options, what: DETECTOR };
      const answer = await fetchAnswer(asked, `${url}/v1/frames`, init, detectorAnswer);
      if (answer.pictureId !== pictureId) throw new Unreachable(DETECTOR, "unreadable-answer");
      const { detector, version, findings } = answer;
      return { detector, version, findings };
    },
  };
}
