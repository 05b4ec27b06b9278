import { alarmRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../ui/api.ts";

export const ALARMS_KEY = "alarms";
/** Colleagues and the desk act on it too, and time passes it on. */
const FOLLOW_MS = 5_000;

/** @param isOwn as one that the alarm is about sees it */
export function keyOfAlarm(alarmId: string, isOwn: boolean) {
  return [ALARMS_KEY, isOwn ? "own" : "one", alarmId];
}

/** One alarm, followed while the page is open; without a network it stays as it was last seen. */
export function useAlarm(alarmId: string, isOwn: boolean) {
  return useQuery({
    queryKey: keyOfAlarm(alarmId, isOwn),
    queryFn: ({ signal }) =>
      api.call(isOwn ? alarmRoutes.getOwnAlarm : alarmRoutes.getAlarm, { params: { alarmId }, signal }),
    refetchInterval: FOLLOW_MS,
  });
}
