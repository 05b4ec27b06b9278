import { useLiveView } from "../../live/use-live.ts";

/** Where the live channel is silent, alarms are asked for so often. */
export const FOLLOW_MS = 5_000;

/** The platform's clock now, in milliseconds since 1970; null until it has spoken. */
export function usePlatformNowMs(): number | null {
  const { at } = useLiveView();
  return at === null ? null : Date.parse(at);
}
