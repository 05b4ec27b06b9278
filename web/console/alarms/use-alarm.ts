import { type AlarmDetail, alarmRoutes } from "@hanyouxu/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ALARMS_KEY } from "../../live/use-live.ts";
import { api } from "../../ui/api.ts";
import { FOLLOW_MS } from "./platform-now.ts";

const keyOf = (alarmId: string | undefined) => [ALARMS_KEY, "one", alarmId];

/** One alarm with what the person may do about it now; others act on it meanwhile. */
export function useAlarm(alarmId: string | undefined) {
  return useQuery({
    queryKey: keyOf(alarmId),
    queryFn: ({ signal }) => api.call(alarmRoutes.getAlarm, { params: { alarmId: alarmId! }, signal }),
    enabled: alarmId !== undefined,
    refetchInterval: FOLLOW_MS,
  });
}

/** One act; the answer is the alarm as it stands then. After a refusal it is read again. */
export function useAlarmAct<Input>(alarmId: string, act: (input: Input) => Promise<AlarmDetail>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (answer) => client.setQueryData(keyOf(alarmId), answer),
    onSettled: () => client.invalidateQueries({ queryKey: [ALARMS_KEY] }),
  });
}
