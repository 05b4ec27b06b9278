import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Role } from "@hanyouxu/api";
import { type EnterpriseId, type PersonId, type RegionCode, VirtualClock } from "@hanyouxu/protocol";
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import type { Logger } from "pino";
import { AlarmNews } from "../src/alarm-news.ts";
import { folderBlobs } from "../src/blobs/folder-blobs.ts";
import type { CertificateRegistry } from "../src/certificate-registry/certificate-registry.ts";
import { registryOfConfig } from "../src/certificate-registry/registry-of-config.ts";
import { WorkSessionChanges } from "../src/changes.ts";
import type { Channels } from "../src/channels/channel.ts";
import type { Config, SceneCheckerConfig } from "../src/config/config.ts";
import type { AppContext } from "../src/context.ts";
import { personalData } from "../src/crypto/personal-data.ts";
import { platformKeys } from "../src/crypto/platform-keys.ts";
import { systemRandom, uuidV7 } from "../src/crypto/random.ts";
import { auditLog } from "../src/features/audit/audit.ts";
import { StationMap } from "../src/features/duty/duty.ts";
import { WatchedAreas } from "../src/features/places/places.ts";
import { recognisePersons, registerSignIn } from "../src/features/sign-in/routes.ts";
import { startSession } from "../src/features/sign-in/session.ts";
import { createHttpServer } from "../src/http/http-server.ts";
import { KeyedTurns } from "../src/keyed-turns.ts";
import { createLogger } from "../src/log.ts";
import { createMetrics } from "../src/metrics.ts";
import { webhookPoster } from "../src/outbound/post-webhook.ts";
import { PowerHints } from "../src/power-hints.ts";
import { checkerOfConfig } from "../src/scene-checker/checker-of-config.ts";
import type { SmsSender } from "../src/sms/sms-sender.ts";
import { type Engine, withDatabase } from "./database.ts";
import { RecordingBroker } from "./recording-broker.ts";

export interface TestApp {
  ctx: AppContext;
  http: FastifyInstance;
  clock: VirtualClock;
  broker: RecordingBroker;
  /** What was sent by text message, oldest first. */
  messages: { phone: string; code: string }[];
  /** The log so far, one JSON text a line. */
  logLines: string[];
  /** A request with a body in JSON; `cookie` is what `signInAs` or `cookieOf` gave. */
  call(method: InjectOptions["method"], url: string, options?: CallOptions): Promise<LightMyRequestResponse>;
  addPerson(person?: NewPerson): Promise<PersonId>;
  /** A new person with one role, signed in. */
  signInAs(role: Role, reach?: Reach): Promise<{ personId: PersonId; cookie: string }>;
  close(): Promise<void>;
}

export interface CallOptions {
  cookie?: string;
  body?: unknown;
  headers?: Record<string, string>;
  remoteAddress?: string;
}

export interface Reach {
  region?: string;
  enterpriseId?: string;
  department?: string;
}

export interface NewPerson extends Reach {
  name?: string;
  phone?: string;
  role?: Role;
  isActive?: boolean;
}

export interface TestAppOptions {
  config?: Partial<Config>;
  /** What is registered after signing in. */
  register?: (http: FastifyInstance, ctx: AppContext) => void | Promise<void>;
  sms?: SmsSender;
  /** Ways out of the app; none by default. */
  channels?: Channels;
  registry?: CertificateRegistry;
  /** Of the platform's own keys and clock. */
  sceneChecker?: SceneCheckerConfig;
}

/** 2026-03-01T00:00:00Z, 08:00 in Shanghai. */
export const testStartMs = Date.UTC(2026, 2, 1);

/** The server without sockets: a real database, real HTTP handling by `inject`, virtual time, a recording broker. */
export async function withApp(engine: Engine, options: TestAppOptions = {}): Promise<TestApp> {
  const database = await withDatabase(engine);
  const clock = new VirtualClock(testStartMs);
  const broker = new RecordingBroker();
  const messages: TestApp["messages"] = [];
  const logLines: string[] = [];
  const dataDir = mkdtempSync(join(tmpdir(), "hy-test-"));
  const config = testConfig({ dataDir, ...options.config });
  const ctx = contextOf(config, database.db, clock, broker, {
    log: createLogger("info", { write: (line) => logLines.push(line) }),
    sms: options.sms ?? {
      sendCode: async (phone, code) => void messages.push({ phone, code }),
      sendMessage: async () => {},
    },
    channels: options.channels ?? new Map(),
    registry: options.registry ?? registryOfConfig(undefined, { clock, random: systemRandom }),
    sceneChecker: options.sceneChecker,
  });
  const http = await createHttpServer(ctx);
  recognisePersons(http, ctx);
  registerSignIn(http, ctx);
  await options.register?.(http, ctx);
  await http.ready();

  const addPerson = async (person: NewPerson = {}) => await insertPerson(ctx, person);
  return {
    ctx,
    http,
    clock,
    broker,
    messages,
    logLines,
    addPerson,
    async call(method, url, { cookie, body, headers = {}, remoteAddress = "127.0.0.1" } = {}) {
      return await http.inject({
        method,
        url,
        remoteAddress,
        headers: { ...headers, ...(cookie === undefined ? {} : { cookie }) },
        ...(body === undefined ? {} : { payload: body as object }),
      });
    },
    async signInAs(role, reach = {}) {
      const personId = await addPerson({ role, ...reach });
      const device = { userAgent: "test", address: "127.0.0.1" };
      const { token } = await ctx.db
        .transaction()
        .execute((tx) => startSession(ctx, tx, personId, "staff", device));
      return { personId, cookie: `hy_session=${token}` };
    },
    async close() {
      await http.close();
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The cookie that an answer sets, as the next request sends it. */
export function cookieOf(response: LightMyRequestResponse): string {
  const cookie = response.cookies.find(({ name }) => name === "hy_session");
  if (!cookie) throw new Error(`no session cookie in ${response.statusCode} ${response.body}`);
  return `${cookie.name}=${cookie.value}`;
}

function testConfig(config: Partial<Config> & Pick<Config, "dataDir">): Config {
  return {
    database: { engine: "pglite" },
    http: {
      host: "127.0.0.1",
      port: 0,
      publicUrl: undefined,
      trustedProxies: [],
      webDir: undefined,
      requestsPerMinute: 0,
    },
    broker: { kind: "embedded", host: "127.0.0.1", port: 0, names: [] },
    map: {
      tiandituKey: undefined,
      tiandituUrl: "http://127.0.0.1:1",
      tiles: undefined,
      pmtilesFile: undefined,
      attribution: "",
      approvalNumber: undefined,
    },
    sms: { provider: "demo" },
    voice: { provider: "none" },
    mail: undefined,
    push: undefined,
    registry: undefined,
    sceneChecker: undefined,
    frameDetector: undefined,
    demo: false,
    logLevel: "info",
    metricsToken: undefined,
    signIn: { idleMinutes: 720, absoluteHours: 168 },
    smallestCount: 5,
    reportKeepDays: 1_095,
    webhookOrigins: [],
    webhookKeepDays: 90,
    secrets: {
      masterKeys: [{ id: 1, bytes: new Uint8Array(randomBytes(32)) }],
      blindIndexKey: new Uint8Array(randomBytes(32)),
      machineCodeKey: new Uint8Array(randomBytes(32)),
      signInPepper: new Uint8Array(randomBytes(32)),
      platformKeyPems: [newKeyPem(), newKeyPem()],
    },
    ...config,
  };
}

function contextOf(
  config: Config,
  db: AppContext["db"],
  clock: VirtualClock,
  broker: RecordingBroker,
  {
    log,
    sms,
    channels,
    registry,
    sceneChecker,
  }: {
    log: Logger;
    sms: SmsSender;
    channels: Channels;
    registry: CertificateRegistry;
    sceneChecker: SceneCheckerConfig | undefined;
  },
): AppContext {
  const newId = uuidV7(clock, systemRandom);
  const keys = platformKeys(config.secrets.platformKeyPems);
  const changes = new WorkSessionChanges();
  return {
    config,
    db,
    clock,
    random: systemRandom,
    newId,
    log,
    metrics: createMetrics({ withProcess: false }),
    keys,
    machineCodeKey: config.secrets.machineCodeKey,
    broker,
    sms,
    channels,
    personalData: personalData(config.secrets.masterKeys, config.secrets.blindIndexKey, systemRandom),
    audit: auditLog({ clock, newId }),
    alarmNews: new AlarmNews(),
    changes,
    powerHints: new PowerHints(changes),
    chipTurns: new KeyedTurns(),
    watchedAreas: new WatchedAreas(),
    stationMap: new StationMap(),
    blobs: folderBlobs(join(config.dataDir, "blobs")),
    registry,
    frameDetector: undefined,
    sceneChecker: checkerOfConfig(sceneChecker, { clock, random: systemRandom, keys }),
    postWebhook: webhookPoster(config.webhookOrigins),
  };
}

async function insertPerson(ctx: AppContext, person: NewPerson): Promise<PersonId> {
  const { name = "演示张三", phone, role, region, enterpriseId, department, isActive = true } = person;
  const personId = ctx.newId() as PersonId;
  const created_at = new Date(ctx.clock.nowMs());
  await ctx.db
    .insertInto("persons")
    .values({
      person_id: personId,
      name_ciphertext: ctx.personalData.seal("name", name),
      phone_ciphertext: phone === undefined ? null : ctx.personalData.seal("phone", phone),
      phone_index: phone === undefined ? null : ctx.personalData.blindIndex("phone", phone),
      is_active: isActive,
      created_at,
    })
    .execute();
  if (role === undefined) return personId;
  if (region !== undefined) await insertRegion(ctx, region as RegionCode);
  await ctx.db
    .insertInto("role_grants")
    .values({
      role_grant_id: ctx.newId(),
      person_id: personId,
      role,
      region_code: (region ?? null) as RegionCode | null,
      enterprise_id: (enterpriseId ?? null) as EnterpriseId | null,
      granted_at: created_at,
      department_key: department ?? null,
    })
    .execute();
  return personId;
}

/** A region without parents, once. */
async function insertRegion(ctx: AppContext, code: RegionCode): Promise<void> {
  await ctx.db
    .insertInto("regions")
    .values({
      region_code: code,
      parent_code: null,
      name: `演示${code}`,
      latitude_degrees: null,
      longitude_degrees: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

function newKeyPem(): string {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}
