import type { ApiClient } from "@hanyouxu/api";
import { expect } from "@playwright/test";
import { type Job, type System, startJobs } from "../src/index.ts";
import type { Cause } from "./alarm-causes.ts";
import { setAlarmPolicy } from "./alarm-policy.ts";
import type { OwnFleet } from "./own-fleet.ts";
import { hasGasSensor, type JobPool } from "./work-jobs.ts";

const SOON = { timeout: 45_000, intervals: [200] };
/** The fewest that are called an outage when they fall silent together. */
const DISTRICT_CHIPS = 10;
/** The shortest that a region may set. */
const SILENT_MINUTES = 2;
/** Longer than a chip at rest ever stays silent: it reports every minute. */
const AWAY_HOURS = 0.03;
/** A small leak that grows towards the warning at 10 %LEL, and never so far. */
const LEAK = { percentLelPerSecond: 0.045, mostPercentLel: 9 };

/** Whose chips fall silent: each alone in its region, and a district together. */
export function silenceJobsOf(pool: JobPool) {
  return {
    silent: pool.takeTownship(),
    away: pool.takeTownship(),
    leaking: pool.take(hasGasSensor),
    district: Array.from({ length: DISTRICT_CHIPS }, () => pool.take()),
  };
}

interface SilenceScene {
  system: System;
  regulator: ApiClient;
  own: OwnFleet;
  jobs: ReturnType<typeof silenceJobsOf>;
}

/** What is found by looking for minutes: chips without a word, and gas. The district works before its power fails. */
export function silenceCauses({ system, regulator, own: { fleet }, jobs }: SilenceScene) {
  const at = ({ machine }: Job) => fleet.machine(machine.machineId)!;

  /** Work that the platform knows to be under power. */
  async function start(wanted: readonly Job[]): Promise<void> {
    for (const { phone, session } of await startJobs({ ...system, fleet }, wanted)) {
      const status = async () => (await phone.workSession(session.workSessionId)).status;
      await expect.poll(status, SOON).toBe("energised");
    }
  }

  /** Mains and battery of one chip are gone, where the region waits no longer than it must. */
  function darkness(job: Job, numbers: Parameters<typeof setAlarmPolicy>[2]) {
    let reset = async () => {};
    return {
      at: at(job),
      async begin() {
        reset = await setAlarmPolicy(regulator, job.machine.townshipCode, numbers);
        at(job).cutPower();
      },
      async end() {
        at(job).restorePower();
        await reset();
      },
    };
  }

  const silent = darkness(jobs.silent, { chipSilentMinutes: SILENT_MINUTES });
  const away = darkness(jobs.away, {
    chipAwayHours: AWAY_HOURS,
    workdays: "every-day",
    workdayFromHour: 0,
    workdayUntilHour: 24,
  });
  let growing: NodeJS.Timeout | undefined;
  const causes = {
    silent: {
      kind: "chip-silent",
      ...silent,
      async begin() {
        await start([jobs.silent]);
        await silent.begin();
      },
    },
    away: { kind: "chip-away", ...away },
    rising: {
      kind: "gas-rising",
      at: at(jobs.leaking),
      async begin() {
        await start([jobs.leaking]);
        const sinceMs = Date.now();
        growing = setInterval(() => {
          const grown = ((Date.now() - sinceMs) / 1_000) * LEAK.percentLelPerSecond;
          at(jobs.leaking).disturb({ leakPercentLel: Math.min(grown, LEAK.mostPercentLel) });
        }, 1_000);
      },
      end() {
        clearInterval(growing);
        at(jobs.leaking).disturb({ leakPercentLel: 0 });
      },
    },
    outage: {
      kind: "chips-unreachable",
      at: at(jobs.district[0]!),
      begin() {
        for (const job of jobs.district) at(job).cutPower();
      },
      end() {
        for (const job of jobs.district) at(job).restorePower();
      },
    },
  } satisfies Record<string, Cause>;
  return { ...causes, startDistrict: () => start(jobs.district) };
}
