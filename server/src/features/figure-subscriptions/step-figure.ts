import type { FigureCondition } from "@hanyouxu/api";
import type { CivilDay } from "@hanyouxu/rules";

/** So much of the threshold a figure must be back within it before it can go beyond it again. */
const MARGIN = 0.1;

export interface FigureState {
  isBeyond: boolean;
  /** When it was told last. */
  toldOn: CivilDay | null;
}

/**
 * What a look at a figure comes to. It is told when it goes beyond its threshold, once a day at most, and again only after it was
 * back within it by a margin: one that hovers about its threshold is told once.
 * @param value null: nothing can be said of it, and nothing changes
 */
export function stepFigure(
  { condition, threshold }: { condition: FigureCondition; threshold: number },
  state: FigureState,
  value: number | null,
  today: CivilDay,
): FigureState & { isTold: boolean } {
  if (value === null) return { ...state, isTold: false };
  if (state.isBeyond) {
    const isBeyond = !isBackWithin(condition, value, threshold);
    return { ...state, isBeyond, isTold: false };
  }
  // Told today already: looked at again tomorrow, and told then if it is still beyond.
  if (!isBeyondNow(condition, value, threshold) || state.toldOn === today) return { ...state, isTold: false };
  return { isBeyond: true, toldOn: today, isTold: true };
}

function isBeyondNow(condition: FigureCondition, value: number, threshold: number): boolean {
  if (condition === "above") return value > threshold;
  if (condition === "below") return value < threshold;
  return Math.abs(value) >= threshold;
}

function isBackWithin(condition: FigureCondition, value: number, threshold: number): boolean {
  if (condition === "below") return value >= threshold * (1 + MARGIN);
  return Math.abs(value) <= threshold * (1 - MARGIN);
}
