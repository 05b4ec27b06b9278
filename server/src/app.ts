import { join } from "node:path";
import type { Clock, RandomBytes } from "@hanyouxu/protocol";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { AlarmNews } from "./alarm-news.ts";
import { folderBlobs } from "./blobs/folder-blobs.ts";
import type { Broker } from "./broker/broker.ts";
import type { EmbeddedBroker } from "./broker/embedded-broker.ts";
import { brokerOfConfig } from "./broker-of-config.ts";
import { registryOfConfig } from "./certificate-registry/registry-of-config.ts";
import { WorkSessionChanges } from "./changes.ts";
import { channelsOfConfig } from "./channels/channels-of-config.ts";
import { systemClock } from "./clock.ts";
import type { Config } from "./config/config.ts";
import type { AppContext } from "./context.ts";
import { personalData } from "./crypto/personal-data.ts";
import { platformKeys } from "./crypto/platform-keys.ts";
import { systemRandom, uuidV7 } from "./crypto/random.ts";
import { type Database, openDatabase } from "./db/database.ts";
import { migrate } from "./db/migrate.ts";
import { type DeviceAuthority, openDeviceAuthority } from "./device-ca/device-authority.ts";
import { alarmEvidence } from "./features/alarms/alarms.ts";
import { registerAlarms } from "./features/alarms/routes.ts";
import { registerAppeals } from "./features/appeals/routes.ts";
import { auditLog } from "./features/audit/audit.ts";
import { registerAudit } from "./features/audit/routes.ts";
import { registerCameras } from "./features/cameras/routes.ts";
import { registerCertificateReview } from "./features/certificate-review/routes.ts";
import { registerCertificates } from "./features/certificates/routes.ts";
import { RevokedChips } from "./features/chip-enrolment/chip-enrolment.ts";
import { registerChipEnrolment } from "./features/chip-enrolment/routes.ts";
import { clearanceEvidence, clearanceGate, permitListener } from "./features/clearances/clearances.ts";
import { registerClearanceExport } from "./features/clearances/export-routes.ts";
import { registerClearanceRecord } from "./features/clearances/record-routes.ts";
import { registerClearances } from "./features/clearances/routes.ts";
import { registerSceneChecks } from "./features/clearances/scene-routes.ts";
import { registerStationCalls } from "./features/clearances/station-routes.ts";
import { registerCredit } from "./features/credit/routes.ts";
import { registerDecisions } from "./features/decisions/routes.ts";
import { registerDemoAccounts } from "./features/demo-accounts/demo-accounts.ts";
import { demoChannel, demoInboxSender, registerDemoInbox } from "./features/demo-inbox/demo-inbox.ts";
import { registerDepartments } from "./features/departments/routes.ts";
import { registerDesk } from "./features/desk/routes.ts";
import { StationMap } from "./features/duty/duty.ts";
import { registerDuty } from "./features/duty/routes.ts";
import { registerEnterprisePeople } from "./features/enterprise-people/routes.ts";
import { registerEnterprises } from "./features/enterprises/routes.ts";
import { registerEvidence } from "./features/evidence/routes.ts";
import { registerExports } from "./features/exports/routes.ts";
import { registerFigureSubscriptions } from "./features/figure-subscriptions/routes.ts";
import { registerFireWatches } from "./features/fire-watches/routes.ts";
import { registerGasInspections } from "./features/gas-inspections/routes.ts";
import { findPermitCase } from "./features/hot-work-permits/hot-work-permits.ts";
import { registerHotWorkPermits } from "./features/hot-work-permits/routes.ts";
import { registerImports } from "./features/imports/routes.ts";
import { registerInstallations } from "./features/installations/routes.ts";
import { registerKeyAreaImports } from "./features/key-area-imports/routes.ts";
import { registerKeyAreas } from "./features/key-areas/routes.ts";
import { registerLabels } from "./features/labels/routes.ts";
import { registerLaw } from "./features/law/routes.ts";
import { AlarmFeed } from "./features/live/alarm-feed.ts";
import { LivePicture } from "./features/live/live-picture.ts";
import { registerLive } from "./features/live/routes.ts";
import { registerMapPage } from "./features/live-map/page-routes.ts";
import { registerLiveMap } from "./features/live-map/routes.ts";
import { registerMachineLife } from "./features/machine-life/routes.ts";
import { seedCatalogue } from "./features/machine-models/machine-models.ts";
import { registerMachineModels } from "./features/machine-models/routes.ts";
import { registerMachines } from "./features/machines/routes.ts";
import { registerMapTiles, registerPmtilesFile } from "./features/map-tiles/map-tiles.ts";
import { registerMovement } from "./features/movement/routes.ts";
import { registerNotifications } from "./features/notifications/routes.ts";
import { registerOgcFeatures } from "./features/ogc-features/routes.ts";
import { registerPersonalData } from "./features/personal-data/routes.ts";
import { followKeyAreas, WatchedAreas } from "./features/places/places.ts";
import { registerPlaces } from "./features/places/routes.ts";
import { rectificationEvidence } from "./features/rectification/rectification.ts";
import { registerRectification } from "./features/rectification/routes.ts";
import { registerRegionOrders } from "./features/region-orders/routes.ts";
import { registerRegionPolicies } from "./features/region-policies/routes.ts";
import { registerRegions } from "./features/regions/routes.ts";
import { registerRetrofit } from "./features/retrofit/routes.ts";
import { registerSharedData } from "./features/shared-data/routes.ts";
import { registerSharing } from "./features/sharing/routes.ts";
import { recognisePersons, registerSignIn } from "./features/sign-in/routes.ts";
import { codeValidMinutes } from "./features/sign-in/sign-in.ts";
import { registerWorkConflicts } from "./features/simultaneous-work/conflict-routes.ts";
import { registerOtherWorks } from "./features/simultaneous-work/other-work-routes.ts";
import { registerSiteOwners } from "./features/site-owners/routes.ts";
import { registerSiteSigns } from "./features/site-signs/routes.ts";
import { registerStaffAccounts } from "./features/staff-accounts/routes.ts";
import { registerStatistics } from "./features/statistics/routes.ts";
import { registerStatisticsReports } from "./features/statistics-reports/routes.ts";
import { registerMessageFeed } from "./features/telling/feed-routes.ts";
import { MessageFeed } from "./features/telling/message-feed.ts";
import { registerTelling } from "./features/telling/routes.ts";
import { registerTrends } from "./features/trends/routes.ts";
import { registerWall } from "./features/wall/routes.ts";
import { registerWebhooks } from "./features/webhooks/routes.ts";
import { registerWelders } from "./features/welders/routes.ts";
import { registerWhatIf } from "./features/what-if/routes.ts";
import { registerWorkSessions } from "./features/work-sessions/routes.ts";
import { workEvidence } from "./features/work-sessions/work-evidence.ts";
import { detectorOfConfig } from "./frame-detector/detector-of-config.ts";
import { createHttpServer } from "./http/http-server.ts";
import { Ingest } from "./ingest/ingest.ts";
import { KeyedTurns } from "./keyed-turns.ts";
import { createLogger } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import { webhookPoster } from "./outbound/post-webhook.ts";
import { PowerHints } from "./power-hints.ts";
import { checkerOfConfig } from "./scene-checker/checker-of-config.ts";
import { smsOfConfig } from "./sms/sms-of-config.ts";
import { startSweeps } from "./sweeps.ts";

export interface AppOptions {
  /** Default: the machine's own. Certificates and the folder lock always go by real time. */
  clock?: Clock;
  random?: RandomBytes;
  log?: Logger;
  /** Instead of the configured one: the testbed's, without a network. */
  broker?: Broker;
  /** Instead of the configured one, and closed with the server. */
  database?: Database;
  /** Runs once the database is ready and before anything is served: imports, demonstration data. */
  prepare?: (ctx: AppContext) => Promise<unknown>;
  /** The embedded database has died: the process should end and be started again. */
  onLost?: (error: Error) => void;
}

export interface App {
  ctx: AppContext;
  http: FastifyInstance;
  /** `http://127.0.0.1:8080` */
  url: string;
  authority: DeviceAuthority;
  /** The broker inside this process, in embedded mode. */
  embeddedBroker: EmbeddedBroker | undefined;
  /** What open maps are told; for measuring. */
  picture: LivePicture;
  /** Takes nothing new, finishes what it has, closes everything. */
  close(): Promise<void>;
}

/** Builds the whole server from its configuration and starts it. The only file that knows every feature. */
export async function startApp(config: Config, options: AppOptions = {}): Promise<App> {
  const { clock = systemClock, random = systemRandom } = options;
  const log = options.log ?? createLogger(config.logLevel);
  const database =
    options.database ?? (await openDatabase(config, log, options.onLost ? { onLost: options.onLost } : {}));
  // One that fails to close keeps no other from it.
  const closers = new AsyncDisposableStack();
  closers.defer(() => database.close());
  const close = () => closers.disposeAsync();
  try {
    const applied = await migrate(database.db);
    if (applied.length > 0) log.info({ applied }, "migrations applied");

    const newId = uuidV7(clock, random);
    const { db } = database;
    const metrics = createMetrics();
    const authority = await openDeviceAuthority(join(config.dataDir, "device-ca"), systemClock);
    const revoked = new RevokedChips();
    await revoked.load({ db });
    const opened = options.broker
      ? { broker: options.broker, embedded: undefined, chipUrl: () => "mqtts://localhost" }
      : await brokerOfConfig({ config, clock, random, metrics }, authority, (id) => !revoked.has(id));
    const keys = platformKeys(config.secrets.platformKeyPems);
    const changes = new WorkSessionChanges();
    const inbox = { db, clock, newId };
    const postWebhook = webhookPoster(config.webhookOrigins);
    const sms = smsOfConfig(config.sms, {
      clock,
      validMinutes: codeValidMinutes,
      demo: demoInboxSender(inbox),
    });
    const ctx: AppContext = {
      config,
      db,
      clock,
      random,
      newId,
      log,
      metrics,
      keys,
      machineCodeKey: config.secrets.machineCodeKey,
      broker: opened.broker,
      sms,
      channels: channelsOfConfig(config, {
        clock,
        sms,
        post: postWebhook,
        demo: config.demo ? (channel) => demoChannel(inbox, channel) : undefined,
      }),
      personalData: personalData(config.secrets.masterKeys, config.secrets.blindIndexKey, random),
      audit: auditLog({ clock, newId }),
      alarmNews: new AlarmNews(),
      changes,
      powerHints: new PowerHints(changes),
      chipTurns: new KeyedTurns(),
      watchedAreas: new WatchedAreas(),
      stationMap: new StationMap(),
      blobs: folderBlobs(join(config.dataDir, "blobs")),
      registry: registryOfConfig(config.registry, { clock, random }),
      sceneChecker: checkerOfConfig(config.sceneChecker, { clock, random, keys }),
      frameDetector: detectorOfConfig(config.frameDetector, { clock, random }),
      postWebhook,
    };

    await seedCatalogue(ctx);
    await options.prepare?.(ctx);
    await followKeyAreas(ctx);
    const ingest = new Ingest(ctx);
    await ctx.broker.start(ingest.take);
    closers.defer(() => ingest.drain());
    closers.defer(() => ctx.broker.stop());

    const http = await createHttpServer(ctx);
    closers.defer(() => http.close());
    recognisePersons(http, ctx);
    registerSignIn(http, ctx);
    registerDemoInbox(http, ctx);
    registerDemoAccounts(http, ctx);
    registerWelders(http, ctx);
    registerCertificates(http, ctx);
    registerCertificateReview(http, ctx);
    registerNotifications(http, ctx);
    registerTelling(http, ctx);
    const messageFeed = new MessageFeed(ctx);
    registerMessageFeed(http, ctx, messageFeed);
    registerDuty(http, ctx);
    registerMachines(http, ctx);
    registerGasInspections(http, ctx);
    registerMachineModels(http, ctx);
    registerMachineLife(http, ctx);
    registerWorkSessions(http, ctx, { gate: clearanceGate(ctx) });
    registerLabels(http, ctx);
    registerRetrofit(http, ctx);
    registerInstallations(http, ctx);
    registerDecisions(http, ctx);
    registerRegions(http, ctx);
    registerRegionOrders(http, ctx);
    registerDepartments(http, ctx);
    registerStaffAccounts(http, ctx);
    registerEnterprises(http, ctx);
    registerEnterprisePeople(http, ctx);
    registerSiteOwners(http, ctx);
    registerImports(http, ctx);
    const picture = new LivePicture(ctx);
    registerExports(http, ctx, picture.columns);
    registerMovement(http, ctx);
    registerPlaces(http, ctx);
    registerKeyAreas(http, ctx);
    registerFireWatches(http, ctx);
    registerHotWorkPermits(http, ctx, { onChange: permitListener(ctx) });
    registerClearances(http, ctx);
    registerOtherWorks(http, ctx);
    registerWorkConflicts(http, ctx);
    registerClearanceRecord(http, ctx);
    registerClearanceExport(http, ctx);
    registerSceneChecks(http, ctx);
    registerStationCalls(http, ctx);
    registerSiteSigns(http, ctx);
    registerKeyAreaImports(http, ctx);
    registerOgcFeatures(http, ctx);
    registerLaw(http, ctx, [findPermitCase]);
    registerEvidence(http, ctx, {
      work: workEvidence(ctx),
      alarm: alarmEvidence(ctx),
      rectification: rectificationEvidence(ctx),
      ...clearanceEvidence(ctx),
    });
    registerAlarms(http, ctx);
    registerCameras(http, ctx);
    registerRectification(http, ctx);
    registerCredit(http, ctx);
    registerTrends(http, ctx);
    registerAppeals(http, ctx);
    registerStatistics(http, ctx);
    registerStatisticsReports(http, ctx);
    registerFigureSubscriptions(http, ctx);
    registerDesk(http, ctx);
    registerRegionPolicies(http, ctx);
    registerWhatIf(http, ctx);
    registerPersonalData(http, ctx);
    registerAudit(http, ctx);
    registerSharing(http, ctx);
    registerSharedData(http, ctx);
    registerWebhooks(http, ctx);
    registerPmtilesFile(http, ctx);
    registerMapTiles(http, ctx);
    registerChipEnrolment(http, ctx, {
      authority,
      chipBrokerUrl: opened.chipUrl,
      onRevoked(chipId) {
        revoked.add(chipId);
        opened.embedded?.disconnect(chipId);
      },
    });
    registerLive(http, ctx, picture);
    registerLiveMap(http, ctx, picture.columns);
    registerMapPage(http, ctx, picture.columns);
    registerWall(http, ctx);
    await picture.start();
    closers.defer(async () => picture.stop());
    const alarmFeed = new AlarmFeed(ctx, picture);
    alarmFeed.start();
    closers.defer(async () => alarmFeed.stop());
    messageFeed.start();
    closers.defer(async () => messageFeed.stop());
    const sweeps = startSweeps(ctx);
    closers.defer(() => sweeps.stop());
    const url = await http.listen({ host: config.http.host, port: config.http.port });
    return { ctx, http, url, authority, embeddedBroker: opened.embedded, picture, close };
  } catch (error) {
    await close().catch((err: unknown) => log.error({ err }, "closing failed"));
    throw error;
  }
}
