import type { Clock, RandomBytes } from "@hanyouxu/protocol";
import type { FrameDetectorConfig } from "../config/config.ts";
import { askingAgain } from "../outbound/asking-again.ts";
import { guarded } from "../outbound/breaker.ts";
import type { FrameDetector } from "./frame-detector.ts";
import { DETECTOR, httpDetector } from "./http-detector.ts";

const timeoutMs = 20_000;
const retry = { attempts: 2, firstPauseMs: 1_000, longestPauseMs: 1_000 };
const breaker = { what: DETECTOR, failures: 5, openMs: 30_000 };

/** The program that the configuration names, asked with patience; or none: pictures are not checked then. */
export function detectorOfConfig(
  config: FrameDetectorConfig | undefined,
  ports: { clock: Clock; random: RandomBytes; fetch?: typeof globalThis.fetch },
): FrameDetector | undefined {
  if (!config) return undefined;
  const { detect } = httpDetector({ ...config, ...ports, timeoutMs });
  return { detect: guarded(askingAgain(detect, ports, retry), ports.clock, breaker) };
}
