/** `node rules/vectors/write-vectors.ts` rewrites start-pack.json after a rule or an example has changed. */
import { writeFileSync } from "node:fs";
import { startPackVectors } from "./start-pack-vectors.ts";

writeFileSync(
  new URL("start-pack.json", import.meta.url),
  `${JSON.stringify(startPackVectors(), null, 1)}\n`,
);
