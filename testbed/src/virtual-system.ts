import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chipKeys, es256Verifier } from "@hanyouxu/chip/hosts/node";
import { VirtualClock } from "@hanyouxu/protocol";
import { createSecrets, loadConfig, openPgliteHere } from "@hanyouxu/server";
import {
  type County,
  type CrewOptions,
  createRandom,
  type Fleet,
  startCrew,
  startIncidents,
} from "@hanyouxu/simulator";
import { gasInspector } from "./gas-inspector.ts";
import { demoInstaller } from "./installer.ts";
import { allInvariants } from "./invariants/all.ts";
import type { Invariant, World } from "./invariants/invariant.ts";
import { prepareCounty } from "./prepare-county.ts";
import { Driver } from "./virtual/driver.ts";
import { injectFetch, NO_PHONE_FAULTS, type PhoneFaults } from "./virtual/inject-fetch.ts";
import { smallCounty } from "./virtual/small-county.ts";
import { StatementGate } from "./virtual/statement-gate.ts";
import { Stillness } from "./virtual/stillness.ts";
import { addKeyAreas } from "./virtual/virtual-areas.ts";
import { VirtualBroker } from "./virtual/virtual-broker.ts";
import { ObservedMachine, startVirtualFleet } from "./virtual/virtual-fleet.ts";
import { VirtualServer } from "./virtual/virtual-server.ts";
import { WorldRecord } from "./virtual/world-record.ts";

export interface VirtualSystemOptions {
  seed: number;
  /** How many machines are online. */
  machines: number;
  /** For secrets and the device authority; with `database: "folder"` also for a database to be looked at afterwards. */
  dir: string;
  database?: "memory" | "folder";
  /** What `emptyDatabase` gave: saves the seconds that a new one takes. */
  snapshot?: Uint8Array<ArrayBuffer> | undefined;
  /** `inside` the server, as Aedes; `beside` it, as Mosquitto. */
  broker?: "inside" | "beside";
  /** People at work; absent: nobody but the tests. */
  crew?: Partial<Pick<CrewOptions, "habits" | "misconduct" | "share" | "leastShare">>;
  /** Housings opened, gas: one in so many minutes on average over all machines; absent: none. */
  minutesBetweenIncidents?: number;
  startMs?: number;
  /** See `VirtualBrokerOptions`. */
  telemetryEveryMs?: number;
  invariants?: readonly Invariant[];
  /** Some machines stand in key areas, where nobody has a clearance. */
  hasKeyAreas?: boolean;
  /** How far chips' clocks may be off by what is done to them. */
  clockToleranceMs?: number;
}

/** The whole system on one virtual clock. */
export interface VirtualSystem extends AsyncDisposable {
  seed: number;
  startedAtMs: number;
  clock: VirtualClock;
  driver: Driver;
  gate: StatementGate;
  broker: VirtualBroker;
  server: VirtualServer;
  record: WorldRecord;
  county: County;
  fleet: Fleet;
  world: World;
  /** For phones, officers and everyone else: into whatever server runs. */
  fetch: typeof globalThis.fetch;
  url: string;
  /** Between phones and the platform, from now on. */
  setPhoneFaults(faults: PhoneFaults): void;
  /** What happened, a line each: the same for the same seed. */
  trace: string[];
  note(line: string): void;
  /** Visits that failed, chips that stood still, warnings of the server. */
  problems: string[];
  /** Compares the world with the platform. @throws InvariantBroken */
  checkPlatform(): Promise<void>;
  /** Everybody goes home. */
  stopPeople(): Promise<void>;
}

/** A Monday, 07:00 in Shanghai. */
export const VIRTUAL_START_MS = Date.UTC(2026, 8, 6, 23);
const URL_OF_PLATFORM = "http://127.0.0.1";

/** A database without any table, to begin several systems with. */
export async function emptyDatabase(): Promise<Uint8Array<ArrayBuffer>> {
  const client = await openPgliteHere();
  try {
    return await client.dump();
  } finally {
    await client.close();
  }
}

/** A promise of the design was broken. */
export class InvariantBroken extends Error {
  override readonly name = "InvariantBroken";
}

/** Boots everything on virtual time: no sockets to chips or people, no waiting; disposing stops it. */
export async function startVirtualSystem(options: VirtualSystemOptions): Promise<VirtualSystem> {
  const { seed, dir, startMs = VIRTUAL_START_MS, invariants = allInvariants } = options;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const stack = new AsyncDisposableStack();
  try {
    const secretsDir = join(dir, "secrets");
    createSecrets(secretsDir);
    const config = loadConfig({
      HY_DATA_DIR: dir,
      HY_SECRETS_DIR: secretsDir,
      HY_HTTP_PORT: "0",
      HY_MQTT_PORT: "0",
      HY_DEMO: "1",
      HY_REQUESTS_PER_MINUTE: "0",
      HY_LOG_LEVEL: "warn",
    });
    const clock = new VirtualClock(startMs);
    const stillness = new Stillness();
    const network = createRandom(`${seed}/network`);
    const phones = createRandom(`${seed}/phones`);
    const county = smallCounty(
      seed,
      new Date(startMs + 8 * 3_600_000).toISOString().slice(0, 10),
      options.machines,
    );
    const folder = options.database === "folder" ? join(dir, "postgres") : undefined;
    const client = await openPgliteHere({ folder, snapshot: options.snapshot });
    stack.defer(() => client.close());
    const gate = new StatementGate(client, stillness);
    const trace: string[] = [];
    const problems: string[] = [];
    const note = (line: string) => void trace.push(`${clock.nowMs() - startMs} ${line}`);

    const record = new WorldRecord(
      es256Verifier(config.secrets.platformKeyPems.map((pem) => chipKeys(pem).spki)),
    );
    const broker = new VirtualBroker({
      clock,
      stillness,
      random: () => network.next(),
      place: options.broker ?? "inside",
      telemetryEveryMs: options.telemetryEveryMs ?? 20_000,
      onConsumed: (message) => record.seeConsumed(message),
      onDownlink: (chipId, bytes) => record.seeDownlink(chipId, bytes),
    });
    const server = new VirtualServer({
      config,
      clock,
      seed,
      gate,
      broker,
      stillness,
      async prepare(ctx) {
        const isNew = await prepareCounty(ctx, county, { hasCountry: false });
        if (isNew && options.hasKeyAreas) await addKeyAreas(ctx, county);
      },
      onLog: (line) => problems.push(line.trimEnd()),
    });
    await server.start();
    stack.defer(() => server.kill());
    let phoneFaults = NO_PHONE_FAULTS;
    const fetch = injectFetch({
      server: () => server.running,
      stillness,
      faults: () => phoneFaults,
      random: () => phones.next(),
    });
    const cast = new Set<string>(Object.values(county.cast.machines));
    const fleet = await startVirtualFleet({
      machines: county.machines.filter(({ machineId }) => !cast.has(machineId)),
      clock,
      seed,
      broker,
      record,
      enrol: demoInstaller(URL_OF_PLATFORM, clock, fetch),
      onFailure: (machine, error) => problems.push(`chip of ${machine.name}: ${String(error)}`),
    });
    stack.defer(async () => fleet.kill());
    const machines = fleet.machines.map((at) => new ObservedMachine(at));
    const world: World = {
      get nowMs() {
        return clock.nowMs();
      },
      machines,
      record,
      county,
      clockToleranceMs: options.clockToleranceMs ?? 0,
    };
    const afterStep = () => {
      for (const machine of machines) machine.follow(record, clock.nowMs(), note);
      for (const { name, checkStep } of invariants) judge(name, checkStep?.(world) ?? []);
    };
    const judge = (name: string, found: string[]) => {
      if (found.length > 0) throw new InvariantBroken(`seed ${seed}, ${name}:\n${found.join("\n")}`);
    };
    const driver = new Driver(clock, stillness, afterStep);
    const people = options.crew && startPeople(options.crew);
    const sendHome = async () => void (await Promise.all([people?.stop(), stillness.settle()]));
    stack.defer(sendHome);

    function startPeople(crew: NonNullable<VirtualSystemOptions["crew"]>) {
      const atWork = startCrew({
        county,
        fleet,
        baseUrl: URL_OF_PLATFORM,
        clock,
        seed,
        fetch,
        ...crew,
        onProblem: ({ welder }, error) => problems.push(`${welder.name}: ${String(error)}`),
      });
      const inspect = gasInspector(URL_OF_PLATFORM, fetch);
      const meanMinutesBetween = options.minutesBetweenIncidents;
      const incidents =
        meanMinutesBetween === undefined
          ? undefined
          : startIncidents({
              fleet,
              clock,
              seed,
              spare: new Set(),
              meanMinutesBetween,
              inspect: (machine) => inspect(machine).catch((error) => void problems.push(String(error))),
            });
      return {
        async stop() {
          await incidents?.stop();
          await atWork.stop();
        },
      };
    }

    const owned = stack.move();
    return {
      seed,
      startedAtMs: startMs,
      clock,
      driver,
      gate,
      broker,
      server,
      record,
      county,
      fleet,
      world,
      fetch,
      url: URL_OF_PLATFORM,
      setPhoneFaults(faults) {
        phoneFaults = faults;
      },
      trace,
      note,
      problems,
      async checkPlatform() {
        await stillness.settle();
        for (const { name, checkPlatform } of invariants)
          judge(name, (await checkPlatform?.(world, gate)) ?? []);
      },
      stopPeople: sendHome,
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}
