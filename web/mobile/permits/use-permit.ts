import {
  type CallInput,
  type HotWorkPermitDetail,
  hotWorkPermitRoutes,
  type Route,
  type RouteAnswer,
} from "@hanyouxu/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../ui/api.ts";

const keyOf = (permitId: string) => ["own-permit", permitId];

/** A permit as the platform has it; while somebody else is to act, it is looked at again. */
export function usePermit(permitId: string) {
  return useQuery({
    queryKey: keyOf(permitId),
    queryFn: ({ signal }) => api.call(hotWorkPermitRoutes.getHotWorkPermit, { params: { permitId }, signal }),
    refetchInterval: ({ state }) => (state.data && state.data.status !== "draft" ? 5_000 : false),
  });
}

/** One step's call; its answer is the permit as it stands then. */
export function usePermitStep<R extends Route & { answers: Record<number, unknown> }, Input>(
  route: R,
  inputOf: (input: Input) => CallInput<R>,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => api.call(route, inputOf(input)),
    onSuccess: (answer: RouteAnswer<R>) => {
      const permit = permitIn(answer);
      if (permit) client.setQueryData(keyOf(permit.permitId), permit);
      void client.invalidateQueries({ queryKey: ["own-permits"] });
    },
  });
}

/** An answer is the permit, or holds it. */
function permitIn(answer: unknown): HotWorkPermitDetail | undefined {
  if (typeof answer !== "object" || answer === null) return undefined;
  if ("permit" in answer) return answer.permit as HotWorkPermitDetail;
  return "permitId" in answer ? (answer as HotWorkPermitDetail) : undefined;
}
