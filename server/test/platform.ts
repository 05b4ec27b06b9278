import { type Command, type CommandKind, openCommand } from "@hanyouxu/protocol";
import type { UplinkMessage } from "../src/broker/broker.ts";
import type { AppContext } from "../src/context.ts";
import { alarmEvidence } from "../src/features/alarms/alarms.ts";
import { registerAlarms } from "../src/features/alarms/routes.ts";
import { registerAppeals } from "../src/features/appeals/routes.ts";
import { registerAudit } from "../src/features/audit/routes.ts";
import { registerCameras } from "../src/features/cameras/routes.ts";
import { registerCertificateReview } from "../src/features/certificate-review/routes.ts";
import { registerCertificates } from "../src/features/certificates/routes.ts";
import { clearanceGate } from "../src/features/clearances/clearances.ts";
import { registerClearanceExport } from "../src/features/clearances/export-routes.ts";
import { registerClearanceRecord } from "../src/features/clearances/record-routes.ts";
import { registerClearances } from "../src/features/clearances/routes.ts";
import { registerSceneChecks } from "../src/features/clearances/scene-routes.ts";
import { registerStationCalls } from "../src/features/clearances/station-routes.ts";
import { registerCredit } from "../src/features/credit/routes.ts";
import { registerDecisions } from "../src/features/decisions/routes.ts";
import { registerDemoAccounts } from "../src/features/demo-accounts/demo-accounts.ts";
import { registerDepartments } from "../src/features/departments/routes.ts";
import { registerDesk } from "../src/features/desk/routes.ts";
import { registerDuty } from "../src/features/duty/routes.ts";
import { registerEnterprisePeople } from "../src/features/enterprise-people/routes.ts";
import { registerEnterprises } from "../src/features/enterprises/routes.ts";
import { registerEvidence } from "../src/features/evidence/routes.ts";
import { registerExports } from "../src/features/exports/routes.ts";
import { registerFigureSubscriptions } from "../src/features/figure-subscriptions/routes.ts";
import { registerFireWatches } from "../src/features/fire-watches/routes.ts";
import { registerGasInspections } from "../src/features/gas-inspections/routes.ts";
import { findPermitCase, type PermitChange } from "../src/features/hot-work-permits/hot-work-permits.ts";
import { registerHotWorkPermits } from "../src/features/hot-work-permits/routes.ts";
import { registerImports } from "../src/features/imports/routes.ts";
import { registerInstallations } from "../src/features/installations/routes.ts";
import { registerKeyAreaImports } from "../src/features/key-area-imports/routes.ts";
import { registerKeyAreas } from "../src/features/key-areas/routes.ts";
import { registerLabels } from "../src/features/labels/routes.ts";
import { registerLaw } from "../src/features/law/routes.ts";
import { LivePicture } from "../src/features/live/live-picture.ts";
import { registerLive } from "../src/features/live/routes.ts";
import { registerMapPage } from "../src/features/live-map/page-routes.ts";
import { registerLiveMap } from "../src/features/live-map/routes.ts";
import { registerMachineLife } from "../src/features/machine-life/routes.ts";
import { registerMachineModels } from "../src/features/machine-models/routes.ts";
import { registerMachines } from "../src/features/machines/routes.ts";
import { registerMovement } from "../src/features/movement/routes.ts";
import { registerNotifications } from "../src/features/notifications/routes.ts";
import { registerOgcFeatures } from "../src/features/ogc-features/routes.ts";
import { registerPersonalData } from "../src/features/personal-data/routes.ts";
import { registerPlaces } from "../src/features/places/routes.ts";
import { rectificationEvidence } from "../src/features/rectification/rectification.ts";
import { registerRectification } from "../src/features/rectification/routes.ts";
import { registerRegionOrders } from "../src/features/region-orders/routes.ts";
import { registerRegionPolicies } from "../src/features/region-policies/routes.ts";
import { registerRegions } from "../src/features/regions/routes.ts";
import { registerRetrofit } from "../src/features/retrofit/routes.ts";
import { registerSharedData } from "../src/features/shared-data/routes.ts";
import { registerSharing } from "../src/features/sharing/routes.ts";
import { registerWorkConflicts } from "../src/features/simultaneous-work/conflict-routes.ts";
import { registerOtherWorks } from "../src/features/simultaneous-work/other-work-routes.ts";
import { registerSiteOwners } from "../src/features/site-owners/routes.ts";
import { registerSiteSigns } from "../src/features/site-signs/routes.ts";
import { registerStaffAccounts } from "../src/features/staff-accounts/routes.ts";
import { registerStatistics } from "../src/features/statistics/routes.ts";
import { registerStatisticsReports } from "../src/features/statistics-reports/routes.ts";
import { registerMessageFeed } from "../src/features/telling/feed-routes.ts";
import { MessageFeed } from "../src/features/telling/message-feed.ts";
import { registerTelling } from "../src/features/telling/routes.ts";
import { registerTrends } from "../src/features/trends/routes.ts";
import { registerWall } from "../src/features/wall/routes.ts";
import { registerWebhooks } from "../src/features/webhooks/routes.ts";
import { registerWelders } from "../src/features/welders/routes.ts";
import { registerWhatIf } from "../src/features/what-if/routes.ts";
import { registerWorkSessions } from "../src/features/work-sessions/routes.ts";
import { workEvidence } from "../src/features/work-sessions/work-evidence.ts";
import { Ingest } from "../src/ingest/ingest.ts";
import { type TestApp, type TestAppOptions, withApp } from "./app.ts";
import type { ChipVoice } from "./chip-voice.ts";
import type { Engine } from "./database.ts";

/** The test's server with every feature of the chain and its ingest, on virtual time. */
export interface TestPlatform extends TestApp {
  ingest: Ingest;
  picture: LivePicture;
  /** Not started: a test lets it look. */
  messageFeed: MessageFeed;
  /** What was told about permits, oldest first. */
  permitChanges: PermitChange[];
  /** Hands messages over as the broker does; resolves when all are durable and their chips answered. */
  say(...messages: UplinkMessage[]): Promise<void>;
  /** The chip connects and reports its readings. */
  bringOnline(chip: ChipVoice): Promise<void>;
  /** What the platform has sent to a chip, verified and decoded, oldest first. */
  commandsTo(chip: ChipVoice): Command[];
  lastCommandTo<Kind extends CommandKind>(chip: ChipVoice, kind: Kind): Command & { kind: Kind };
}

export async function withPlatform(engine: Engine, options: TestAppOptions = {}): Promise<TestPlatform> {
  let picture!: LivePicture;
  let messageFeed!: MessageFeed;
  const permitChanges: PermitChange[] = [];
  const app = await withApp(engine, {
    ...options,
    register(http, ctx) {
      registerWelders(http, ctx);
      registerCertificates(http, ctx);
      registerCertificateReview(http, ctx);
      registerNotifications(http, ctx);
      registerTelling(http, ctx);
      messageFeed = new MessageFeed(ctx);
      registerMessageFeed(http, ctx, messageFeed);
      registerDuty(http, ctx);
      registerMachines(http, ctx);
      registerGasInspections(http, ctx);
      registerMachineModels(http, ctx);
      registerMachineLife(http, ctx);
      registerWorkSessions(http, ctx, { gate: clearanceGate(ctx) });
      registerClearances(http, ctx);
      registerOtherWorks(http, ctx);
      registerWorkConflicts(http, ctx);
      registerClearanceRecord(http, ctx);
      registerClearanceExport(http, ctx);
      registerSceneChecks(http, ctx);
      registerStationCalls(http, ctx);
      registerDecisions(http, ctx);
      registerLabels(http, ctx);
      registerRetrofit(http, ctx);
      registerInstallations(http, ctx);
      registerEnterprises(http, ctx);
      registerEnterprisePeople(http, ctx);
      registerSiteOwners(http, ctx);
      registerImports(http, ctx);
      picture = new LivePicture(ctx);
      registerExports(http, ctx, picture.columns);
      registerMovement(http, ctx);
      registerPlaces(http, ctx);
      registerFireWatches(http, ctx);
      registerHotWorkPermits(http, ctx, {
        onChange: async (_tx, change) => void permitChanges.push(change),
      });
      registerKeyAreas(http, ctx);
      registerSiteSigns(http, ctx);
      registerKeyAreaImports(http, ctx);
      registerOgcFeatures(http, ctx);
      registerLaw(http, ctx, [findPermitCase]);
      registerEvidence(http, ctx, {
        work: workEvidence(ctx),
        alarm: alarmEvidence(ctx),
        rectification: rectificationEvidence(ctx),
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
      registerDemoAccounts(http, ctx);
      registerRegions(http, ctx);
      registerRegionOrders(http, ctx);
      registerDepartments(http, ctx);
      registerStaffAccounts(http, ctx);
      registerPersonalData(http, ctx);
      registerAudit(http, ctx);
      registerSharing(http, ctx);
      registerSharedData(http, ctx);
      registerWebhooks(http, ctx);
      registerLive(http, ctx, picture);
      registerLiveMap(http, ctx, picture.columns);
      registerMapPage(http, ctx, picture.columns);
      registerWall(http, ctx);
    },
  });
  const ingest = new Ingest(app.ctx);
  await app.broker.start(ingest.take);
  const commandsTo = (chip: ChipVoice) =>
    app.broker.published
      .filter(({ chipId }) => chipId === chip.chipId)
      .map(({ payload }) => mustOpen(app.ctx, payload));
  const say = async (...messages: UplinkMessage[]) => {
    const taken = messages.map((message) => app.broker.receive(message));
    await ingest.drain();
    await Promise.all(taken);
  };
  return {
    ...app,
    ingest,
    picture,
    messageFeed,
    permitChanges,
    say,
    async bringOnline(chip) {
      await say(chip.hello());
      await say(chip.telemetry());
    },
    commandsTo,
    lastCommandTo(chip, kind) {
      const found = commandsTo(chip).findLast((command) => command.kind === kind);
      if (!found) throw new Error(`no ${kind} was sent to ${chip.chipId}`);
      return found as Command & { kind: typeof kind };
    },
    async close() {
      picture.stop();
      await ingest.drain();
      await app.close();
    },
  };
}

function mustOpen(ctx: Pick<AppContext, "keys">, bytes: Uint8Array): Command {
  const opened = openCommand(bytes, ctx.keys.verifier);
  if (!opened.ok) throw new Error(`the platform sent what does not verify: ${opened.reason.code}`);
  return opened.value;
}
