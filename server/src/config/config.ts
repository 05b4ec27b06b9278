/** The validated configuration; `load-config.ts` makes it, docs/operations/configuration.md explains each key. */
export interface Config {
  /** Folder for the embedded database, generated secrets and file queues. */
  dataDir: string;
  database: { engine: "pglite" } | { engine: "postgresql"; url: string; poolSize: number };
  http: HttpConfig;
  broker: BrokerConfig;
  map: MapSettings;
  sms: SmsConfig;
  /** Who rings phones with dangers; `none`: nobody. */
  voice: VoiceConfig;
  /** Where mail goes out; undefined: none does. */
  mail: MailConfig | undefined;
  /** Web Push; undefined: off. */
  push: PushConfig | undefined;
  /** Where certificates are checked by machine; undefined: people check all of them. */
  registry: RegistryConfig | undefined;
  /** Which program looks at scenes beside staff; undefined: none. */
  sceneChecker: SceneCheckerConfig | undefined;
  frameDetector: FrameDetectorConfig | undefined;
  /** Simulated county, demo inbox and demo accounts; never with a public address unless the demo is meant to be public. */
  demo: boolean;
  logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";
  /** Bearer token for /metrics from elsewhere than loopback; undefined: loopback only. */
  metricsToken: string | undefined;
  signIn: SignInConfig;
  /** Statistics hide counts of people from 1 to one below this. */
  smallestCount: number;
  /** Monthly reports of statistics are forgotten after so many days. */
  reportKeepDays: number;
  /** Origins that webhooks may go to although they are not public https. */
  webhookOrigins: readonly string[];
  /** Deliveries of webhooks that are over are kept for so many days. */
  webhookKeepDays: number;
  secrets: Secrets;
}

export interface HttpConfig {
  host: string;
  /** 0 lets the system choose. */
  port: number;
  /** What people type: decides the cookie's Secure flag, the accepted Origin and the links on labels. */
  publicUrl: string | undefined;
  /** Addresses or networks of reverse proxies whose X-Forwarded-* count. */
  trustedProxies: readonly string[];
  /** The built pages; undefined where another server gives them out. */
  webDir: string | undefined;
  /** Of one address, over the whole API; 0 for no bound. */
  requestsPerMinute: number;
}

/** What the map draws its ground from; without any of these the bundled outline. */
export interface MapSettings {
  /** 天地图: kept on the server, tiles pass through it. */
  tiandituKey: string | undefined;
  /** Where its tiles come from. */
  tiandituUrl: string;
  /** Any other tile server, which browsers ask themselves: https://…/{z}/{x}/{y}.png */
  tiles: { urlTemplate: string } | undefined;
  /** An archive of one's own, checked to be one; wins over the others. */
  pmtilesFile: string | undefined;
  /** Whose map it is, shown with tiles and archives. */
  attribution: string;
  /** 审图号 */
  approvalNumber: string | undefined;
}

export type BrokerConfig =
  | {
      kind: "embedded";
      host: string;
      /** Mutual TLS; 0 lets the system choose. */
      port: number;
      /** Further names in the listener's certificate. */
      names: readonly string[];
      /** What chips are told to connect to; undefined: the listener by its first name that is not loopback. */
      chipUrl?: string | undefined;
    }
  | {
      kind: "external";
      /** mqtts://host:8883 */
      url: string;
      /** PEM; undefined: issued by the platform's own device authority. */
      identity: { certificatePem: string; keyPem: string } | undefined;
      /** PEM of the CA of the broker's certificate; undefined: the device authority's. */
      caCertificatePem: string | undefined;
      /** Stable for this server and unlike any other's. */
      serverName: string;
      /** What chips are told to connect to; undefined: `url`. */
      chipUrl?: string | undefined;
    };

export type SmsConfig = { provider: "none" } | { provider: "demo" } | TencentSmsConfig;

export interface TencentSmsConfig {
  provider: "tencent";
  secretId: string;
  secretKey: string;
  sdkAppId: string;
  signName: string;
  templateId: string;
  /** Of messages; undefined: only codes go by text message. */
  messageTemplateId?: string | undefined;
  region: string;
  endpoint: string;
}

export type VoiceConfig = { provider: "none" } | { provider: "demo" } | TencentVoiceConfig;

export interface TencentVoiceConfig {
  provider: "tencent";
  secretId: string;
  secretKey: string;
  sdkAppId: string;
  templateId: string;
  region: string;
  endpoint: string;
}

export interface MailConfig {
  /** smtp:// or smtps://, with user and password. */
  url: string;
  /** RFC 5322 address, with a name or without. */
  from: string;
}

export interface PushConfig {
  /** `mailto:…` or `https://…` */
  contact: string;
  /** 32 bytes, P-256. */
  key: Uint8Array;
}

export interface RegistryConfig {
  /** Without a trailing slash. */
  url: string;
  token: string;
}

export interface FrameDetectorConfig {
  /** Without a trailing slash. */
  url: string;
  token: string;
}

export interface SceneCheckerConfig {
  /** Names it in policies and records. */
  checkerId: string;
  /** Without a trailing slash. */
  url: string;
  token: string;
}

export interface SignInConfig {
  /** A sign-in ends after so many minutes without a request, and after so many hours in any case. */
  idleMinutes: number;
  absoluteHours: number;
}

export interface Secrets {
  /** First seals, all open. */
  masterKeys: readonly { id: number; bytes: Uint8Array }[];
  /** 32 bytes each. */
  blindIndexKey: Uint8Array;
  machineCodeKey: Uint8Array;
  /** Keys the stored digests of one-time codes and session tokens. */
  signInPepper: Uint8Array;
  /** PKCS#8 PEM, P-256; the first signs, all are trusted. */
  platformKeyPems: readonly string[];
  /** 32 bytes, P-256: what browsers know this platform's pushes by; undefined where push was never set up. */
  pushKey?: Uint8Array | undefined;
}
