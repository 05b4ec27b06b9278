import { type StartAnswer, workSessionRoutes } from "@hanyouxu/api";
import type { Position } from "@hanyouxu/protocol";
import { useMutation } from "@tanstack/react-query";
import { api, isUnreachable } from "../../ui/api.ts";
import type { WorkFor } from "./site-owner-choice.tsx";
import { attemptKey, browserAttempts, endAttempt } from "./start-attempt.ts";

/** Asks the platform to start the machine from where the phone is, for whom the welder says. */
export function useStart(machineCode: string, position: Promise<Position | null>, workFor: WorkFor) {
  return useMutation<StartAnswer>({
    mutationFn: async () => {
      const body = {
        machineCode,
        position: await position,
        idempotencyKey: attemptKey(browserAttempts, machineCode),
        ...workFor,
      };
      try {
        const answer = await api.call(workSessionRoutes.start, { body });
        endAttempt(browserAttempts);
        return answer;
      } catch (error) {
        // Without an answer nobody knows whether it was started: the key stays for the retry.
        if (!isUnreachable(error)) endAttempt(browserAttempts);
        throw error;
      }
    },
  });
}
