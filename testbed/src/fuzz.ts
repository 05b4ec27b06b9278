/**
 * `node testbed/src/fuzz.ts [--seconds 300] [--seed N] [--mode embedded|server]`: boots the whole system, throws at the
 * API and at the broker what does not belong there, and fails when a request ends in a 5xx, the server dies, a counter
 * stays at nothing, or data that was there has changed. Prints one line of JSON.
 */
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chipEnrolmentRoutes, machineRoutes } from "@hanyouxu/api";
import { createChipKeys, createCsr } from "@hanyouxu/chip/hosts/node";
import { ApiFuzz } from "./fuzz/api-fuzz.ts";
import { type SignedIn, signInAll } from "./fuzz/callers.ts";
import { compareRegisters, countersOf, registerOf, sumOf } from "./fuzz/evidence.ts";
import { Findings } from "./fuzz/findings.ts";
import { FrameFuzz, type StolenChip } from "./fuzz/frame-fuzz.ts";
import { SeededRandom } from "./fuzz/hostile-values.ts";
import { LiveFuzz } from "./fuzz/live-fuzz.ts";
import { type System, startSystem } from "./system.ts";

const usage = "usage: node testbed/src/fuzz.ts [--seconds 300] [--seed 1] [--mode embedded|server]\n";
const STOLEN_CHIPS = 24;
const ONLINE_CHIPS = 4;
const API_AT_ONCE = 3;
const CONNECTIONS_AT_ONCE = 12;
const MOST_MEMORY_MIB = 1_500;

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "300" },
    seed: { type: "string", default: "1" },
    mode: { type: "string", default: "embedded" },
  },
});
const seconds = Number(values.seconds);
const seed = Number(values.seed);
const { mode } = values;
if (!(seconds > 0) || !Number.isInteger(seed) || (mode !== "embedded" && mode !== "server")) {
  process.stderr.write(usage);
  process.exit(2);
}

const dir = await mkdtemp(join(tmpdir(), "hanyouxu-fuzz-"));
try {
  const findings = await fuzz(mode);
  const { tried, violations } = findings;
  process.stdout.write(`${JSON.stringify({ name: "fuzz", mode, seconds, seed, tried, violations })}\n`);
  process.exitCode = violations.length === 0 ? 0 : 1;
} finally {
  await rm(dir, { recursive: true, force: true });
}

async function fuzz(mode: "embedded" | "server"): Promise<Findings> {
  const findings = new Findings();
  await using system = await startSystem({
    dir,
    mode,
    server: "process",
    online: ONLINE_CHIPS,
    environment: { HY_LOG_LEVEL: "info" },
  });
  const { url } = system;
  const people = await signInAll(url);
  const regulator = people.find(({ name }) => name === "regulator")!;
  const { chips, machineIds, brokerUrl } = await stealChips(
    system,
    people.find(({ name }) => name === "installer")!,
  );
  const others = await chipsOnline(regulator);
  const before = { register: await registerOf(regulator.api, machineIds), counters: await countersOf(url) };

  const random = new SeededRandom(seed);
  const api = new ApiFuzz(url, [{ name: "stranger", fetch }, ...people], random, findings);
  const live = new LiveFuzz(url, regulator.cookie(), random, findings);
  const frames = new FrameFuzz(brokerUrl, chips, others, random, findings);
  const endsAtMs = performance.now() + seconds * 1000;
  const isOver = () => performance.now() > endsAtMs || findings.violations.length >= Findings.kept;
  await Promise.all([
    ...Array.from({ length: API_AT_ONCE }, () => repeat(() => api.step(), isOver)),
    ...Array.from({ length: CONNECTIONS_AT_ONCE }, () => repeat(() => frames.step(), isOver)),
    repeat(() => live.step(), isOver),
  ]);
  await judge(system, regulator, machineIds, before, findings);
  return findings;
}

async function repeat(step: () => Promise<void>, isOver: () => boolean): Promise<void> {
  while (!isOver()) await step();
}

/** Chips that are enrolled as any other, and then do what they like. */
async function stealChips(system: System, { api }: SignedIn) {
  const chips: StolenChip[] = [];
  const machines = system.county.machines.slice(-STOLEN_CHIPS);
  let brokerUrl = "";
  for (const { machineId } of machines) {
    const keys = createChipKeys();
    const { enrolmentToken } = await api.call(chipEnrolmentRoutes.issueEnrolmentToken, {
      body: { machineId },
    });
    const csr = Buffer.from(createCsr(keys)).toString("base64");
    const enrolled = await api.call(chipEnrolmentRoutes.enrolChip, { body: { csr, enrolmentToken } });
    brokerUrl = enrolled.brokerUrl;
    chips.push({
      chipId: keys.chipId,
      keyPem: keys.privateKeyPem,
      certificatePem: enrolled.certificatePem,
      caPem: enrolled.caCertificatePem,
    });
  }
  return { chips, brokerUrl, machineIds: new Set<string>(machines.map(({ machineId }) => machineId)) };
}

/** The fleet's chips, once they have been heard. */
async function chipsOnline({ api }: SignedIn): Promise<string[]> {
  for (;;) {
    const { items } = await api.call(machineRoutes.listMachines, { query: { state: "idle", pageSize: 200 } });
    if (items.length < ONLINE_CHIPS - 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      continue;
    }
    const details = items.map(({ machineId }) =>
      api.call(machineRoutes.getMachine, { params: { machineId } }),
    );
    return (await Promise.all(details)).flatMap(({ chipId }) => (chipId ? [chipId] : []));
  }
}

interface Before {
  register: Map<string, string>;
  counters: Map<string, number>;
}

async function judge(
  { url, serverProcess }: System,
  regulator: SignedIn,
  machineIds: ReadonlySet<string>,
  before: Before,
  findings: Findings,
): Promise<void> {
  const health = await fetch(`${url}/readyz`).then(
    (answer) => answer.status,
    (error: unknown) => String(error),
  );
  if (health !== 200) findings.violation(`after the fuzz /readyz says ${health}: ${serverProcess?.output()}`);
  compareRegisters(before.register, await registerOf(regulator.api, machineIds), findings);
  const counters = await countersOf(url);
  const grown = (name: string, label = "") =>
    sumOf(counters, name, label) - sumOf(before.counters, name, label);
  for (const [name, label] of [
    ["hy_quarantined_frames_total", ""],
    ["hy_broker_events_total", "refused-topic"],
    ["hy_broker_events_total", "refused-qos"],
    ["hy_broker_events_total", "refused-size"],
  ] as const) {
    // Mosquitto refuses topics and sizes by itself and counts nothing.
    const isSilent = mode === "server" && (label === "refused-topic" || label === "refused-size");
    if (grown(name, label) === 0 && !isSilent) findings.violation(`${name} ${label} did not grow`);
  }
  for (const name of ["hy_http_failures_total", "hy_ingest_failures_total", "hy_reply_failures_total"]) {
    if (grown(name) > 0) findings.violation(`${name} grew by ${grown(name)}: ${serverProcess?.output()}`);
  }
  findings.tried["frames quarantined"] = grown("hy_quarantined_frames_total");
  findings.tried["broker refusals"] = grown("hy_broker_events_total", "refused");
  const memoryMiB = residentMiB(serverProcess!.pid);
  findings.tried["server MiB at the end"] = memoryMiB;
  if (memoryMiB > MOST_MEMORY_MIB) findings.violation(`the server holds ${memoryMiB} MiB`);
}

function residentMiB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
}
