import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ApiClient, signInRoutes } from "@hanyouxu/api";
import { generateCounty } from "@hanyouxu/simulator";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { layCounty } from "../src/laid-county.ts";
import { allWorkSessions, demoRegulator, eventsOf } from "../src/regulator.ts";
import { type System, startSystem } from "../src/system.ts";
import { type Job, jobsOf, type RunningJob, startJobs } from "../src/workforce.ts";

const JOBS = 50;
const WAIT = { timeout: 60_000, interval: 100 };

const crashes = {
  embedded: [{ part: "the server", crash: (system: System) => system.serverProcess!.kill9() }],
  server: [
    { part: "the server", crash: (system: System) => system.serverProcess!.kill9() },
    { part: "Mosquitto", crash: (system: System) => system.mosquitto!.kill() },
    { part: "PostgreSQL", crash: (system: System) => system.postgres!.kill9() },
  ],
} as const;

async function restart(system: System, part: string): Promise<void> {
  if (part === "the server") await system.serverProcess!.restart();
  else if (part === "Mosquitto") await system.mosquitto!.restart();
  else await system.postgres!.restart();
}

describe.each(["embedded", "server"] as const)("%s mode", (mode) => {
  let dir: string;
  let system: System;
  let api: ApiClient;
  let jobs: Job[];

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "hanyouxu-crash-"));
    // Which machines have whom is the same on every day; papers are made for today by the system itself.
    jobs = jobsOf(generateCounty(1, new Date().toISOString().slice(0, 10)), JOBS);
    system = await startSystem({
      ...(await layCounty(dir, mode)),
      mode,
      server: "process",
      online: jobs.map(({ machine }) => machine),
      environment: { HY_LOG_LEVEL: "info" },
    });
    await system.fleet.started;
    api = await demoRegulator(system.url);
    await everyChipKnown();
  }, 180_000);

  afterAll(async () => {
    await system?.[Symbol.asyncDispose]();
    await rm(dir, { recursive: true, force: true });
  }, 60_000);

  async function everyChipKnown(): Promise<void> {
    await vi.waitFor(() => {
      expect(system.fleet.machines.every(({ chip }) => chip.state().clock.verifiedAtUptimeMs !== null)).toBe(
        true,
      );
      expect(system.fleet.machines.every(({ chip }) => chip.state().log.pending.length === 0)).toBe(true);
    }, WAIT);
  }

  test.each(crashes[mode])(
    "a SIGKILL of $part during fifty sessions loses and doubles nothing",
    async ({ part, crash }) => {
      const earlier = new Set((await allWorkSessions(api)).map(({ workSessionId }) => workSessionId));
      const running = await startJobs(system, jobs);
      await vi.waitFor(() => expect(running.every((job) => machineOf(job).isPowered)).toBe(true), WAIT);
      for (const job of running) machineOf(job).takeTorch();
      await vi.waitFor(
        () => expect(running.some((job) => machineOf(job).chip.state().work!.arcCount > 0)).toBe(true),
        WAIT,
      );

      await crash(system);
      const crashedAtMs = Date.now();
      // While nobody answers, the chips keep their own rules: a cut loop opens one relay and no other.
      const [victim, ...others] = running as [RunningJob, ...RunningJob[]];
      machineOf(victim).disturb({ isLoopCut: true });
      await vi.waitFor(() => expect(machineOf(victim).isPowered).toBe(false), WAIT);
      expect(others.every((job) => machineOf(job).isPowered)).toBe(true);
      const downUntilMs = Date.now();

      await restart(system, part);
      await vi.waitFor(async () => expect(await api.call(signInRoutes.me, {})).toBeTruthy(), WAIT);
      for (const job of others) machineOf(job).putTorchDown();
      for (const job of others) await job.phone.stop(job.session.workSessionId);
      await vi.waitFor(() => expect(running.every((job) => !machineOf(job).isPowered)).toBe(true), WAIT);
      machineOf(victim).disturb({ isLoopCut: false });
      await everyChipKnown();

      const sessions = (await allWorkSessions(api)).filter(
        ({ workSessionId }) => !earlier.has(workSessionId),
      );
      expect(sessions.map(({ workSessionId }) => workSessionId).sort()).toEqual(
        running.map(({ session }) => session.workSessionId).sort(),
      );
      for (const session of sessions) {
        expect(session).toMatchObject({ status: "ended", checkpointVerified: true });
      }
      const cut = sessions.find(({ workSessionId }) => workSessionId === victim.session.workSessionId)!;
      expect(cut.endReason).toBe("tamper");
      expect(Date.parse(cut.endedAt!)).toBeGreaterThanOrEqual(crashedAtMs - 2_000);
      expect(Date.parse(cut.endedAt!)).toBeLessThanOrEqual(downUntilMs + 2_000);
      expect(
        sessions.filter((session) => session !== cut).every(({ endReason }) => endReason === "stopped"),
      ).toBe(true);
      expect(sessions.reduce((sum, session) => sum + session.arcMs, 0)).toBeGreaterThan(0);

      for (const job of running) {
        const events = await eventsOf(api, job.machine.machineId);
        const { boot, log } = machineOf(job).chip.state();
        expect(events.every(({ chainIntact }) => chainIntact)).toBe(true);
        expect(events.filter((event) => event.boot === boot).map(({ seq }) => seq)).toEqual(
          Array.from({ length: log.lastSeq }, (_, index) => index + 1),
        );
      }
    },
    240_000,
  );

  function machineOf({ machine }: Job) {
    return system.fleet.machine(machine.machineId)!;
  }
});
