/** `node rules/vectors/write-vectors.ts` rewrites the vectors after a rule or an example has changed. */
import { writeFileSync } from "node:fs";
import { certificatePackVectors } from "./certificate-pack-vectors.ts";
import { hotWorkPackVectors } from "./hot-work-pack-vectors.ts";
import { startPackVectors } from "./start-pack-vectors.ts";
import { workConflictVectors } from "./work-conflict-vectors.ts";

writeFileSync(
  new URL("start-pack.json", import.meta.url),
  `${JSON.stringify(startPackVectors(), null, 1)}\n`,
);

writeFileSync(
  new URL("certificate-pack.json", import.meta.url),
  `${JSON.stringify(certificatePackVectors(), null, 1)}\n`,
);

writeFileSync(
  new URL("hot-work-pack.json", import.meta.url),
  `${JSON.stringify(hotWorkPackVectors(), null, 1)}\n`,
);

writeFileSync(
  new URL("work-conflicts.json", import.meta.url),
  `${JSON.stringify(workConflictVectors(), null, 1)}\n`,
);
