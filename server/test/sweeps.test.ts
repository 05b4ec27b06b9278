import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startSweeps } from "../src/sweeps.ts";
import { type TwoFirms, twoFirms } from "./two-firms.ts";

let firms: TwoFirms;
let sweeps: ReturnType<typeof startSweeps>;
beforeEach(async () => {
  firms = await twoFirms("pglite");
  sweeps = startSweeps(firms.app.ctx);
});
afterEach(async () => {
  await sweeps?.stop();
  await firms?.app.close();
});

/** Runs what is due; a sweep sets its next timer when it is done. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 5_000) {
    firms.app.clock.advance(5_000);
    await sweeps.settled();
  }
}

const statusOf = async (workSessionId: string) =>
  (
    await firms.app.ctx.db
      .selectFrom("work_sessions")
      .select(["status", "end_reason"])
      .where("work_session_id", "=", workSessionId as never)
      .executeTakeFirstOrThrow()
  ).status;

/** How often the table of machines was cleared or looked through. */
async function tidied(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select (vacuum_count + analyze_count)::int as count from pg_stat_user_tables where relname = 'machines'`.execute(
    firms.app.ctx.db,
  );
  return rows[0]!.count;
}

/** Some fifty sweeps, many of them every second, on a machine that is busy. */
const TWENTY_MINUTES_OF_SWEEPS_MS = 120_000;

test(
  "give up an unanswered grant, remind a chip of its stop, pack readings and tidy the database, without anybody asking",
  async () => {
    const { app, own, workSessionId } = firms;
    const granted = (await firms.start("welder", own.idle.machineCode)).json().workSession.workSessionId;
    await firms.post("welder", `/api/work-sessions/${workSessionId}/stop`);
    const revokes = () => app.commandsTo(own.machine.chip).filter(({ kind }) => kind === "revoke").length;
    expect(revokes()).toBe(1);
    await pass(80_000);
    expect(await statusOf(granted)).toBe("not-started");
    expect(revokes()).toBeGreaterThanOrEqual(5);
    expect(revokes()).toBeLessThanOrEqual(8);
    // Whoever had this database before may have let it be tidied.
    const before = await tidied();
    for (let write = 0; write < 60; write++) await sql`update machines set name = name`.execute(app.ctx.db);
    await pass(20 * 60_000);
    expect(await tidied()).toBeGreaterThan(before);
    expect(await app.ctx.db.selectFrom("telemetry_hot").selectAll().execute()).toEqual([]);
    expect(await app.ctx.db.selectFrom("telemetry_chunks").selectAll().execute()).not.toEqual([]);
  },
  TWENTY_MINUTES_OF_SWEEPS_MS,
);

test("go on after one of them has failed, and count it", async () => {
  const { app, own } = firms;
  await app.ctx.db.schema.alterTable("commands").renameTo("commands_away").execute();
  await pass(10_000);
  const { values } = await app.ctx.metrics.sweepFailures.get();
  expect(values).toMatchObject([
    { labels: { sweep: "remind chips" } },
    { labels: { sweep: "tell chips of gas inspections" } },
  ]);
  await app.ctx.db.schema.alterTable("commands_away").renameTo("commands").execute();
  const granted = (await firms.start("welder", own.idle.machineCode)).json().workSession.workSessionId;
  await pass(80_000);
  expect(await statusOf(granted)).toBe("not-started");
});

test("stop when told: nothing is due any more", async () => {
  await sweeps.stop();
  expect(firms.app.clock.nextDueMs()).toBeUndefined();
});
