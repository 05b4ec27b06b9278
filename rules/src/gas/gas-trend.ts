/** One look of a gas sensor. */
export interface GasSample {
  /** Milliseconds since 1970, when the chip looked. */
  atMs: number;
  /** 1000 is the lower explosive limit. */
  lelPermille: number;
}

export interface GasTrend {
  isRising: boolean;
  /** Negative while it falls. */
  permillePerMinute: number;
  /** The level now, by the same line. */
  lelPermille: number;
  /** If it goes on like this; 0 when the limit is reached; null while it does not rise. */
  minutesToWarning: number | null;
}

/** Older samples say nothing about what is coming. */
export const GAS_TREND_WINDOW_MS = 360_000;
/** Below so many, or over less time, a slope is chance. An idle chip looks once a minute. */
const LEAST_SAMPLES = 5;
const LEAST_SPAN_MS = 120_000;
/** A cell's noise and drift stay below these; a leak does not. */
const LEAST_PERMILLE_PER_MINUTE = 3;
const LEAST_RISE_PERMILLE = 15;
/** Of all pairs of samples so many must rise: noise gives a half. */
const LEAST_RISING_SHARE = 0.7;
/** Warned of earlier, people stop listening. */
const FORESEEN_MINUTES = 15;
/** A pair costs: 120 samples are 7,140 of them. */
const MOST_SAMPLES = 120;

/**
 * Whether gas is rising towards its warning limit: the median of the slopes of all pairs (Theil–Sen), so that single wild
 * values move nothing. Samples in any order, as far as they lie within the window before `nowMs`.
 * @returns null while there is too little to go by
 */
export function gasTrend(
  samples: readonly GasSample[],
  { nowMs, warningPermille }: { nowMs: number; warningPermille: number },
): GasTrend | null {
  const window = thinned(
    samples
      .filter(({ atMs }) => atMs <= nowMs && atMs > nowMs - GAS_TREND_WINDOW_MS)
      .toSorted((a, b) => a.atMs - b.atMs),
  );
  const [first, last] = [window[0], window.at(-1)];
  if (!first || !last || window.length < LEAST_SAMPLES || last.atMs - first.atMs < LEAST_SPAN_MS) return null;
  const slopes = pairSlopes(window);
  const perMs = median(slopes);
  const permillePerMinute = perMs * 60_000;
  const lelPermille = Math.max(
    0,
    median(window.map(({ atMs, lelPermille: level }) => level + perMs * (nowMs - atMs))),
  );
  const risingShare = slopes.filter((slope) => slope > 0).length / slopes.length;
  const minutesLeft =
    permillePerMinute > 0 ? Math.max(0, warningPermille - lelPermille) / permillePerMinute : null;
  const isRising =
    permillePerMinute >= LEAST_PERMILLE_PER_MINUTE &&
    perMs * (last.atMs - first.atMs) >= LEAST_RISE_PERMILLE &&
    risingShare >= LEAST_RISING_SHARE &&
    minutesLeft !== null &&
    minutesLeft <= FORESEEN_MINUTES;
  return { isRising, permillePerMinute, lelPermille, minutesToWarning: isRising ? minutesLeft : null };
}

function pairSlopes(samples: readonly GasSample[]): number[] {
  const slopes: number[] = [];
  for (const [index, later] of samples.entries()) {
    for (let before = 0; before < index; before++) {
      const earlier = samples[before]!;
      const spanMs = later.atMs - earlier.atMs;
      if (spanMs > 0) slopes.push((later.lelPermille - earlier.lelPermille) / spanMs);
    }
  }
  return slopes;
}

/** Every n-th, the newest kept. */
function thinned(samples: readonly GasSample[]): readonly GasSample[] {
  const every = Math.ceil(samples.length / MOST_SAMPLES);
  return samples.filter((_, index) => (samples.length - 1 - index) % every === 0);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
