import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ApiClient, certificateRoutes, welderRoutes } from "@hanyouxu/api";
import { bytesToHex, COMMAND_ID_BYTES, signCommand, type WorkSessionId } from "@hanyouxu/protocol";
import { shanghaiDay } from "@hanyouxu/rules";
import { type OnlineMachine, shiftPlace } from "@hanyouxu/simulator";
import { expect } from "@playwright/test";
import { type Job, phoneOf, type System, startJobs } from "../src/index.ts";
import type { Cause } from "./alarm-causes.ts";
import { setAlarmPolicy } from "./alarm-policy.ts";
import { buildHotWorkPlace } from "./hot-work-place.ts";
import type { OwnFleet } from "./own-fleet.ts";
import { isMobile, type JobPool, papersEndSoon } from "./work-jobs.ts";

const SOON = { timeout: 45_000, intervals: [200] };
/** Outside the ground of a place, and half a minute with a cart. */
const DRIVE_METRES = 150;
/** 36 s, the shortest that a region may set. */
const SHORTEST_HOURS = 0.01;
const FORGED_SECONDS = 60;
const HOURS_MS = 2 * 3_600_000;

/** Who works where: each machine is of one cause, and each region's numbers. */
export function workJobsOf(pool: JobPool) {
  return {
    longNight: pool.takeTownship(),
    specialDay: pool.takeTownship(),
    outsidePermit: pool.takeTownship(isMobile),
    carriedIn: pool.take(isMobile),
    losesPapers: pool.take(),
    endingPapers: pool.take(() => true, papersEndSoon),
    forged: pool.take(),
    setBack: pool.take(),
    apart: pool.takeApart(),
  };
}

export interface WorkScene {
  system: System;
  regulator: ApiClient;
  own: OwnFleet;
  jobs: ReturnType<typeof workJobsOf>;
}

/** What is wrong with work, each by what people do. */
export function workCauses(scene: WorkScene): Cause[] {
  return [
    ...causesOfHours(scene),
    ...causesInHospitals(scene),
    lostPapers(scene),
    endingPapers(scene),
    twoPlaces(scene),
    forgedGrant(scene),
    flashSetBack(scene),
  ];
}

/** A start by phone beside the machine; its end, unless it has ended. */
function workOf({ system, own: { fleet } }: WorkScene, job: Job) {
  const at = fleet.machine(job.machine.machineId)!;
  let stop: () => Promise<unknown> = async () => undefined;
  return {
    at,
    async begin() {
      const [running] = await startJobs({ ...system, fleet }, [job]);
      stop = async () => await running!.phone.stop(running!.session.workSessionId);
      await expect.poll(() => at.isPowered, SOON).toBe(true);
    },
    async end() {
      if (at.isPowered) await stop();
    },
  };
}

function causesOfHours(scene: WorkScene): Cause[] {
  const { regulator, jobs } = scene;
  const of = (job: Job, numbers: Parameters<typeof setAlarmPolicy>[2]) => {
    const work = workOf(scene, job);
    let reset = async () => {};
    return {
      at: work.at,
      async begin() {
        reset = await setAlarmPolicy(regulator, job.machine.townshipCode, numbers);
        await work.begin();
      },
      async end() {
        await work.end();
        await reset();
      },
    };
  };
  const night = of(jobs.longNight, {
    nightWork: "everywhere",
    nightFromHour: 0,
    nightUntilHour: 24,
    sessionHours: SHORTEST_HOURS,
  });
  const special = of(jobs.specialDay, {
    specialDays: [shanghaiDay(Date.now())],
    workHoursPerDay: SHORTEST_HOURS,
  });
  // The same work goes on for too long.
  const goesOn = { begin() {}, end() {} };
  return [
    { kind: "night-work", ...night },
    { kind: "special-period-work", ...special },
    { kind: "over-time", at: night.at, ...goesOn },
    { kind: "over-hours", at: special.at, ...goesOn },
  ];
}

/** Machines in places that demand a permit: one welds on when it should stop, one is brought there. */
function causesInHospitals(scene: WorkScene): Cause[] {
  const { system, regulator, own, jobs } = scene;
  const build = ({ machine: { machineId }, welder }: Job, name: string, east: number) =>
    buildHotWorkPlace({ ...system, fleet: own.fleet }, regulator, { machineId, welder, name, east });
  const welding = workOf(scene, jobs.outsidePermit);
  const driving = workOf(scene, jobs.carriedIn);
  let permitted: Awaited<ReturnType<typeof build>> | undefined;
  let entered: Awaited<ReturnType<typeof build>> | undefined;
  let reset = async () => {};
  return [
    {
      kind: "work-outside-permit",
      at: welding.at,
      async begin() {
        const region = jobs.outsidePermit.machine.townshipCode;
        reset = await setAlarmPolicy(regulator, region, { permitGraceMinutes: 0 });
        await welding.begin();
        // Who is told to stop may end the weld in hand.
        welding.at.disturb({ trigger: true });
        permitted = await build(jobs.outsidePermit, "演示卫生院北楼", 0);
      },
      async end() {
        welding.at.disturb({ trigger: false });
        await welding.end();
        await permitted?.abolish();
        await reset();
      },
    },
    {
      kind: "key-area-entered",
      at: driving.at,
      async begin() {
        await driving.begin();
        const { place } = driving.at.world.body;
        entered = await build(jobs.carriedIn, "演示卫生院南楼", DRIVE_METRES);
        driving.at.disturb({ destination: shiftPlace(place, DRIVE_METRES, 0) });
      },
      async end() {
        await driving.end();
        await entered?.abolish();
      },
    },
  ];
}

/** The certificate of somebody at work is suspended. */
function lostPapers(scene: WorkScene): Cause {
  const { regulator, jobs } = scene;
  const { welderId } = jobs.losesPapers.welder;
  const work = workOf(scene, jobs.losesPapers);
  const setStanding = async (status: "suspended" | "valid") => {
    const { certificates } = await regulator.call(welderRoutes.getWelder, { params: { welderId } });
    for (const { certificateId } of certificates) {
      const body = { status, reason: "演示：证书状态变更" };
      await regulator.call(certificateRoutes.setCertificateStanding, { params: { certificateId }, body });
    }
  };
  return {
    kind: "uncertified-work",
    at: work.at,
    async begin() {
      await work.begin();
      await setStanding("suspended");
    },
    async end() {
      await setStanding("valid");
      await work.end();
    },
  };
}

/** Somebody works whose certificate ends within weeks; then his region looks no further than a day ahead. */
function endingPapers(scene: WorkScene): Cause {
  const { regulator, jobs } = scene;
  const work = workOf(scene, jobs.endingPapers);
  return {
    kind: "certificate-expiring",
    ...work,
    async end() {
      await work.end();
      const region = jobs.endingPapers.welder.townshipCode;
      await setAlarmPolicy(regulator, region, { certificateWarnDays: 1, certificateUrgentDays: 1 });
    },
  };
}

/** One welder's phone starts a machine here, and at once another kilometres away. */
function twoPlaces({ system, own, jobs }: WorkScene): Cause {
  const { welder, machines } = jobs.apart;
  const [here, there] = machines.map(({ machineId }) => own.fleet.machine(machineId)!) as [
    OnlineMachine,
    OnlineMachine,
  ];
  const phone = phoneOf(system, welder, system.clock);
  const sessions: string[] = [];
  return {
    kind: "two-places",
    at: there,
    async begin() {
      for (const at of [here, there]) {
        const answer = await phone.start(at.machineCode, { ...at.world.body.place, accuracyMetres: 10 });
        expect(answer.outcome).toBe("grant");
        if (answer.outcome === "grant") sessions.push(answer.workSession.workSessionId);
      }
    },
    async end() {
      for (const session of sessions) await phone.stop(session);
      // As if he had started them hours ago: what is told of minutes ago counts as now.
      const { db } = system.app!.ctx;
      await db
        .updateTable("decisions")
        .set({ decided_at: new Date(Date.now() - HOURS_MS) })
        .where("welder_id", "=", welder.welderId)
        .execute();
    },
  };
}

/** Whoever has the platform's key signs a grant that the platform knows nothing of, and the chip obeys. */
function forgedGrant({ system, own, jobs }: WorkScene): Cause {
  const at = own.fleet.machine(jobs.forged.machine.machineId)!;
  return {
    kind: "energy-without-session",
    at,
    async begin() {
      const { broker, keys, random, clock, newId } = system.app!.ctx;
      const nowSeconds = Math.floor(clock.nowMs() / 1_000);
      const grant = signCommand(
        {
          kind: "grant",
          audience: at.chipId,
          commandId: bytesToHex(random(COMMAND_ID_BYTES)),
          acceptBySeconds: nowSeconds + FORGED_SECONDS,
          expectedStateVersion: null,
          workSessionId: newId() as WorkSessionId,
          welderPseudonym: bytesToHex(random(8)),
          notBeforeSeconds: nowSeconds,
          validSeconds: FORGED_SECONDS,
          maxEnergisedSeconds: FORGED_SECONDS,
          idleLimitSeconds: FORGED_SECONDS,
          fence: null,
          gasWarningLelPermille: 100,
          gasCutLelPermille: 200,
          isWatchHeartbeatRequired: false,
          decisionDigest: bytesToHex(random(8)),
        },
        keys.signer,
      );
      await broker.publish(at.chipId, grant);
      await expect.poll(() => at.isPowered, SOON).toBe(true);
    },
    // It ends by its own time.
    end() {},
  };
}

/** Somebody opens the chip and sets its flash back to what it was: what it writes then does not fit what it has told. */
function flashSetBack({ own, jobs }: WorkScene): Cause {
  const at = own.fleet.machine(jobs.setBack.machine.machineId)!;
  const isTold = () => at.chip.state().log.pending.length === 0;
  return {
    kind: "event-gap",
    at,
    async begin() {
      const journal = join(own.dir, at.machine.machineId, "journal");
      await expect.poll(isTold, SOON).toBe(true);
      at.cutPower();
      const earlier = readFileSync(journal);
      at.restorePower();
      await expect.poll(isTold, SOON).toBe(true);
      at.cutPower();
      writeFileSync(journal, earlier);
      at.restorePower();
      at.disturb({ isLoopCut: true });
    },
    end: () => at.disturb({ isLoopCut: false }),
  };
}
