import type { GasTrend } from "./gas-trend.ts";

/** Gas that was rising counts as rising until it goes up more slowly than a third of what raises: noise ends nothing. */
const STILL_RISING_PERMILLE_PER_MINUTE = 1;

/** Whether gas is rising, for an alarm; `wasRising`: it was before. */
export function isGasRising(trend: GasTrend, wasRising: boolean): boolean {
  return trend.isRising || (wasRising && trend.permillePerMinute >= STILL_RISING_PERMILLE_PER_MINUTE);
}
