import {
  type CallInput,
  type InstallationDetail,
  installationRoutes,
  type Route,
  type RouteAnswer,
} from "@hanyouxu/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../ui/api.ts";

/** While something happens that nobody at the phone does: the chip comes online, the relay moves. */
const LIVE_MS = 1_000;
const LIVE_STEPS: ReadonlySet<InstallationDetail["step"]> = new Set(["enrolment", "relay-test", "signature"]);

const keyOf = (installationId: string) => ["own-installation", installationId];

/** The installation as the platform has it: the step it is at survives a reload and a lost network. */
export function useInstallation(installationId: string) {
  return useQuery({
    queryKey: keyOf(installationId),
    queryFn: ({ signal }) =>
      api.call(installationRoutes.getInstallation, { params: { installationId }, signal }),
    refetchInterval: ({ state }) => (state.data && LIVE_STEPS.has(state.data.step) ? LIVE_MS : false),
  });
}

/** One step's call; its answer is the installation with the next step. */
export function useStep<R extends Route & { answers: Record<number, unknown> }, Input>(
  installationId: string,
  route: R,
  inputOf: (input: Input) => CallInput<R>,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => api.call(route, inputOf(input)),
    onSuccess: (answer: RouteAnswer<R>) => {
      if (typeof answer === "object" && answer !== null && "step" in answer) {
        client.setQueryData(keyOf(installationId), answer);
      }
      void client.invalidateQueries({ queryKey: ["own-installations"] });
    },
  });
}
