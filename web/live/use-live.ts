import { LIVE_PATH } from "@hanyouxu/api";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { browserClock } from "./browser-clock.ts";
import { type LiveLink, LiveSocket } from "./live-socket.ts";
import { LiveStore, type LiveView } from "./live-store.ts";
import { PacedRenewal } from "./paced-renewal.ts";

const store = new LiveStore();

/** Every page of alarms keeps its answers under this. */
export const ALARMS_KEY = "alarms";
/** Holds the page's one live connection while mounted and visible, and renews cached pages of machines and alarms that changed. */
export function useLiveConnection(): LiveLink {
  const client = useQueryClient();
  const [link, setLink] = useState<LiveLink>("connecting");
  useEffect(() => {
    const address = new URL(LIVE_PATH, location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    const alarmsRenewal = new PacedRenewal(browserClock, () => {
      void client.invalidateQueries({ queryKey: [ALARMS_KEY] });
    });
    const renew = (machineIds: readonly string[], alarmIds: readonly string[]) => {
      const changed = new Set(machineIds);
      void client.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] === "machine" && changed.has(String(queryKey[1])),
      });
      if (alarmIds.length > 0) alarmsRenewal.ask();
    };
    const ports = { open: () => new WebSocket(address) as never, clock: browserClock, random: Math.random };
    const live = new LiveSocket(ports, store, renew, setLink);
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
