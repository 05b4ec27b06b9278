import { on } from "node:events";
import { Worker } from "node:worker_threads";
import { movementWindowDays } from "@hanyouxu/api";
import {
  addSimulatedDays,
  addSimulatedTrendDays,
  hasSimulatedTrendDays,
  machinesWithPast,
  type SimulatedDays,
  type SimulatedTrendDay,
  type Store,
} from "@hanyouxu/server";
import type { County } from "@hanyouxu/simulator";
import type { HistoryRequest } from "./simulated-history-worker.ts";

/** Enough for shapes, intervals and their test, and for an install of a few weeks. */
const TREND_DAYS = 154;

/** What the thread sends, one of the two at a time. */
interface HistoryPart {
  trendDays?: SimulatedTrendDay[];
  machines?: SimulatedDays[];
}

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
    const regions = (await hasSimulatedTrendDays({ db }))
      ? []
      : [...new Set(machines.map(({ townshipCode }) => townshipCode))];
    if ((missing.length === 0 && regions.length === 0) || stopping.signal.aborted) return;
    const worker = new Worker(new URL("./simulated-history-worker.ts", import.meta.url), {
      workerData: {
        seed,
        onDay,
        machines: missing,
        days: movementWindowDays,
        trends: { regions, days: TREND_DAYS },
      } satisfies HistoryRequest,
    });
    try {
      for await (const [part] of on(worker, "message", { signal: stopping.signal })) {
        if (part === null) break;
        const { trendDays, machines: pasts } = part as HistoryPart;
        if (trendDays) await addSimulatedTrendDays({ db }, trendDays);
        if (pasts) await addSimulatedDays({ db }, pasts);
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
