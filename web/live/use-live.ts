import { type AlarmSummary, LIVE_PATH } from "@hanyouxu/api";
import type { Clock } from "@hanyouxu/protocol";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { type LiveLink, LiveSocket, type OnChange } from "./live-socket.ts";
import { LiveStore, type LiveView } from "./live-store.ts";
import { PacedRenewal } from "./paced-renewal.ts";
import { ToldAlarms } from "./told-alarms.ts";

const browserClock: Clock = {
  nowMs: () => Date.now(),
  setTimer: (delayMs, run) => {
    const handle = setTimeout(run, delayMs);
    return { cancel: () => clearTimeout(handle) };
  },
};

const store = new LiveStore();
const told = new ToldAlarms();

/** Every page of alarms keeps its answers under this. */
export const ALARMS_KEY = "alarms";
/** Holds the page's one live connection while mounted and visible, and renews cached pages of machines and alarms that changed. */
export function useLiveConnection(): LiveLink {
  const client = useQueryClient();
  const [link, setLink] = useState<LiveLink>("connecting");
  useEffect(() => {
    const address = new URL(LIVE_PATH, location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    const alarmsRenewal: PacedRenewal = new PacedRenewal(browserClock, async () => {
      const wasReading = client.isFetching({ queryKey: [ALARMS_KEY] }) > 0;
      // Who reads already is not made to begin again: in a storm no reading would end.
      await client.invalidateQueries({ queryKey: [ALARMS_KEY] }, { cancelRefetch: false });
      // What was being read may be of before the news.
      if (wasReading) alarmsRenewal.ask();
    });
    const renew: OnChange = (machineIds, alarms, isWhole) => {
      const changed = new Set(machineIds);
      void client.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] === "machine" && changed.has(String(queryKey[1])),
      });
      told.take(alarms, browserClock.nowMs());
      if (alarms.length > 0 || isWhole) alarmsRenewal.ask();
    };
    const ports = { open: () => new WebSocket(address) as never, clock: browserClock, random: Math.random };
    const live = new LiveSocket(ports, store, renew, (now) => {
      if (now !== "open") told.forget();
      setLink(now);
    });
    const follow = () => (document.hidden ? live.pause() : live.resume());
    follow();
    document.addEventListener("visibilitychange", follow);
    return () => {
      document.removeEventListener("visibilitychange", follow);
      live.pause();
      alarmsRenewal.stop();
    };
  }, [client]);
  return link;
}

/** The newest machines and counters. */
export function useLiveView(): LiveView {
  return useSyncExternalStore(store.subscribe, store.view);
}

/** The alarms told of late, as they were told: pages show them before they have read their lists again. */
export function useToldAlarms(): readonly AlarmSummary[] {
  return useSyncExternalStore(told.subscribe, told.recent);
}
