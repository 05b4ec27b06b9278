/** The whole platform in a process of its own: the server, and the engines beside it where they are wanted. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { App } from "@hanyouxu/server";
import { jobsOf, type System, startSystem } from "@hanyouxu/testbed";
import { answerQuestions } from "../worker.ts";
import { fitAllMachines, moveMachines } from "./moving-county.ts";
import type { BusyMs, PlatformTask, RunningPlatform } from "./platform.ts";
import { StartTraces } from "./start-traces.ts";
import { giveStaffPhones, toldOfAlarms } from "./told-of-alarms.ts";

const dir = mkdtempSync(join(tmpdir(), "hanyouxu-bench-"));
let running: { system: System; app: App; traces: StartTraces } | undefined;

async function start(task: PlatformTask): Promise<RunningPlatform> {
  const system = await startSystem({
    dir,
    database: task.database,
    broker: task.broker,
    server: "inside",
    online: 0,
    environment: { HY_LOG_LEVEL: "error" },
  });
  const app = system.app!;
  running = { system, app, traces: new StartTraces(app) };
  const { county, url } = system;
  const jobs = jobsOf(county, task.jobs);
  if (jobs.length < task.jobs) throw new Error(`the county has ${jobs.length} pairs, not ${task.jobs}`);
  const taken = new Set<string>(Object.values(county.cast.machines));
  for (const { machine } of jobs) taken.add(machine.machineId);
  const others = county.machines.filter(({ machineId }) => !taken.has(machineId)).slice(0, task.otherChips);
  return { url, jobs, others };
}

/** Counted in the tables: what arrived there is durable. */
async function storedSamples(): Promise<number> {
  const { db } = running!.app.ctx;
  const counts = await Promise.all([
    db.selectFrom("telemetry_hot").select("sample_count").execute(),
    db.selectFrom("telemetry_chunks").select("sample_count").execute(),
  ]);
  return counts.flat().reduce((sum, row) => sum + row.sample_count, 0);
}

async function ingestBatches(): Promise<{ count: number; meanMs: number }> {
  const { values } = await running!.app.ctx.metrics.ingestBatchSeconds.get();
  const of = (suffix: string) => values.find(({ metricName }) => metricName?.endsWith(suffix))?.value ?? 0;
  return { count: of("_count"), meanMs: (of("_sum") / of("_count")) * 1000 };
}

async function engines(): Promise<Record<string, string>> {
  const { postgres, mosquitto } = running!.system;
  const versionOf = async (command: string, ...args: string[]) => {
    const { stdout, stderr } = await promisify(execFile)(command, args).catch((error) => error);
    return String(stdout || stderr)
      .trim()
      .split("\n")[0]!;
  };
  return {
    database: postgres
      ? await versionOf("/usr/lib/postgresql/15/bin/postgres", "--version")
      : "PGlite 0.5.16",
    brokerEngine: mosquitto ? await versionOf("/usr/sbin/mosquitto", "-h") : "Aedes 1.2.0",
  };
}

/** Of the server's own thread, and of all threads of its process: those that collect garbage and compress too. */
function busy(): BusyMs {
  const sum = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1_000;
  return { thread: sum(process.threadCpuUsage()), process: sum(process.cpuUsage()) };
}

answerQuestions({
  start,
  starts: () => running?.traces.taken() ?? {},
  storedSamples,
  ingestBatches,
  engines,
  giveStaffPhones: () => giveStaffPhones(running!.app.ctx),
  fitAllMachines: () => fitAllMachines(running!.app.ctx),
  moveMachines: (count: number) => moveMachines(running!.app.ctx, count),
  busy,
  toldOfAlarms: () => toldOfAlarms(running!.app.ctx),
  async stop() {
    await running?.system[Symbol.asyncDispose]();
    rmSync(dir, { recursive: true, force: true });
  },
});
