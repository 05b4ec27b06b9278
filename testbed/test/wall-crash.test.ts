import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ApiClient, type Wall, wallRoutes } from "@hanyouxu/api";
import { generateCounty } from "@hanyouxu/simulator";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { layCounty } from "../src/laid-county.ts";
import { demoRegulator } from "../src/regulator.ts";
import { type System, startSystem } from "../src/system.ts";
import { type Job, jobsOf, startJobs } from "../src/workforce.ts";

const JOBS = 12;
/** A chip waits up to a minute before it tries again, and a server starts slowly on a busy machine. */
const WAIT = { timeout: 150_000, interval: 200 };

let dir: string;
let system: System;
let api: ApiClient;
let jobs: Job[];
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "hanyouxu-wall-crash-"));
  jobs = jobsOf(generateCounty(1, new Date().toISOString().slice(0, 10)), JOBS);
  const online = jobs.map(({ machine }) => machine);
  system = await startSystem({
    ...(await layCounty(dir, "server")),
    mode: "server",
    server: "process",
    online,
  });
  await system.fleet.started;
  api = await demoRegulator(system.url);
  await vi.waitFor(
    () => expect(machines().every(({ chip }) => chip.state().clock.verifiedAtUptimeMs !== null)).toBe(true),
    WAIT,
  );
}, 240_000);
afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
  await rm(dir, { recursive: true, force: true });
}, 60_000);

const machines = () => jobs.map(({ machine }) => system.fleet.machine(machine.machineId)!);

/** Counted in the tables past the server, as of an instant. */
const countedAt = (atMs: number) =>
  system.postgres!.askDirectly(`
    with at as (select to_timestamp(${atMs} / 1000.0) as now),
    midnight as (select date_trunc('day', now at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai' as since from at),
    working as (select m.* from machines m join twins t using (chip_id), at
                where t.relay_closed and t.last_heard_at >= at.now - interval '3 minutes' and not t.is_gone
                  and not (t.is_tampered or t.is_faulted or t.is_locked or m.is_locked))
    select json_build_object(
      'machines', (select count(*) from machines),
      'machinesAtWork', (select count(*) from working),
      'firmsAtWork', (select count(distinct enterprise_id) from working),
      'weldersAtWork', (select count(distinct s.welder_id) from working join work_sessions s using (machine_id)
                        where s.ended_at is null and s.status in ('granted', 'energised')),
      'sessionsToday', (select count(*) from work_sessions, midnight where granted_at >= since),
      'refusedToday', (select count(*) from decisions, midnight where outcome <> 'grant' and decided_at >= since),
      'openAlarms', (select count(*) from alarms where closed_at is null))`);

const figuresOf = (wall: Wall) => ({
  machines: wall.machines.all,
  machinesAtWork: wall.machines.atWork,
  firmsAtWork: wall.enterprises?.atWork,
  weldersAtWork: wall.welders?.atWork,
  sessionsToday: wall.sessionsToday,
  refusedToday: wall.refusedToday,
  openAlarms: wall.openAlarms && Object.values(wall.openAlarms).reduce((sum, count) => sum + count, 0),
});

/**
 * A wall and the tables at the same instant: where these are the same before and after the wall was counted, nothing
 * happened meanwhile that it could have missed.
 */
async function wallBesideTables(): Promise<{ wall: ReturnType<typeof figuresOf>; tables: unknown }> {
  for (;;) {
    const beganMs = Date.now();
    const before = await countedAt(beganMs);
    const wall = await vi.waitFor(async () => {
      const answer = await api.call(wallRoutes.wall, { query: {} });
      expect(answer.atMs).toBeGreaterThanOrEqual(beganMs);
      return answer;
    }, WAIT);
    const after = await countedAt(wall.atMs);
    if (JSON.stringify(before) === JSON.stringify(after)) return { wall: figuresOf(wall), tables: after };
  }
}

async function expectEqual() {
  const { wall, tables } = await wallBesideTables();
  expect(wall).toEqual(tables);
  return wall;
}

/** Equal at each look until so many machines are at work: the first that differs fails. */
async function expectEqualUntil(machinesAtWork: number): Promise<void> {
  while ((await expectEqual()).machinesAtWork !== machinesAtWork);
}

test("a wall equals the tables at the same second also after SIGKILL of the server, and until all chips are back", async () => {
  const running = await startJobs(system, jobs);
  await vi.waitFor(() => expect(machines().every(({ isPowered }) => isPowered)).toBe(true), WAIT);
  await expectEqualUntil(JOBS);

  // Some stop and one is tampered with while nobody listens: what is kept is of before.
  await system.serverProcess!.kill9();
  const [victim] = machines();
  victim!.disturb({ isLoopCut: true });
  await vi.waitFor(() => expect(victim!.isPowered).toBe(false), WAIT);
  await system.serverProcess!.restart();
  const back = await expectEqual();
  expect(back.sessionsToday).toBe(running.length);
  await expectEqualUntil(JOBS - 1);

  // Killed in the middle of stops, some of which arrive late.
  const stops = running
    .slice(1, 7)
    .map(({ phone, session }) => phone.stop(session.workSessionId).catch(() => {}));
  await Promise.race(stops);
  await system.serverProcess!.kill9();
  await system.serverProcess!.restart();
  await expectEqual();
  await Promise.all(stops);
  for (const { phone, session } of running.slice(1, 7)) {
    await phone.stop(session.workSessionId).catch(() => {});
  }
  await expectEqualUntil(JOBS - 7);
  expect((await expectEqual()).openAlarms).toBeGreaterThan(0);
}, 500_000);
