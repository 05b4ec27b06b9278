import type { Timer } from "@hanyouxu/protocol";
import type { AppContext } from "./context.ts";
import { inBackground } from "./db/background.ts";

interface Repeated {
  everyMs: number;
  run(): Promise<unknown>;
  /** What the log says of a run that has failed; the next one comes all the same. */
  failure: string;
}

/**
 * Runs something again and again, each time so long after the last run has ended, behind what people wait for.
 * @returns how to stop
 */
export function repeat(
  { clock, log }: Pick<AppContext, "clock" | "log">,
  { everyMs, run, failure }: Repeated,
): () => void {
  let timer: Timer;
  let isStopped = false;
  const schedule = () => {
    timer = clock.setTimer(everyMs, () => {
      inBackground(run)
        .catch((error: unknown) => log.warn({ err: error }, failure))
        .finally(() => {
          if (!isStopped) schedule();
        });
    });
  };
  schedule();
  return () => {
    isStopped = true;
    timer.cancel();
  };
}
