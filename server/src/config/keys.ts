import { isIP } from "node:net";
import { bilingual } from "@hanyouxu/api";
import { z } from "zod";
import { channelKeys } from "./channel-keys.ts";
import { isPublicOrigin, key, publicUrlError } from "./key-kinds.ts";

const text = (zh: string, en: string) =>
  z
    .string()
    .trim()
    .min(1, { error: bilingual(zh, en) });

const port = z.coerce
  .number({ error: bilingual("应为 0 至 65535 的端口号", "write a port number from 0 to 65535") })
  .int({ error: bilingual("应为整数端口号", "write a whole port number") })
  .min(0, { error: bilingual("端口号最小为 0（由系统选择）", "the smallest port is 0 (the system chooses)") })
  .max(65535, { error: bilingual("端口号最大为 65535", "the largest port is 65535") });

const flag = z
  .enum(["0", "1"], { error: bilingual("请填 0 或 1", "write 0 or 1") })
  .transform((v) => v === "1");

const whole = (min: number, max: number) => {
  const error = bilingual(`应为 ${min} 至 ${max} 的整数`, `write a whole number from ${min} to ${max}`);
  return z.coerce.number({ error }).int({ error }).min(min, { error }).max(max, { error });
};

const databaseError = bilingual(
  "应为 pglite（内置）或 postgres://用户:密码@主机:5432/库名",
  "write pglite (embedded) or postgres://user:password@host:5432/database",
);
const brokerError = bilingual(
  "应为 embedded（内置）或 mqtts://主机:8883",
  "write embedded, or mqtts://host:8883",
);
const networkError = bilingual(
  "应为逗号分隔的 IP 地址或网段，如 10.0.0.0/8",
  "write IP addresses or networks with commas, such as 10.0.0.0/8",
);

/** Every key of the server, with its default. Values are text from the environment or from HY_CONFIG_FILE. */
export const keys = z.object({
  HY_CONFIG_FILE: key(z.string().optional(), "A file of KEY=value lines; the environment wins over it."),
  HY_DATA_DIR: key(
    text("请填目录", "write a folder").default("data"),
    "Folder for the embedded database and for generated secrets.",
  ),
  HY_DATABASE: key(
    z
      .string()
      .refine((value) => value === "pglite" || /^postgres(ql)?:\/\/[^/]+\/.+/.test(value), {
        error: databaseError,
      })
      .default("pglite"),
    "`pglite`: embedded PostgreSQL in HY_DATA_DIR. `postgres://…`: PostgreSQL 15 or later.",
  ),
  HY_DATABASE_POOL: key(whole(1, 500).default(20), "Connections to PostgreSQL."),
  HY_HTTP_HOST: key(
    text("请填监听地址", "write an address to listen on").default("127.0.0.1"),
    "Where HTTP listens.",
  ),
  HY_HTTP_PORT: key(port.default(8080), "0 lets the system choose."),
  HY_PUBLIC_URL: key(
    z.string().refine(isPublicOrigin, { error: publicUrlError }).optional(),
    "What people type. Decides the cookie's Secure flag, the Origin that may change things, and the links on labels.",
  ),
  HY_TRUSTED_PROXIES: key(
    z
      .string()
      .transform((list) => list.split(",").map((item) => item.trim()))
      .refine((list) => list.every((item) => isIP(item.split("/")[0] ?? "") !== 0), { error: networkError })
      .default([]),
    "Reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.",
  ),
  HY_WEB_DIR: key(
    z.string().optional(),
    "Folder of the built pages; default: web/dist of this installation.",
  ),
  HY_REQUESTS_PER_MINUTE: key(
    whole(0, 10_000_000).default(6_000),
    "Requests to the API that one address may make; 0 for no bound.",
  ),
  HY_TIANDITU_KEY: key(
    z.string().optional(),
    "Key of 天地图 (server kind); its tiles pass through this server. Secret.",
  ),
  HY_TIANDITU_URL: key(
    z.string().refine(isPublicOrigin, { error: publicUrlError }).default("https://t0.tianditu.gov.cn"),
    "Where the tiles of 天地图 come from; one of its hosts or a provincial mirror.",
  ),
  HY_MAP_TILES: key(
    z
      .string()
      .refine(
        (value) =>
          value.startsWith("https://") && ["{z}", "{x}", "{y}"].every((part) => value.includes(part)),
        {
          error: bilingual(
            "应为 https:// 开头且含 {z}、{x}、{y} 的瓦片地址",
            "write a tile address that starts with https:// and holds {z}, {x} and {y}",
          ),
        },
      )
      .optional(),
    "Another tile server, asked by the browsers themselves. Without it and without 天地图: the bundled outline.",
  ),
  HY_MAP_PMTILES: key(
    z.string().optional(),
    "A PMTiles archive of one's own, raster or vector, given out by this server; wins over the other grounds.",
  ),
  HY_MAP_ATTRIBUTION: key(
    z.string().default(""),
    "Shown with HY_MAP_TILES or HY_MAP_PMTILES, as the licence asks.",
  ),
  HY_MAP_APPROVAL_NUMBER: key(z.string().optional(), "审图号 of the map that is shown."),
  HY_BROKER: key(
    z
      .string()
      .refine((value) => value === "embedded" || /^mqtts?:\/\/[^/]+$/.test(value), { error: brokerError })
      .default("embedded"),
    "`embedded`: the server is the MQTT broker. `mqtts://…`: an MQTT 5 broker with shared subscriptions.",
  ),
  HY_MQTT_HOST: key(
    text("请填监听地址", "write an address to listen on").default("127.0.0.1"),
    "Embedded broker: where chips connect.",
  ),
  HY_MQTT_PORT: key(port.default(8883), "Embedded broker: port of mutual TLS; 0 lets the system choose."),
  HY_MQTT_NAMES: key(
    z
      .string()
      .transform((list) => list.split(",").map((name) => name.trim()))
      .refine((list) => list.every((name) => /^[A-Za-z0-9.:-]+$/.test(name)), {
        error: bilingual("应为逗号分隔的主机名或地址", "write host names or addresses with commas"),
      })
      .default([]),
    "Embedded broker: names and addresses that chips use besides HY_MQTT_HOST; its certificate carries them.",
  ),
  HY_MQTT_CHIP_URL: key(
    z
      .string()
      .regex(/^mqtts:\/\/[^/]+$/, { error: bilingual("应为 mqtts://主机:端口", "write mqtts://host:port") })
      .optional(),
    "What chips are told to connect to at enrolment; default: the embedded broker's listener, or HY_BROKER.",
  ),
  HY_BROKER_CERT_FILE: key(
    z.string().optional(),
    "External broker: this server's client certificate (PEM); default: one of the platform's own device authority.",
  ),
  HY_BROKER_KEY_FILE: key(
    z.string().optional(),
    "External broker: the private key of that certificate (PEM).",
  ),
  HY_BROKER_CA_FILE: key(
    z.string().optional(),
    "External broker: the CA of the broker's certificate (PEM); default: the platform's own device authority.",
  ),
  HY_SERVER_NAME: key(
    z
      .string()
      .regex(/^[A-Za-z0-9-]{1,40}$/, {
        error: bilingual("应为 1 至 40 个字母、数字或连字符", "write 1 to 40 letters, digits or hyphens"),
      })
      .optional(),
    "External broker: unlike any other server's and the same after a restart; default: the host's name.",
  ),
  ...channelKeys,
  HY_REGISTRY_URL: key(
    z.string().refine(isPublicOrigin, { error: publicUrlError }).optional(),
    "A certificate registry that speaks docs/guides/certificate-registry.md; without it people check every certificate.",
  ),
  HY_REGISTRY_TOKEN: key(
    z
      .string()
      .min(16, { error: bilingual("至少 16 个字符", "at least 16 characters") })
      .optional(),
    "Bearer token for that registry. Secret.",
  ),
  HY_FRAME_DETECTOR_URL: key(
    z.string().refine(isPublicOrigin, { error: publicUrlError }).optional(),
    "A program that looks for people and dangers in pictures of chips' cameras and speaks docs/guides/cameras.md; without it they are not checked. Gets the pictures.",
  ),
  HY_FRAME_DETECTOR_TOKEN: key(
    z
      .string()
      .min(16, { error: bilingual("至少 16 个字符", "at least 16 characters") })
      .optional(),
    "Bearer token for that program. Secret.",
  ),
  HY_SCENE_CHECKER_URL: key(
    z.string().refine(isPublicOrigin, { error: publicUrlError }).optional(),
    "A program that looks at scenes and speaks docs/guides/scene-checker.md; without it staff alone judge them. Gets the pictures.",
  ),
  HY_SCENE_CHECKER_TOKEN: key(
    z
      .string()
      .min(16, { error: bilingual("至少 16 个字符", "at least 16 characters") })
      .optional(),
    "Bearer token for that program. Secret.",
  ),
  HY_SCENE_CHECKER_ID: key(
    z
      .string()
      .regex(/^(?!staff$)[a-z0-9][a-z0-9-]{0,18}$/, {
        error: bilingual(
          "应为 1 至 19 个小写字母、数字或连字符，且不为 staff",
          "write 1 to 19 lower-case letters, digits or hyphens, not staff",
        ),
      })
      .default("scene-checker"),
    "What that program is called in policies and records.",
  ),
  HY_DEMO: key(flag.default(false), "1: demo inbox and demonstration data. Only on a loopback address."),
  HY_DEMO_PUBLIC: key(
    flag.default(false),
    "1: allow HY_DEMO on another address, with the embedded database and broker. Anyone can then sign in as anyone.",
  ),
  HY_LOG_LEVEL: key(
    z
      .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
        error: bilingual(
          "请填 fatal、error、warn、info、debug、trace 或 silent",
          "write fatal, error, warn, info, debug, trace or silent",
        ),
      })
      .default("info"),
    "Structured logs (JSON lines) go to standard output.",
  ),
  HY_METRICS_TOKEN: key(
    z
      .string()
      .min(24, { error: bilingual("至少 24 个字符", "at least 24 characters") })
      .optional(),
    "Bearer token for /metrics; without it only loopback may read it. Secret.",
  ),
  HY_SIGN_IN_IDLE_MINUTES: key(
    whole(5, 43_200).default(720),
    "A sign-in ends after so many minutes without a request.",
  ),
  HY_SIGN_IN_HOURS: key(whole(1, 8_760).default(168), "A sign-in ends after so many hours in any case."),
  HY_SMALLEST_COUNT: key(
    whole(2, 100).default(5),
    "Statistics hide counts of people below this (and above 0), with others that would give them away.",
  ),
  HY_REPORT_KEEP_DAYS: key(
    whole(31, 36_500).default(1_095),
    "Monthly reports of statistics are forgotten after so many days.",
  ),
  HY_WEBHOOK_ORIGINS: key(
    z
      .string()
      .transform((list) => list.split(",").map((origin) => origin.trim().replace(/\/$/, "")))
      .refine((list) => list.every((origin) => URL.parse(origin)?.origin === origin), {
        error: bilingual(
          "应为逗号分隔的网址（不带路径），如 https://10.1.2.3:8443",
          "write addresses without a path, with commas, such as https://10.1.2.3:8443",
        ),
      })
      .default([]),
    "Where webhooks may go although it is not public https: systems inside one's own network.",
  ),
  HY_WEBHOOK_KEEP_DAYS: key(
    whole(1, 3_650).default(90),
    "Deliveries of webhooks that were answered or given up are forgotten after so many days.",
  ),
  HY_SECRETS_DIR: key(
    z.string().optional(),
    "Folder of the secrets' files (master-key, blind-index-key, machine-code-key, sign-in-pepper, platform-key-1.pem, platform-key-2.pem, push-key). Default: HY_DATA_DIR/secrets.",
  ),
  HY_MASTER_KEY: key(
    z.string().optional(),
    "Encrypts personal data: `id:base64` of 32 bytes, several with commas, the first seals. Secret.",
  ),
  HY_BLIND_INDEX_KEY: key(z.string().optional(), "Base64 of 32 bytes; never change it. Secret."),
  HY_MACHINE_CODE_KEY: key(
    z.string().optional(),
    "Base64 of 32 bytes; printed labels depend on it, never change it. Secret.",
  ),
  HY_SIGN_IN_PEPPER: key(
    z.string().optional(),
    "Base64 of 32 bytes; changing it voids pending codes. Secret.",
  ),
  HY_PLATFORM_KEY_1: key(z.string().optional(), "PKCS#8 PEM, P-256: signs what chips obey. Secret."),
  HY_PLATFORM_KEY_2: key(z.string().optional(), "PKCS#8 PEM, P-256: trusted too, for rotation. Secret."),
});

export type Values = z.output<typeof keys>;
export type KeyName = keyof Values;

/** These may come from a file instead: the key with `_FILE` names it. */
export const secretKeys = [
  "HY_DATABASE",
  "HY_SMS_TENCENT_SECRET_KEY",
  "HY_VOICE_TENCENT_SECRET_KEY",
  "HY_MAIL_URL",
  "HY_PUSH_KEY",
  "HY_METRICS_TOKEN",
  "HY_REGISTRY_TOKEN",
  "HY_SCENE_CHECKER_TOKEN",
  "HY_FRAME_DETECTOR_TOKEN",
  "HY_TIANDITU_KEY",
  "HY_MASTER_KEY",
  "HY_BLIND_INDEX_KEY",
  "HY_MACHINE_CODE_KEY",
  "HY_SIGN_IN_PEPPER",
  "HY_PLATFORM_KEY_1",
  "HY_PLATFORM_KEY_2",
] as const satisfies readonly KeyName[];
