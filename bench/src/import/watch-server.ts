import { readFileSync, writeFileSync } from "node:fs";
import { type Summary, summarise } from "../statistics.ts";
import { monotonicMs } from "../worker.ts";

const PAUSE_MS = 25;

/** Forgets the highest resident size so far, what starting took included (proc(5), clear_refs). */
export function resetPeakRss(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
}

/** The highest resident size since, of all threads of the process. */
export function peakRssMiB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)![1]) / 1024);
}

/** Asks a page that needs no database again and again: how long it takes is how long the event loop was held up. */
export function watchAnswers(url: string): { stop(): Promise<Summary> } {
  const tookMs: number[] = [];
  let isStopped = false;
  const watching = (async () => {
    while (!isStopped) {
      const askedMs = monotonicMs();
      await (await fetch(`${url}/healthz`)).text();
      tookMs.push(monotonicMs() - askedMs);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  })();
  return {
    async stop() {
      isStopped = true;
      await watching;
      return summarise(tookMs);
    },
  };
}
