import { type ShownStationCall, stationCallRoutes } from "@hanyouxu/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../ui/api.ts";

export const STATION_CALLS_KEY = ["station-calls"] as const;

/** Colleagues accept calls too, and time passes them on. */
const FOLLOW_MS = 5_000;

const keyOf = (stationCallId: string) => ["station-call", stationCallId];

export function useStationCall(stationCallId: string) {
  return useQuery({
    queryKey: keyOf(stationCallId),
    queryFn: ({ signal }) =>
      api.call(stationCallRoutes.getStationCall, { params: { stationCallId }, signal }),
    refetchInterval: FOLLOW_MS,
  });
}

/** One step of the station; the answer is the call with what comes next. After a refusal it is read again. */
export function useStationStep<Input = void>(
  stationCallId: string,
  take: (input: Input) => Promise<ShownStationCall>,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: take,
    onSuccess: (answer) => {
      client.setQueryData(keyOf(stationCallId), answer);
      void client.invalidateQueries({ queryKey: STATION_CALLS_KEY });
    },
    onError: () => client.invalidateQueries({ queryKey: keyOf(stationCallId) }),
  });
}
