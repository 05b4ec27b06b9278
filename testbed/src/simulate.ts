/** `node testbed/src/simulate.ts --seed 1 --hours 10 --machines 40 --faults all`: see docs/operations/simulation.md. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { simulate } from "./simulation.ts";
import { type FaultName, faultNames } from "./virtual/chaos.ts";
import { emptyDatabase } from "./virtual-system.ts";

const usage = `usage: node testbed/src/simulate.ts [--seed 1] [--runs 1] [--hours 10] [--machines 40] [--share 0.3]
  [--faults all|none|NAME,NAME] [--every SECONDS] [--broker inside|beside] [--keep FOLDER]
faults: ${faultNames.join(", ")}
`;

function fail(problem: string): never {
  process.stderr.write(`${problem}\n${usage}`);
  process.exit(2);
}

function positive(name: string, text: string): number {
  const value = Number(text);
  return Number.isFinite(value) && value > 0 ? value : fail(`--${name}: write a number above 0, not ${text}`);
}

function faultsOf(text: string): FaultName[] {
  if (text === "all") return faultNames;
  if (text === "none") return [];
  return text.split(",").map((name) => {
    return faultNames.find((known) => known === name) ?? fail(`--faults: there is no fault ${name}`);
  });
}

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    runs: { type: "string", default: "1" },
    hours: { type: "string", default: "10" },
    machines: { type: "string", default: "40" },
    share: { type: "string" },
    faults: { type: "string", default: "all" },
    every: { type: "string", default: "45" },
    broker: { type: "string", default: "inside" },
    keep: { type: "string" },
  },
});
const { broker, keep } = values;
if (broker !== "inside" && broker !== "beside") fail("--broker: inside or beside");
const seed = positive("seed", values.seed);
const faults = faultsOf(values.faults);
const snapshot = await emptyDatabase();

for (let run = 0; run < positive("runs", values.runs); run++) {
  const dir = keep ?? (await mkdtemp(join(tmpdir(), "hanyouxu-simulation-")));
  try {
    const startedAtMs = performance.now();
    const { summary } = await simulate({
      seed: seed + run,
      dir,
      snapshot,
      broker,
      faults,
      database: keep ? "folder" : "memory",
      hours: positive("hours", values.hours),
      machines: positive("machines", values.machines),
      secondsBetweenFaults: positive("every", values.every),
      ...(values.share ? { share: positive("share", values.share) } : {}),
      onHour: (soFar) => process.stderr.write(`${JSON.stringify(soFar)}\n`),
    });
    const realSeconds = Math.round((performance.now() - startedAtMs) / 1000);
    process.stdout.write(`${JSON.stringify({ ...summary, realSeconds })}\n`);
  } finally {
    if (!keep) await rm(dir, { recursive: true, force: true });
  }
}
