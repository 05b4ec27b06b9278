import type { MachineId, Sample, TelemetryBatch } from "@hanyouxu/protocol";
import type { KeptFix, Observation } from "../../fence/believed-fixes.ts";
import { followPlace, type PlaceChange, type PlaceMemory } from "../../fence/place-tracker.ts";
import type { WatchedAreas } from "./watched-areas.ts";

/** What a batch of messages has shown of where machines are. */
export interface PlaceNews {
  /** Null: nothing to remember any more. */
  memories: Map<MachineId, PlaceMemory | null>;
  changes: { machineId: MachineId; change: PlaceChange }[];
  /** Fixes that were not believed, for the count. */
  strange: number;
}

export const noPlaceNews = (): PlaceNews => ({ memories: new Map(), changes: [], strange: 0 });

export interface MachineSamples {
  machineId: MachineId;
  memory: PlaceMemory | null;
  /** Where its chip was before the batch. */
  lastPlace: KeptFix | null;
  batch: Pick<TelemetryBatch, "samples">;
  /** The time of the batch's offset 0, in platform time. */
  startsAtMs: number;
}

/**
 * Follows one machine through the samples of a telemetry batch, at their own times.
 * @returns its memory from now on
 */
export function followSamples(
  watched: WatchedAreas,
  { machineId, memory, lastPlace, batch, startsAtMs }: MachineSamples,
  news: PlaceNews,
): PlaceMemory | null {
  let current = memory ?? undefined;
  for (const sample of batch.samples) {
    const observation = observationOf(sample, startsAtMs);
    // Regions' numbers hardly differ from one area to the next: those of the first that is near hold for all.
    const near = current ? Object.keys(current.areas)[0] : nearest(watched, observation);
    const step = followPlace(current, observation, watched.index, watched.policyAt(near), lastPlace);
    current = step.memory;
    for (const change of step.changes) news.changes.push({ machineId, change });
    if (step.fate === "strange") news.strange++;
  }
  const after = current ?? null;
  if (after !== memory) news.memories.set(machineId, after);
  return after;
}

/** A last known place is none: it says where the machine was when it last saw the sky. */
function observationOf({ position, flags, offsetMs }: Sample, startsAtMs: number): Observation {
  const isFix = position !== null && flags.fix === "gnss";
  return {
    atMs: startsAtMs + offsetMs,
    fix: isFix
      ? {
          latitudeDegrees: position.latitudeE7 / 1e7,
          longitudeDegrees: position.longitudeE7 / 1e7,
          accuracyMetres: position.accuracyDecimetres / 10,
        }
      : null,
    isMoving: flags.moving,
  };
}

function nearest(watched: WatchedAreas, { fix }: Observation): string | undefined {
  return fix ? watched.index.near(fix.latitudeDegrees, fix.longitudeDegrees, 0)[0]?.key : undefined;
}
