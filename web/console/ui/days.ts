/** Days of Asia/Shanghai, where there has been no summer time since 1991, as instants for the API. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

/** The first instant of a day written `YYYY-MM-DD`. */
export function startOfDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - SHANGHAI_OFFSET_MS).toISOString();
}

/** The first instant after a day written `YYYY-MM-DD`. */
export function endOfDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - SHANGHAI_OFFSET_MS + DAY_MS).toISOString();
}

/** Today as `YYYY-MM-DD`, wherever the page is opened. */
export function today(): string {
  return new Date(Date.now() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);
}

export function startOfToday(): string {
  return startOfDay(today());
}
