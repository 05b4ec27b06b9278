import { Worker } from "node:worker_threads";
import type { Clock } from "@hanyouxu/protocol";
import type { AreaFileAnswer } from "./area-file-worker.ts";
import { AreaFileProblem, type RawFeature } from "./raw-feature.ts";

/** A file of the largest size allowed takes a tenth of either. */
const HEAP_MEBIBYTES = 192;
const MOST_MS = 30_000;

/**
 * The features of a GeoJSON, KML, KMZ or zipped Shapefile, as they stand there.
 * @throws AreaFileProblem
 */
export async function readAreaFile(
  { clock }: { clock: Clock },
  bytes: Uint8Array<ArrayBuffer>,
): Promise<RawFeature[]> {
  const worker = new Worker(new URL("./area-file-worker.ts", import.meta.url), {
    workerData: bytes,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEBIBYTES },
  });
  const { promise, resolve, reject } = Promise.withResolvers<AreaFileAnswer>();
  worker.on("message", resolve);
  worker.on("error", (error: NodeJS.ErrnoException) =>
    reject(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? new AreaFileProblem("too_large") : error),
  );
  worker.on("exit", (code) => reject(new Error(`the area file's thread ended (code ${code})`)));
  const timer = clock.setTimer(MOST_MS, () => reject(new AreaFileProblem("too_large")));
  try {
    const answer = await promise;
    if (answer.kind === "problem") throw new AreaFileProblem(answer.code);
    return answer.features;
  } finally {
    timer.cancel();
    await worker.terminate();
  }
}

export { AreaFileProblem, type AreaFileProblemCode, type RawFeature } from "./raw-feature.ts";
