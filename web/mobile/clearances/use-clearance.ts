import { type ClearanceDetail, type ClearancePhase, clearanceRoutes } from "@hanyouxu/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../ui/api.ts";
import { useTick } from "../../ui/use-tick.ts";

export const OWN_CLEARANCES_KEY = ["own-clearances"] as const;

/** Others take their steps meanwhile: staff, the watch, the station, the machine, time. */
const FOLLOW_MS = 3_000;

/** A clearance with the page's own time at which it came, for counting down between two answers. */
export interface HeardClearance {
  clearance: ClearanceDetail;
  heardAtMs: number;
}

const OVER: ReadonlySet<ClearancePhase> = new Set(["closed", "forbidden", "cancelled", "expired"]);

export function isOver({ phase }: { phase: ClearancePhase }): boolean {
  return OVER.has(phase);
}

const keyOf = (clearanceId: string) => ["own-clearance", clearanceId];
const heardNow = (clearance: ClearanceDetail): HeardClearance => ({
  clearance,
  heardAtMs: performance.now(),
});

/** The clearance as the platform has it, followed while it is open: a reload or a lost network loses nothing. */
export function useClearance(clearanceId: string) {
  return useQuery({
    queryKey: keyOf(clearanceId),
    queryFn: async ({ signal }) =>
      heardNow(await api.call(clearanceRoutes.getClearance, { params: { clearanceId }, signal })),
    refetchInterval: ({ state }) => (state.data && isOver(state.data.clearance) ? false : FOLLOW_MS),
  });
}

/** One step of a person; the answer is the clearance with what comes next. After a refusal it is read again. */
export function useClearanceStep<Input = void>(
  clearanceId: string,
  take: (input: Input) => Promise<ClearanceDetail>,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: take,
    onSuccess: (answer) => {
      client.setQueryData<HeardClearance>(keyOf(clearanceId), heardNow(answer));
      void client.invalidateQueries({ queryKey: OWN_CLEARANCES_KEY });
    },
    onError: () => client.invalidateQueries({ queryKey: keyOf(clearanceId) }),
  });
}

/** The platform's clock now, in milliseconds since 1970, renewed every second. */
export function usePlatformNowMs({ clearance, heardAtMs }: HeardClearance): number {
  return Date.parse(clearance.now) + Math.max(heardAtMs, useTick(!isOver(clearance))) - heardAtMs;
}
