import type { FrameDetection } from "@hanyouxu/api";

/** One picture of a machine's camera. It says nothing of whose machine it is. */
export interface FrameQuestion {
  pictureId: string;
  takenAtMs: number;
  widthPixels: number;
  heightPixels: number;
  /** JPEG. */
  bytes: Uint8Array;
}

/** Who looks for people and dangers in pictures. What it finds stands beside the picture and decides nothing. */
export interface FrameDetector {
  /** @throws Unreachable when no answer is to be had now */
  detect(question: FrameQuestion): Promise<FrameDetection>;
}
