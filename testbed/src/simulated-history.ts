import { on } from "node:events";
import { Worker } from "node:worker_threads";
import { movementWindowDays } from "@hanyouxu/api";
import { addSimulatedDays, machinesWithPast, type SimulatedDays, type Store } from "@hanyouxu/server";
import type { County } from "@hanyouxu/simulator";
import type { HistoryRequest } from "./simulated-history-worker.ts";

export interface SimulatedHistory {
  /** Every machine has its past. */
  done: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Gives the county's machines the weeks before its day as each would have reported them, from the simulator's own
 * tracks. They are made in a thread and written behind everything else, so that nobody waits for them; a start that
 * finds some machines without a past goes on with these.
 */
export function startSimulatedHistory(
  { db }: Pick<Store, "db">,
  { seed, onDay, machines }: Pick<County, "seed" | "onDay" | "machines">,
  onProblem: (error: unknown) => void,
): SimulatedHistory {
  const stopping = new AbortController();
  const done = give().catch((error: unknown) => {
    if (!stopping.signal.aborted) onProblem(error);
  });

  async function give(): Promise<void> {
    const known = await machinesWithPast({ db });
    const missing = machines.filter(({ machineId }) => !known.has(machineId));
    if (missing.length === 0 || stopping.signal.aborted) return;
    const worker = new Worker(new URL("./simulated-history-worker.ts", import.meta.url), {
      workerData: { seed, onDay, machines: missing, days: movementWindowDays } satisfies HistoryRequest,
    });
    try {
      for await (const [part] of on(worker, "message", { signal: stopping.signal })) {
        if (part === null) break;
        await addSimulatedDays({ db }, part as SimulatedDays[]);
      }
    } finally {
      await worker.terminate();
    }
  }

  return {
    done,
    async stop() {
      stopping.abort();
      await done;
    },
  };
}
