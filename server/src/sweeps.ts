import type { Timer } from "@hanyouxu/protocol";
import type { AppContext } from "./context.ts";
import { inBackground } from "./db/background.ts";
import { tidyEmbedded } from "./db/tidy-embedded.ts";
import {
  alarmOfRisingGas,
  callNextInLine,
  clearCooledMachines,
  clearQuietAlarms,
  escalateAlarms,
  followChipsAway,
  followDangerousWork,
  followEndingCertificates,
  followForgedCodes,
  followOtherWork,
  followRefusedStarts,
  followSilentChips,
  followTwoPlaces,
  followUncertifiedWork,
  promoteRecords,
} from "./features/alarms/alarms.ts";
import { passAppealTime } from "./features/appeals/appeals.ts";
import {
  askFrameDetector,
  endWatches,
  forgetPassingPictures,
  forgetPictures,
  makeDueClips,
} from "./features/cameras/cameras.ts";
import {
  endUncertifiedWork,
  remindOfDeadlines,
} from "./features/certificate-deadlines/certificate-deadlines.ts";
import { askRegistryAgain } from "./features/certificates/certificates.ts";
import { followConfigurations } from "./features/chip-configurations/chip-configurations.ts";
import { askSceneProgram, followClearedWork, passClearanceTime } from "./features/clearances/clearances.ts";
import { followCredit } from "./features/credit/credit.ts";
import { checkDueEvidence, forgetEvidence } from "./features/evidence/evidence.ts";
import { followFigures } from "./features/figure-subscriptions/figure-subscriptions.ts";
import { tellInspections } from "./features/gas-inspections/gas-inspections.ts";
import { followGasTrends } from "./features/gas-trends/gas-trends.ts";
import { expirePermits } from "./features/hot-work-permits/hot-work-permits.ts";
import { forgetImportFiles, runDueImports } from "./features/imports/imports.ts";
import { failOverdueRelayTests } from "./features/installations/installations.ts";
import { forgetUnusedPictures } from "./features/machine-models/machine-models.ts";
import { remindForgetfulChips } from "./features/machines/machines.ts";
import { followMovement, forgetMovement } from "./features/movement/movement.ts";
import { eraseDue } from "./features/personal-data/personal-data.ts";
import { endCarriedWork, endForbiddenWork, tellOfEntries } from "./features/place-alerts/place-alerts.ts";
import { followKeyAreas } from "./features/places/places.ts";
import { lockOverdueMachines, passRectificationTime } from "./features/rectification/rectification.ts";
import { carryOutRegionOrders, lockNewcomers } from "./features/region-orders/region-orders.ts";
import { keepFeed } from "./features/shared-data/shared-data.ts";
import { forgetExpiredTokens } from "./features/sharing/sharing.ts";
import { followConflicts, forgetWorkContacts } from "./features/simultaneous-work/simultaneous-work.ts";
import { keepCounts } from "./features/statistics/statistics.ts";
import { forgetReports, makeDueReports } from "./features/statistics-reports/statistics-reports.ts";
import { rollUpTelemetry } from "./features/telemetry/telemetry.ts";
import { planMessages, sendMessages } from "./features/telling/telling.ts";
import { deliverWebhooks, forgetDeliveries, tellSubscribers } from "./features/webhooks/webhooks.ts";
import { closeLostSessions, closeUnansweredSessions } from "./features/work-sessions/work-sessions.ts";

/**
 * What is ended is told of first, by an alarm: once it has ended nobody finds it at work any more. It is ended whether or
 * not that could be told.
 */
export async function tellAndEndUncertifiedWork(ctx: AppContext): Promise<void> {
  try {
    await followUncertifiedWork(ctx);
  } finally {
    await endUncertifiedWork(ctx);
  }
}

interface Sweep {
  name: string;
  everyMs: number;
  run(ctx: AppContext): Promise<unknown>;
}

/** What must happen without anybody asking. Each may run on several servers at once: the statements are idempotent. */
const sweeps: readonly Sweep[] = [
  { name: "close unanswered sessions", everyMs: 5_000, run: closeUnansweredSessions },
  { name: "pass the time of clearances", everyMs: 1_000, run: passClearanceTime },
  { name: "ask the scene checker", everyMs: 1_000, run: askSceneProgram },
  { name: "follow work under clearances", everyMs: 1_000, run: followClearedWork },
  { name: "follow conflicts of works", everyMs: 5_000, run: followConflicts },
  { name: "forget contacts of declared work", everyMs: 3_600_000, run: forgetWorkContacts },
  { name: "escalate alarms", everyMs: 1_000, run: escalateAlarms },
  { name: "call the next in line", everyMs: 1_000, run: callNextInLine },
  { name: "follow dangerous work", everyMs: 1_000, run: followDangerousWork },
  { name: "follow other work", everyMs: 5_000, run: followOtherWork },
  { name: "follow people in two places", everyMs: 5_000, run: followTwoPlaces },
  { name: "follow forged codes", everyMs: 1_000, run: followForgedCodes },
  { name: "follow ending certificates", everyMs: 60_000, run: followEndingCertificates },
  { name: "follow chips that are away", everyMs: 30_000, run: followChipsAway },
  { name: "follow refused starts", everyMs: 1_000, run: followRefusedStarts },
  { name: "follow silent chips", everyMs: 10_000, run: followSilentChips },
  { name: "clear quiet alarms", everyMs: 10_000, run: clearQuietAlarms },
  { name: "clear alarms of cooled machines", everyMs: 5_000, run: clearCooledMachines },
  { name: "raise what lasts", everyMs: 5_000, run: promoteRecords },
  { name: "carry out region orders", everyMs: 1_000, run: carryOutRegionOrders },
  { name: "lock newcomers to locked regions", everyMs: 10_000, run: lockNewcomers },
  { name: "pass the time of orders to rectify", everyMs: 5_000, run: passRectificationTime },
  { name: "lock machines of overdue orders", everyMs: 5_000, run: lockOverdueMachines },
  { name: "follow credit", everyMs: 10_000, run: followCredit },
  { name: "pass the time of appeals", everyMs: 10_000, run: passAppealTime },
  { name: "remind chips", everyMs: 5_000, run: remindForgetfulChips },
  { name: "tell chips of gas inspections", everyMs: 5_000, run: tellInspections },
  { name: "follow gas trends", everyMs: 30_000, run: (ctx) => followGasTrends(ctx, alarmOfRisingGas) },
  { name: "configure chips", everyMs: 60_000, run: followConfigurations },
  { name: "fail overdue relay tests", everyMs: 5_000, run: failOverdueRelayTests },
  { name: "close lost sessions", everyMs: 60_000, run: closeLostSessions },
  { name: "follow key areas", everyMs: 5_000, run: followKeyAreas },
  { name: "tell of entries into key areas", everyMs: 5_000, run: tellOfEntries },
  { name: "end work carried into key areas", everyMs: 5_000, run: endCarriedWork },
  { name: "end work that key areas forbid meanwhile", everyMs: 5_000, run: endForbiddenWork },
  { name: "expire hot-work permits", everyMs: 10_000, run: expirePermits },
  { name: "work on imports", everyMs: 1_000, run: runDueImports },
  { name: "forget import files", everyMs: 600_000, run: forgetImportFiles },
  { name: "forget unused pictures of profiles", everyMs: 600_000, run: forgetUnusedPictures },
  { name: "roll up telemetry", everyMs: 60_000, run: rollUpTelemetry },
  { name: "follow movement", everyMs: 20_000, run: followMovement },
  { name: "forget movement", everyMs: 600_000, run: forgetMovement },
  { name: "end uncertified work", everyMs: 30_000, run: tellAndEndUncertifiedWork },
  { name: "ask the certificate registry again", everyMs: 60_000, run: askRegistryAgain },
  { name: "remind of certificates", everyMs: 600_000, run: remindOfDeadlines },
  { name: "tell subscribers", everyMs: 5_000, run: tellSubscribers },
  { name: "plan messages", everyMs: 1_000, run: planMessages },
  { name: "send messages", everyMs: 1_000, run: sendMessages },
  { name: "deliver webhooks", everyMs: 5_000, run: deliverWebhooks },
  { name: "forget deliveries of webhooks", everyMs: 3_600_000, run: forgetDeliveries },
  { name: "erase what is due", everyMs: 3_600_000, run: eraseDue },
  { name: "forget expired tokens", everyMs: 3_600_000, run: forgetExpiredTokens },
  { name: "check evidence", everyMs: 1_000, run: checkDueEvidence },
  { name: "forget evidence", everyMs: 600_000, run: forgetEvidence },
  { name: "make clips of alarms", everyMs: 2_000, run: makeDueClips },
  { name: "ask the frame detector", everyMs: 2_000, run: askFrameDetector },
  { name: "end watching of cameras", everyMs: 5_000, run: endWatches },
  { name: "forget passing pictures", everyMs: 15_000, run: forgetPassingPictures },
  { name: "forget pictures of cameras", everyMs: 600_000, run: forgetPictures },
  { name: "keep counts of statistics", everyMs: 10_000, run: (ctx) => keepCounts(ctx) },
  { name: "make monthly reports", everyMs: 10_000, run: makeDueReports },
  { name: "follow figures", everyMs: 60_000, run: followFigures },
  { name: "forget monthly reports", everyMs: 3_600_000, run: forgetReports },
  { name: "keep the shared feed", everyMs: 60_000, run: keepFeed },
  { name: "tidy the embedded database", everyMs: 30_000, run: tidyEmbedded },
];

export interface Sweeps {
  /** Resolves when those that are running are done. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** Runs the sweeps on the injected clock, one run of each at a time, until stopped. The supervisor of what they throw. */
export function startSweeps(ctx: AppContext): Sweeps {
  const timers = new Map<Sweep, Timer>();
  const running = new Set<Promise<void>>();
  let isStopped = false;

  function schedule(sweep: Sweep): void {
    if (isStopped) return;
    timers.set(
      sweep,
      ctx.clock.setTimer(sweep.everyMs, () => {
        const run = inBackground(() => sweep.run(ctx))
          .then(
            () => {},
            (error: unknown) => {
              ctx.metrics.sweepFailures.inc({ sweep: sweep.name });
              ctx.log.error({ err: error, sweep: sweep.name }, "sweep failed");
            },
          )
          .finally(() => {
            running.delete(run);
            schedule(sweep);
          });
        running.add(run);
      }),
    );
  }

  for (const sweep of sweeps) schedule(sweep);
  return {
    async settled() {
      await Promise.all(running);
    },
    async stop() {
      isStopped = true;
      for (const timer of timers.values()) timer.cancel();
      await Promise.all(running);
    },
  };
}
