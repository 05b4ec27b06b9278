import type { Clock, RandomBytes } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { AlarmNews } from "./alarm-news.ts";
import type { BlobStore } from "./blobs/blob-store.ts";
import type { Broker } from "./broker/broker.ts";
import type { CertificateRegistry } from "./certificate-registry/certificate-registry.ts";
import type { WorkSessionChanges } from "./changes.ts";
import type { Channels } from "./channels/channel.ts";
import type { Config } from "./config/config.ts";
import type { PersonalData } from "./crypto/personal-data.ts";
import type { PlatformKeys } from "./crypto/platform-keys.ts";
import type { Tables } from "./db/tables.ts";
import type { AuditLog } from "./features/audit/audit.ts";
import type { StationMap } from "./features/duty/duty.ts";
import type { WatchedAreas } from "./features/places/places.ts";
import type { FrameDetector } from "./frame-detector/frame-detector.ts";
import type { KeyedTurns } from "./keyed-turns.ts";
import type { Metrics } from "./metrics.ts";
import type { PostWebhook } from "./outbound/post-webhook.ts";
import type { PowerHints } from "./power-hints.ts";
import type { AskedChecker } from "./scene-checker/scene-checker.ts";
import type { SmsSender } from "./sms/sms-sender.ts";

/**
 * Everything the server's operations reach the world by, built by hand in `app.ts`. An operation takes the part it
 * needs: `Pick<AppContext, "db" | "clock">`.
 */
export interface AppContext {
  config: Config;
  db: Kysely<Tables>;
  clock: Clock;
  random: RandomBytes;
  /** A new UUIDv7 from `clock` and `random`. */
  newId: () => string;
  log: Logger;
  /** The platform's signing keys; `keys.signer` signs grants. */
  keys: PlatformKeys;
  /** 32 bytes that key the machine code. */
  machineCodeKey: Uint8Array;
  broker: Broker;
  sms: SmsSender;
  /** The ways out of the app that are configured. */
  channels: Channels;
  /** Photos, sealed before they come here. */
  blobs: BlobStore;
  registry: CertificateRegistry;
  /** Who is asked about scenes beside staff; undefined: nobody. */
  sceneChecker: AskedChecker | undefined;
  /** Who looks for people and dangers in what cameras take; undefined: nobody. */
  frameDetector: FrameDetector | undefined;
  personalData: PersonalData;
  audit: AuditLog;
  metrics: Metrics;
  /** Wakes who shows alarms after some were written. */
  alarmNews: AlarmNews;
  /** Wakes open screens after a work session has changed. */
  changes: WorkSessionChanges;
  /** Wakes them before that, when a chip has closed its relay. */
  powerHints: PowerHints;
  /** By chip: who reads what is known of one and writes what has become of it is alone with it in this process. */
  chipTurns: KeyedTurns;
  /** The key areas, in memory. */
  watchedAreas: WatchedAreas;
  /** The fire stations and their ground, in memory. */
  stationMap: StationMap;
  /** Sends to departments' own systems; reaches nothing inside. */
  postWebhook: PostWebhook;
}
