import { LIVE_PATH } from "@hanyouxu/api";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { browserClock } from "./browser-clock.ts";
import { EventSocket } from "./event-socket.ts";
import { type LiveLink, LiveSocket, type Look, type Socket } from "./live-socket.ts";
import { LiveStore, type LiveView } from "./live-store.ts";
import { PacedRenewal } from "./paced-renewal.ts";

const store = new LiveStore();
const NO_LOOK: Omit<Look, "watched"> = { cells: [], hasAlarms: false, filter: {} };
/** What the page that is open looks at; there is one at a time. */
let lookedAt = NO_LOOK;
const lookListeners = new Set<() => void>();
/** The platform watches no more for one page. */
const MOST_WATCHED = 20;
/** So many sockets that told nothing: a proxy may block them. From then on events and sockets are tried in turn. */
const SOCKETS_FIRST = 3;

/** Every page of alarms keeps its answers under this. */
export const ALARMS_KEY = "alarms";

function openSocket(failures: number): Socket {
  if (failures >= SOCKETS_FIRST && failures % 2 === 1)
    return new EventSocket((address) => new EventSource(address) as never);
  const address = new URL(LIVE_PATH, location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(address);
  socket.binaryType = "arraybuffer";
  return socket as never;
}

/** The machines that the page shows in full just now. */
function watchedBy(client: QueryClient): string[] {
  return client
    .getQueryCache()
    .findAll({ queryKey: ["machine"], type: "active" })
    .map(({ queryKey }) => String(queryKey[1]))
    .slice(0, MOST_WATCHED);
}

/** Holds the page's one live connection while mounted and visible, and renews cached pages of machines and alarms that changed. */
export function useLiveConnection(): LiveLink {
  const client = useQueryClient();
  const [link, setLink] = useState<LiveLink>("connecting");
  useEffect(() => {
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
    const ports = { open: openSocket, clock: browserClock, random: Math.random };
    const live = new LiveSocket(ports, store, renew, setLink);
    let told = "";
    const look = () => {
      const next: Look = { ...lookedAt, watched: watchedBy(client) };
      const text = JSON.stringify(next);
      if (text === told) return;
      told = text;
      live.look(next);
    };
    look();
    lookListeners.add(look);
    const unfollow = client.getQueryCache().subscribe(({ type, query }) => {
      if (query.queryKey[0] === "machine" && type.startsWith("observer")) look();
    });
    const follow = () => (document.hidden ? live.pause() : live.resume());
    follow();
    document.addEventListener("visibilitychange", follow);
    return () => {
      document.removeEventListener("visibilitychange", follow);
      unfollow();
      lookListeners.delete(look);
      live.pause();
      alarmsRenewal.stop();
    };
  }, [client]);
  return link;
}

/** While mounted the live connection tells of these cells, under this filter. */
export function useLookAt(look: Omit<Look, "watched">): void {
  const text = JSON.stringify(look);
  useEffect(() => {
    lookAt(JSON.parse(text));
    return () => lookAt(NO_LOOK);
  }, [text]);
}

function lookAt(look: Omit<Look, "watched">): void {
  lookedAt = look;
  for (const listener of lookListeners) listener();
}

/** The newest figures, and machines of what is looked at. */
export function useLiveView(): LiveView {
  return useSyncExternalStore(store.subscribe, store.view);
}
