import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLiveView } from "../../live/use-live.ts";

/** Every page of alarms keeps its answers under this. */
export const ALARMS_KEY = "alarms";
/** Where the live channel is silent, alarms are asked for so often. */
export const FOLLOW_MS = 3_000;

/** Reads alarms again as soon as the live channel counts differently. */
export function useAlarmsLive(): void {
  const client = useQueryClient();
  const count = useLiveView().counters?.alarms;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the count is what calls.
  useEffect(() => {
    void client.invalidateQueries({ queryKey: [ALARMS_KEY] });
  }, [client, count]);
}

/** The platform's clock now, in milliseconds since 1970; null until it has spoken. */
export function usePlatformNowMs(): number | null {
  const { at } = useLiveView();
  return at === null ? null : Date.parse(at);
}
