/** Times are stored in UTC and shown in Asia/Shanghai, whatever the device is set to. */
const ZONE = "Asia/Shanghai";

/** Made once: each holds tables outside of what a browser counts when it decides to tidy up. */
const FORMAT = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

function parts(iso: string): Record<string, string> {
  return Object.fromEntries(FORMAT.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
}

/** `2026-11-23 11:30:05` */
export function dateTime(iso: string): string {
  const at = parts(iso);
  return `${at.year}-${at.month}-${at.day} ${at.hour}:${at.minute}:${at.second}`;
}

/** `11-23 11:30` */
export function shortDateTime(iso: string): string {
  const at = parts(iso);
  return `${at.month}-${at.day} ${at.hour}:${at.minute}`;
}

/** `11:30:05` */
export function timeOfDay(iso: string): string {
  const at = parts(iso);
  return `${at.hour}:${at.minute}:${at.second}`;
}

/** `1:02:03`, or `2:03` below an hour; a negative duration is zero. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** `123.4`, or a dash when nothing was measured. */
export function measured(value: number | null | undefined, unit: string, digits = 0): string {
  return value === null || value === undefined ? "–" : `${value.toFixed(digits)} ${unit}`;
}

/** `2026-11-23T11:30`, as a `datetime-local` box holds it. */
export function dateTimeInput(iso: string): string {
  return dateTime(iso).slice(0, 16).replace(" ", "T");
}

/** What such a box holds as an instant; null while it is not filled in. China has no summer time. */
export function instantOfInput(text: string): string | null {
  const at = new Date(`${text}:00+08:00`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
