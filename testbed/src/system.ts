import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "@hanyouxu/protocol";
import {
  type App,
  createSecrets,
  loadConfig,
  openDeviceAuthority,
  type Store,
  startApp,
  systemClock,
} from "@hanyouxu/server";
import {
  type County,
  type Crew,
  type CrewOptions,
  type DemoMachine,
  type EnrolChip,
  type Fleet,
  generateCounty,
  machinesToBringOnline,
  startCrew,
  startFleet,
  startIncidents,
  startJourneys,
} from "@hanyouxu/simulator";
import { freePort } from "./external/free-port.ts";
import { type Mosquitto, startMosquitto } from "./external/mosquitto.ts";
import { type Postgres, startPostgres } from "./external/postgres.ts";
import { gasInspector } from "./gas-inspector.ts";
import { demoInstaller } from "./installer.ts";
import { prepareCounty, prepareCountyBeside } from "./prepare-county.ts";
import type { RegistryServer } from "./registry/registry-server.ts";
import { startDemoRegistry } from "./registry/start-demo-registry.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";
import { type SimulatedHistory, startSimulatedHistory } from "./simulated-history.ts";

export interface SystemOptions {
  /** Everything that is kept lies here: database, secrets, chips. */
  dir: string;
  /** `embedded`: Aedes and PGlite in the server; `server`: Mosquitto and PostgreSQL beside it. */
  mode?: "embedded" | "server";
  /** One of the two alone, for measuring. */
  database?: "pglite" | "postgresql";
  broker?: "embedded" | "mosquitto";
  /** `inside` this process, or a `process` of its own that can be killed. */
  server?: "inside" | "process";
  seed?: number;
  /** How many chips are online, or which machines'. */
  online?: number | readonly DemoMachine[];
  /** People at work; absent: nobody but the tests. */
  crew?: Partial<Pick<CrewOptions, "habits" | "misconduct" | "share" | "leastShare">>;
  httpPort?: number;
  /** The data folder of a stopped PostgreSQL, of which this system's is to be a copy. */
  postgresLike?: string;
  /** More of the server's environment. */
  environment?: Record<string, string>;
  /** A new process is then a fleet of chips that forgot. */
  chipStorage?: "file" | "memory";
  onStep?(step: string): void;
  onProblem?(what: string, error: unknown): void;
}

/** A whole running system: server, engines, chips, people. */
export interface System extends AsyncDisposable {
  url: string;
  county: County;
  fleet: Fleet;
  /** Fits chips, for more machines than the fleet's. */
  enrol: EnrolChip;
  crew: Crew | undefined;
  /** The machines' past is written behind everything else; present when the server runs inside. */
  history: SimulatedHistory | undefined;
  /** The demonstration's certificate registry, a server of its own. */
  registry: RegistryServer;
  /** Present when the server runs inside. */
  app: App | undefined;
  /** Present when the server is a process of its own. */
  serverProcess: ServerProcess | undefined;
  mosquitto: Mosquitto | undefined;
  postgres: Postgres | undefined;
  clock: Clock;
}

/** Of the county that everybody knows. */
const SEED = 1;

/** The Shanghai day of an instant, for "valid" and "expired" of the county's papers. */
function shanghaiToday(nowMs: number): string {
  return new Date(nowMs + 8 * 3_600_000).toISOString().slice(0, 10);
}

/** The county as it was made on the first start: papers age with it. */
function keptCounty(dir: string, seed: number, clock: Clock): County {
  const path = join(dir, "county.json");
  if (!existsSync(path)) writeFileSync(path, JSON.stringify({ seed, onDay: shanghaiToday(clock.nowMs()) }));
  const kept = JSON.parse(readFileSync(path, "utf8")) as { seed: number; onDay: string };
  return generateCounty(kept.seed, kept.onDay);
}

/** The county in its database, and what goes with it in a folder, as a system's first start would leave them. */
export async function makeCounty(dir: string, databaseUrl?: string): Promise<void> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const secretsDir = join(dir, "secrets");
  createSecrets(secretsDir);
  const database: Record<string, string> = databaseUrl ? { HY_DATABASE: databaseUrl } : {};
  const config = loadConfig({ HY_DATA_DIR: dir, HY_SECRETS_DIR: secretsDir, HY_DEMO: "1", ...database });
  await prepareCountyBeside(config, keptCounty(dir, SEED, systemClock));
}

/** Boots everything on real time, one thing after the other; disposing stops it in reverse. */
export async function startSystem(options: SystemOptions): Promise<System> {
  const {
    dir,
    mode = "embedded",
    server = "inside",
    seed = SEED,
    onStep = () => {},
    onProblem = () => {},
  } = options;
  const database = options.database ?? (mode === "server" ? "postgresql" : "pglite");
  const broker = options.broker ?? (mode === "server" ? "mosquitto" : "embedded");
  const clock = systemClock;
  const stack = new AsyncDisposableStack();
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    onStep("county");
    const county = keptCounty(dir, seed, clock);
    const postgres =
      database === "postgresql"
        ? stack.adopt(await startPostgres({}, { like: options.postgresLike }), (it) => it.stop())
        : undefined;
    const mosquitto =
      broker === "mosquitto" ? stack.adopt(await mosquittoOf(dir), (it) => it.stop()) : undefined;
    const registry = stack.adopt(await startDemoRegistry(county, clock), (it) => it.stop());
    const secretsDir = join(dir, "secrets");
    createSecrets(secretsDir);
    const httpPort = options.httpPort ?? (await freePort());
    const mqttPort = await freePort();
    const environment: Record<string, string> = {
      HY_DATA_DIR: dir,
      HY_SECRETS_DIR: secretsDir,
      HY_HTTP_PORT: String(httpPort),
      HY_DEMO: "1",
      HY_REQUESTS_PER_MINUTE: "0",
      HY_REGISTRY_URL: registry.url,
      HY_REGISTRY_TOKEN: registry.token,
      HY_LOG_LEVEL: "info",
      ...(postgres ? { HY_DATABASE: postgres.url } : {}),
      ...(mosquitto
        ? { HY_BROKER: mosquitto.platformUrl, HY_MQTT_CHIP_URL: mosquitto.url }
        : { HY_MQTT_PORT: String(mqttPort) }),
      ...options.environment,
    };
    const config = loadConfig(environment);
    onStep("server");
    if (server === "process") await prepareCountyBeside(config, county);
    const prepare = (store: Store) => prepareCounty(store, county);
    const app =
      server === "inside" ? stack.adopt(await startApp(config, { prepare }), (it) => it.close()) : undefined;
    const serverProcess =
      server === "process"
        ? stack.adopt(await startServerProcess(environment), (it) => it.stop())
        : undefined;
    const url = app?.url ?? `http://127.0.0.1:${httpPort}`;
    const history = app && startHistory(app, county, onProblem);
    if (history) stack.defer(() => history.stop());
    onStep("chips");
    const { online = 0 } = options;
    const enrol = demoInstaller(url, clock);
    const fleet = startFleet({
      machines: typeof online === "number" ? machinesToBringOnline(county, online) : online,
      dir: join(dir, "chips"),
      clock,
      seed,
      enrol,
      // Chips of an earlier start were told of a port that is not ours any more.
      brokerUrl: mosquitto?.url ?? `mqtts://127.0.0.1:${mqttPort}`,
      storage: options.chipStorage ?? "file",
      platformUrl: url,
      filmed: [county.cast.machines.second, county.cast.machines.distant],
      onFailure: (machine, error) => onProblem(`chip of ${machine.name}`, error),
    });
    stack.defer(() => fleet.stop());
    const crew = options.crew && startPeople(options, { county, fleet, url, clock, seed, onProblem });
    if (crew) stack.defer(() => crew.stop());
    const owned = stack.move();
    return {
      url,
      county,
      fleet,
      enrol,
      crew,
      history,
      registry,
      app,
      serverProcess,
      mosquitto,
      postgres,
      clock,
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

function startHistory({ ctx }: App, county: County, onProblem: People["onProblem"]): SimulatedHistory {
  return startSimulatedHistory(ctx, county, (error) => onProblem("simulated history", error));
}

async function mosquittoOf(dir: string): Promise<Mosquitto> {
  const authority = await openDeviceAuthority(join(dir, "device-ca"), systemClock);
  return await startMosquitto({ authority, dir: join(dir, "mosquitto") });
}

interface People {
  county: County;
  fleet: Fleet;
  url: string;
  clock: Clock;
  seed: number;
  onProblem(what: string, error: unknown): void;
}

function startPeople(options: SystemOptions, { county, fleet, url, clock, seed, onProblem }: People): Crew {
  const crew = startCrew({
    county,
    fleet,
    baseUrl: url,
    clock,
    seed,
    ...options.crew,
    onProblem: ({ welder }, error) => onProblem(welder.name, error),
  });
  const spare = new Set<string>(Object.values(county.cast.machines));
  const inspectGas = gasInspector(url);
  const inspect = (machine: DemoMachine) =>
    inspectGas(machine).catch((error) => onProblem(machine.name, error));
  const incidents = startIncidents({ fleet, clock, seed, spare, inspect });
  const journeys = startJourneys({ fleet, keyAreas: county.keyAreas, clock, seed, spare });
  return {
    async stop() {
      await journeys.stop();
      await incidents.stop();
      await crew.stop();
    },
  };
}
