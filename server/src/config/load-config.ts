import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseEnv } from "node:util";
import { fieldMessageIn } from "@hanyouxu/api";
import { platformKeys } from "../crypto/platform-keys.ts";
import { mailOf, pushOf, smsOf, voiceOf } from "./channels-config.ts";
import type {
  BrokerConfig,
  Config,
  FrameDetectorConfig,
  RegistryConfig,
  SceneCheckerConfig,
} from "./config.ts";
import { ConfigError, type ConfigProblem } from "./config-error.ts";
import { isLoopback } from "./key-kinds.ts";
import { keys, secretKeys, type Values } from "./keys.ts";
import { createSecrets, readSecrets } from "./secrets.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Environment (over HY_CONFIG_FILE) → configuration. With the embedded database missing secrets are made in the data
 * folder; with PostgreSQL, which several servers may share, they must be given.
 * @throws ConfigError listing every wrong key.
 */
export function loadConfig(environment: Environment): Config {
  const problems: ConfigProblem[] = [];
  const values = parse(withSecretFiles(withConfigFile(environment, problems), problems), problems);
  if (!values || problems.length > 0) throw new ConfigError(problems);

  const dataDir = resolve(values.HY_DATA_DIR);
  const secretsDir = values.HY_SECRETS_DIR ?? join(dataDir, "secrets");
  const embeddedDatabase = values.HY_DATABASE === "pglite";
  if (embeddedDatabase && values.HY_SECRETS_DIR === undefined) createSecrets(secretsDir);

  const secrets = readSecrets(values, secretsDir, problems);
  if (secrets) checkPlatformKeys(secrets.platformKeyPems, problems);
  checkDemo(values, problems);
  const sms = smsOf(values, problems);
  const voice = voiceOf(values, problems);
  const mail = mailOf(values, problems);
  const push = pushOf(values, secrets?.pushKey, problems);
  const registry = registryOf(values, problems);
  const sceneChecker = sceneCheckerOf(values, problems);
  const frameDetector = frameDetectorOf(values, problems);
  const broker = brokerOf(values, problems);
  const pmtilesFile = pmtilesOf(values, problems);
  if (!secrets || !sms || !voice || problems.length > 0) throw new ConfigError(problems);

  return {
    dataDir,
    database: embeddedDatabase
      ? { engine: "pglite" }
      : { engine: "postgresql", url: values.HY_DATABASE, poolSize: values.HY_DATABASE_POOL },
    http: {
      host: values.HY_HTTP_HOST,
      port: values.HY_HTTP_PORT,
      publicUrl: values.HY_PUBLIC_URL?.replace(/\/$/, ""),
      trustedProxies: values.HY_TRUSTED_PROXIES,
      webDir: values.HY_WEB_DIR ?? fileURLToPath(new URL("../../../web/dist", import.meta.url)),
      requestsPerMinute: values.HY_REQUESTS_PER_MINUTE,
    },
    broker,
    map: {
      tiandituKey: values.HY_TIANDITU_KEY,
      tiandituUrl: values.HY_TIANDITU_URL.replace(/\/$/, ""),
      tiles: values.HY_MAP_TILES === undefined ? undefined : { urlTemplate: values.HY_MAP_TILES },
      pmtilesFile,
      attribution: values.HY_MAP_ATTRIBUTION,
      approvalNumber: values.HY_MAP_APPROVAL_NUMBER,
    },
    sms,
    voice,
    mail,
    push,
    registry,
    sceneChecker,
    frameDetector,
    demo: values.HY_DEMO,
    logLevel: values.HY_LOG_LEVEL,
    metricsToken: values.HY_METRICS_TOKEN,
    signIn: { idleMinutes: values.HY_SIGN_IN_IDLE_MINUTES, absoluteHours: values.HY_SIGN_IN_HOURS },
    smallestCount: values.HY_SMALLEST_COUNT,
    reportKeepDays: values.HY_REPORT_KEEP_DAYS,
    webhookOrigins: values.HY_WEBHOOK_ORIGINS,
    webhookKeepDays: values.HY_WEBHOOK_KEEP_DAYS,
    secrets,
  };
}

function withConfigFile(environment: Environment, problems: ConfigProblem[]): Environment {
  const file = environment.HY_CONFIG_FILE;
  if (!file) return environment;
  const text = read("HY_CONFIG_FILE", file, problems);
  return text === undefined ? environment : { ...parseEnv(text), ...environment };
}

function withSecretFiles(environment: Environment, problems: ConfigProblem[]): Environment {
  const result: Record<string, string | undefined> = { ...environment };
  for (const key of secretKeys) {
    const file = environment[`${key}_FILE`];
    if (!file) continue;
    if (environment[key]) {
      problems.push({
        key,
        "zh-CN": `${key} 与 ${key}_FILE 只能设置其一`,
        en: `set either ${key} or ${key}_FILE, not both`,
      });
    }
    result[key] = read(`${key}_FILE`, file, problems)?.trim();
  }
  return result;
}

function read(key: string, file: string, problems: ConfigProblem[]): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    problems.push({ key, "zh-CN": `无法读取文件 ${file}：${reason}`, en: `cannot read ${file}: ${reason}` });
    return undefined;
  }
}

function parse(environment: Environment, problems: ConfigProblem[]): Values | undefined {
  // An empty value is the shell's way to unset.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const result = keys.safeParse(given);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    problems.push({
      key: String(issue.path[0]),
      "zh-CN": fieldMessageIn("zh-CN", issue.message),
      en: fieldMessageIn("en", issue.message),
    });
  }
  return undefined;
}

function checkPlatformKeys(pems: readonly string[], problems: ConfigProblem[]): void {
  pems.forEach((pem, index) => {
    try {
      platformKeys([pem]);
    } catch {
      problems.push({
        key: `HY_PLATFORM_KEY_${index + 1}`,
        "zh-CN":
          "应为 P-256 私钥（PKCS#8 PEM）；可用 openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 生成",
        en: "must be a P-256 private key (PKCS#8 PEM): openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256",
      });
    }
  });
}

/** The demo inbox shows every code: it may never stand where others can reach it by mistake. */
function checkDemo(values: Values, problems: ConfigProblem[]): void {
  if (!values.HY_DEMO) return;
  const publicHost = values.HY_PUBLIC_URL === undefined ? undefined : new URL(values.HY_PUBLIC_URL).hostname;
  const isLocal = isLoopback(values.HY_HTTP_HOST) && (publicHost === undefined || isLoopback(publicHost));
  const isEmbedded = values.HY_DATABASE === "pglite" && values.HY_BROKER === "embedded";
  if (isLocal || (values.HY_DEMO_PUBLIC && isEmbedded)) return;
  problems.push({
    key: "HY_DEMO",
    "zh-CN":
      "演示模式会公开验证码，只能用于本机地址；确需公开演示时请使用内置数据库与内置消息服务并设置 HY_DEMO_PUBLIC=1",
    en: "the demo shows everybody's codes: keep HY_HTTP_HOST and HY_PUBLIC_URL on loopback, or, for a demo meant to be public, use the embedded database and broker and set HY_DEMO_PUBLIC=1",
  });
}

/** Bytes 0–7 of an archive: the magic number and version 3. */
const pmtilesMagic = Buffer.from("PMTiles\u0003", "latin1");

function pmtilesOf(values: Values, problems: ConfigProblem[]): string | undefined {
  const file = values.HY_MAP_PMTILES;
  if (file === undefined) return undefined;
  try {
    const head = Buffer.alloc(pmtilesMagic.length);
    const descriptor = openSync(file, "r");
    readSync(descriptor, head, 0, head.length, 0);
    closeSync(descriptor);
    if (head.equals(pmtilesMagic)) return resolve(file);
  } catch {
    // Told below: a file that cannot be read is no archive either.
  }
  problems.push({
    key: "HY_MAP_PMTILES",
    "zh-CN": `${file} 不是可读的 PMTiles（第 3 版）文件`,
    en: `${file} is not a readable PMTiles archive (version 3)`,
  });
  return undefined;
}

function brokerOf(values: Values, problems: ConfigProblem[]): BrokerConfig {
  if (values.HY_BROKER === "embedded") {
    return {
      kind: "embedded",
      host: values.HY_MQTT_HOST,
      port: values.HY_MQTT_PORT,
      names: values.HY_MQTT_NAMES,
      chipUrl: values.HY_MQTT_CHIP_URL,
    };
  }
  const pem = (key: "HY_BROKER_CERT_FILE" | "HY_BROKER_KEY_FILE" | "HY_BROKER_CA_FILE") =>
    values[key] === undefined ? undefined : read(key, values[key], problems);
  const certificatePem = pem("HY_BROKER_CERT_FILE");
  const keyPem = pem("HY_BROKER_KEY_FILE");
  if ((certificatePem === undefined) !== (keyPem === undefined)) {
    problems.push({
      key: "HY_BROKER_KEY_FILE",
      "zh-CN": "HY_BROKER_CERT_FILE 与 HY_BROKER_KEY_FILE 须同时设置",
      en: "set HY_BROKER_CERT_FILE and HY_BROKER_KEY_FILE together",
    });
  }
  return {
    kind: "external",
    url: values.HY_BROKER,
    identity: certificatePem !== undefined && keyPem !== undefined ? { certificatePem, keyPem } : undefined,
    caCertificatePem: pem("HY_BROKER_CA_FILE"),
    serverName: values.HY_SERVER_NAME ?? hostname(),
    chipUrl: values.HY_MQTT_CHIP_URL,
  };
}

function registryOf(values: Values, problems: ConfigProblem[]): RegistryConfig | undefined {
  return addressWithToken(values, "HY_REGISTRY_URL", "HY_REGISTRY_TOKEN", problems);
}

function sceneCheckerOf(values: Values, problems: ConfigProblem[]): SceneCheckerConfig | undefined {
  const found = addressWithToken(values, "HY_SCENE_CHECKER_URL", "HY_SCENE_CHECKER_TOKEN", problems);
  return found && { ...found, checkerId: values.HY_SCENE_CHECKER_ID };
}

function frameDetectorOf(values: Values, problems: ConfigProblem[]): FrameDetectorConfig | undefined {
  return addressWithToken(values, "HY_FRAME_DETECTOR_URL", "HY_FRAME_DETECTOR_TOKEN", problems);
}

/** Another system's address and the token for it: both or neither. */
function addressWithToken<Url extends keyof Values, Token extends keyof Values>(
  values: Values & Partial<Record<Url | Token, string>>,
  urlKey: Url,
  tokenKey: Token,
  problems: ConfigProblem[],
): { url: string; token: string } | undefined {
  const [url, token]: (string | undefined)[] = [values[urlKey], values[tokenKey]];
  if (url !== undefined && token !== undefined) return { url: url.replace(/\/$/, ""), token };
  if (url === undefined && token === undefined) return undefined;
  problems.push({
    key: url === undefined ? urlKey : tokenKey,
    "zh-CN": `${urlKey} 与 ${tokenKey} 须同时设置`,
    en: `set ${urlKey} and ${tokenKey} together`,
  });
  return undefined;
}
