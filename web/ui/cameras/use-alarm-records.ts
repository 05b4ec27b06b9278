import { cameraRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { api } from "../api.ts";
import { maySee } from "../may-see.ts";
import { useMe } from "../use-me.ts";

/** What the machine's cameras saw of an alarm, asked for again and again: pictures come over a slow link for a while. */
export function useAlarmRecords(alarmId: string, askedEveryMs: number) {
  const mayLook = maySee(useMe().data, "people");
  const query = useQuery({
    queryKey: ["alarm-cameras", alarmId],
    queryFn: ({ signal }) => api.call(cameraRoutes.listAlarmRecords, { params: { alarmId }, signal }),
    refetchInterval: askedEveryMs,
    enabled: mayLook,
  });
  return { mayLook, query };
}
