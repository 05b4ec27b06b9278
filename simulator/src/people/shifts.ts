const dayMs = 86_400_000;
const shanghaiOffsetMs = 8 * 3_600_000;

/** Share of the busiest hour, by the hour of a working day in Shanghai. */
const workingDay = [
  0.05, 0.04, 0.03, 0.03, 0.04, 0.08, 0.25, 0.6, 0.9, 1, 1, 0.75, 0.4, 0.8, 0.95, 1, 0.95, 0.7, 0.45, 0.4,
  0.3, 0.2, 0.12, 0.08,
];
const sundayShare = 0.45;

/** 28,291 of the province's 153,000 machines were at work at one moment. */
export const busiestShare = 28_291 / 153_000;

/** The share of machines at work at an instant: busy mornings and afternoons, lunch, quiet Sundays and nights. */
export function shareAtWork(atMs: number): number {
  const localMs = atMs + shanghaiOffsetMs;
  const hours = (((localMs % dayMs) + dayMs) % dayMs) / 3_600_000;
  const hour = Math.floor(hours);
  const from = workingDay[hour]!;
  const to = workingDay[(hour + 1) % 24]!;
  // 1970-01-01 was a Thursday, day 4 of a week that begins with Sunday.
  const weekday = (Math.floor(localMs / dayMs) + 4) % 7;
  const share = from + (to - from) * (hours - hour);
  return busiestShare * share * (weekday === 0 ? sundayShare : 1);
}
