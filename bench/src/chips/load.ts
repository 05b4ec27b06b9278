import { monotonicMs } from "../worker.ts";
import type { FloodDone, FloodTask } from "./chips.ts";
import type { LightChip } from "./light-chip.ts";

const SLICE_MS = 10;

/** Telemetry evenly over time, the chips in turn, until stopped. */
export class TelemetryAtRate {
  readonly #startedMs = monotonicMs();
  readonly #timer: NodeJS.Timeout;
  #messages = 0;
  #acknowledgedSamples = 0;
  readonly #underway = new Set<Promise<void>>();

  constructor(chips: readonly LightChip[], samplesPerSecond: number, samplesPerMessage: number) {
    this.#timer = setInterval(() => {
      if (chips.length === 0) return;
      const dueSamples = ((monotonicMs() - this.#startedMs) / 1000) * samplesPerSecond;
      for (; this.#messages * samplesPerMessage < dueSamples; this.#messages++) {
        const sent = chips[this.#messages % chips.length]!.send(samplesPerMessage).then(() => {
          this.#acknowledgedSamples += samplesPerMessage;
          this.#underway.delete(sent);
        });
        this.#underway.add(sent);
      }
    }, SLICE_MS);
  }

  /** The samples that were acknowledged, all that were sent. */
  async stop(): Promise<number> {
    clearInterval(this.#timer);
    await Promise.all(this.#underway);
    return this.#acknowledgedSamples;
  }
}

/** Every chip keeps its window full for so long; then waits for what is underway. */
export async function sendOnAndOn(chips: readonly LightChip[], task: FloodTask): Promise<FloodDone> {
  const { samplesPerMessage } = task;
  const countFromMs = monotonicMs() + task.warmUpSeconds * 1000;
  const countUntilMs = countFromMs + task.seconds * 1000;
  let messages = 0;
  let counted = 0;
  const keepSending = async (chip: LightChip): Promise<void> => {
    for (let nowMs = 0; nowMs < countUntilMs; ) {
      await chip.send(samplesPerMessage);
      nowMs = monotonicMs();
      messages += 1;
      if (nowMs >= countFromMs && nowMs < countUntilMs) counted += 1;
    }
  };
  await Promise.all(chips.flatMap((chip) => Array.from({ length: task.window }, () => keepSending(chip))));
  return {
    samplesAcknowledged: messages * samplesPerMessage,
    samplesPerSecond: (counted * samplesPerMessage) / task.seconds,
  };
}
