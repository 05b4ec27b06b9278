import { clearanceRoutes } from "@hanyouxu/api";
import type { Position } from "@hanyouxu/protocol";
import { useEffect, useRef, useState } from "react";
import { api } from "../../ui/api.ts";
import { useClearanceStep } from "../clearances/use-clearance.ts";
import { phonePosition } from "../scan/position.ts";
import { WatchReporter } from "./watch-reporter.ts";

const TICK_MS = 1_000;

export interface WatchReports {
  /** Why the last report did not arrive. */
  error: unknown;
  /** Whether the phone did not know its place when it last reported; undefined before the first. */
  isLost: boolean | undefined;
  isBusy: boolean;
  reportNow(): void;
}

/** Reports the place of the fire watch's phone as long as the page is open and `isWanted`. */
export function useWatchReports(clearanceId: string, isWanted: boolean): WatchReports {
  const [isLost, setIsLost] = useState<boolean>();
  const report = useClearanceStep<Position | null>(clearanceId, (position) =>
    api.call(clearanceRoutes.reportWatch, { params: { clearanceId }, body: { position } }),
  );
  const send = useRef(report.mutateAsync);
  send.current = report.mutateAsync;
  const [reporter] = useState(
    () =>
      new WatchReporter({
        nowMs: () => performance.now(),
        ask: phonePosition,
        send: async (position) => {
          setIsLost(position === null);
          await send.current(position).catch(() => undefined);
        },
      }),
  );
  useEffect(() => {
    if (!isWanted) return;
    void reporter.tick();
    const timer = setInterval(() => void reporter.tick(), TICK_MS);
    const following = navigator.geolocation?.watchPosition(
      ({ coords }) =>
        void reporter.hear({
          latitudeDegrees: coords.latitude,
          longitudeDegrees: coords.longitude,
          accuracyMetres: coords.accuracy,
        }),
      // The next tick asks again and reports what comes of it.
      () => undefined,
      { enableHighAccuracy: true },
    );
    return () => {
      clearInterval(timer);
      if (following !== undefined) navigator.geolocation.clearWatch(following);
    };
  }, [reporter, isWanted]);
  return {
    error: report.error,
    isLost,
    isBusy: report.isPending,
    reportNow: () => void reporter.reportNow(),
  };
}
