import type { TimedSample } from "./packing.ts";

/** A sample that admits a larger error says nothing about the place. */
const WORST_ACCURACY_DECIMETRES = 800;

/** What a chunk says about where the chip was: the median of its fixes, and whether it welded. */
export interface ChunkFix {
  latitude_degrees: number | null;
  longitude_degrees: number | null;
  accuracy_metres: number | null;
  has_arc: boolean;
}

export function fixOfChunk(samples: readonly TimedSample[]): ChunkFix {
  const has_arc = samples.some(({ flags }) => flags.arcOn);
  const fixes = samples.flatMap(({ position }) =>
    position !== null && position.accuracyDecimetres <= WORST_ACCURACY_DECIMETRES ? [position] : [],
  );
  if (fixes.length === 0)
    return { latitude_degrees: null, longitude_degrees: null, accuracy_metres: null, has_arc };
  const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!;
  return {
    latitude_degrees: median(fixes.map(({ latitudeE7 }) => latitudeE7)) / 1e7,
    longitude_degrees: median(fixes.map(({ longitudeE7 }) => longitudeE7)) / 1e7,
    accuracy_metres: median(fixes.map(({ accuracyDecimetres }) => accuracyDecimetres)) / 10,
    has_arc,
  };
}
