import { shanghaiDay } from "@hanyouxu/rules";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  endUncertifiedWork,
  remindOfDeadlines,
} from "../src/features/certificate-deadlines/certificate-deadlines.ts";
import { startSweeps, tellAndEndUncertifiedWork } from "../src/sweeps.ts";
import { buildWelder, county } from "./county.ts";
import { engines } from "./database.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import { type TwoFirms, twoFirms } from "./two-firms.ts";

const dayMs = 86_400_000;

describe.each(engines)("reminders of certificates on %s", (engine) => {
  let app: TestPlatform;
  beforeEach(async () => {
    app = await withPlatform(engine);
  });
  afterEach(() => app?.close());

  const told = async () => {
    const rows = await app.ctx.db
      .selectFrom("notifications")
      .select(["kind", "data", "created_at"])
      .orderBy("created_at")
      .orderBy("kind")
      .execute();
    return rows.map(({ kind, data, created_at }) => [shanghaiDay(created_at.getTime()), kind, data.daysLeft]);
  };
  /** Every day from 2026-03-01, the day the clock starts on. */
  const live = async (days: number) => {
    for (let day = 0; day < days; day++) {
      app.clock.advance(dayMs);
      await remindOfDeadlines(app.ctx);
      await remindOfDeadlines(app.ctx);
    }
  };

  test("come 90, 30 and 7 days before the last day, each once", async () => {
    await buildWelder(app, { certificate: { validTo: "2026-06-15" } });
    await remindOfDeadlines(app.ctx);
    await live(120);
    expect(await told()).toEqual([
      ["2026-03-17", "certificate-expiring", 90],
      ["2026-05-16", "certificate-expiring", 30],
      ["2026-06-08", "certificate-expiring", 7],
    ]);
  });

  test("come before a review too, with its own day", async () => {
    await buildWelder(app, { certificate: { validTo: "2029-12-31" } });
    await app.ctx.db.updateTable("certificates").set({ review_due_on: "2026-03-31" }).execute();
    await live(40);
    expect(await told()).toEqual([
      ["2026-03-02", "certificate-review-due", 29],
      ["2026-03-24", "certificate-review-due", 7],
    ]);
  });

  test("are made up for by the most urgent one after the server was away", async () => {
    await buildWelder(app, { certificate: { validTo: "2026-06-15" } });
    await live(20);
    app.clock.advance(60 * dayMs);
    await live(3);
    app.clock.advance(30 * dayMs);
    await live(3);
    expect(await told()).toEqual([
      ["2026-03-17", "certificate-expiring", 90],
      ["2026-05-21", "certificate-expiring", 25],
    ]);
  });

  test("do not speak of what is suspended, in review, or renewed", async () => {
    const suspended = { validTo: "2026-03-20", status: "suspended" as const };
    await buildWelder(app, { certificate: suspended });
    const waiting = await buildWelder(app, { certificate: { validTo: "2026-03-20" } });
    const renewed = await buildWelder(app, { certificate: { validTo: "2026-03-20" } });
    const { db } = app.ctx;
    await db
      .updateTable("certificates")
      .set({ verification: "submitted" })
      .where("welder_id", "=", waiting.welderId)
      .execute();
    const [old] = await db
      .selectFrom("certificates")
      .selectAll()
      .where("welder_id", "=", renewed.welderId)
      .execute();
    await db
      .insertInto("certificates")
      .values({ ...old!, certificate_id: app.ctx.newId(), valid_to: "2032-03-19" })
      .execute();
    await live(5);
    expect(await told()).toEqual([]);
  });
});

describe.each(engines)("work under way on %s", (engine) => {
  let firms: TwoFirms;
  beforeEach(async () => {
    firms = await twoFirms(engine);
  });
  afterEach(() => firms?.app.close());

  const stopAsked = async () =>
    (
      await firms.app.ctx.db
        .selectFrom("work_sessions")
        .select("stop_requested_at")
        .where("work_session_id", "=", firms.workSessionId)
        .executeTakeFirstOrThrow()
    ).stop_requested_at !== null;
  const changeCertificate = async (set: object) =>
    await firms.app.ctx.db
      .updateTable("certificates")
      .set(set)
      .where("welder_id", "=", firms.own.welder.welderId)
      .execute();

  test("goes on while the certificate counts", async () => {
    expect(await endUncertifiedWork(firms.app.ctx)).toBe(0);
    expect(await stopAsked()).toBe(false);
  });

  test.each([
    ["suspended", { status: "suspended" }],
    ["revoked", { status: "revoked" }],
    ["past its last day", { valid_to: "2026-02-28" }],
    ["past its review", { review_due_on: "2026-02-28" }],
  ])("ends once it is %s: no new arcs, the welder is told, the log says why", async (_name, change) => {
    const { app, own, workSessionId } = firms;
    await changeCertificate(change);
    expect(await endUncertifiedWork(app.ctx)).toBe(1);
    expect(app.lastCommandTo(own.machine.chip, "revoke")).toMatchObject({ workSessionId });
    expect(await stopAsked()).toBe(true);
    expect(await endUncertifiedWork(app.ctx)).toBe(0);
    const notices = await app.ctx.db.selectFrom("notifications").select(["kind", "person_id"]).execute();
    expect(notices).toEqual([{ kind: "work-stopped", person_id: own.welder.personId }]);
    const entry = await app.ctx.db
      .selectFrom("audit_log")
      .select("details")
      .where("action", "=", "work_session.stopped")
      .orderBy("seq")
      .executeTakeFirstOrThrow();
    expect(entry.details).toEqual({ reason: "no certificate counts any more" });
    const refused = (await firms.start("welder", own.idle.machineCode)).json();
    expect(refused.outcome).toBe("refuse");
  });

  test("goes on where another certificate counts, and where the region lets it finish", async () => {
    const { app, own } = firms;
    const [certificate] = await app.ctx.db
      .selectFrom("certificates")
      .selectAll()
      .where("welder_id", "=", own.welder.welderId)
      .execute();
    const second = { ...certificate!, certificate_id: app.ctx.newId(), status: "suspended" as const };
    await app.ctx.db.insertInto("certificates").values(second).execute();
    expect(await endUncertifiedWork(app.ctx)).toBe(0);
    await changeCertificate({ status: "suspended" });
    await app.ctx.db
      .insertInto("policies")
      .values({
        region_code: county,
        version: 1,
        effective_from: new Date(app.clock.nowMs()),
        values: JSON.stringify({ workOnLostCertificate: "let-finish" }),
        changed_by: "test",
      })
      .execute();
    expect(await endUncertifiedWork(app.ctx)).toBe(0);
    expect(await stopAsked()).toBe(false);
  });

  test("is an alarm before it is ended, however soon that is", async () => {
    const { app, workSessionId } = firms;
    await sql`create function alarm_first() returns trigger language plpgsql as ${sql.lit(
      "begin if not exists (select from alarms) then raise exception 'no alarm yet'; end if; return new; end",
    )}`.execute(app.ctx.db);
    await sql`create trigger alarm_first before insert on commands execute function alarm_first()`.execute(
      app.ctx.db,
    );
    await changeCertificate({ status: "suspended" });
    await tellAndEndUncertifiedWork(app.ctx);
    expect(await stopAsked()).toBe(true);
    const alarms = await app.ctx.db.selectFrom("alarms").select(["kind", "subject_key"]).execute();
    expect(alarms).toEqual([{ kind: "uncertified-work", subject_key: `work-session:${workSessionId}` }]);
    await sql`drop function alarm_first cascade`.execute(app.ctx.db);
  });

  test("ends though its alarm cannot be stored", async () => {
    const { app } = firms;
    await changeCertificate({ status: "suspended" });
    await app.ctx.db.schema.alterTable("alarms").renameTo("alarms_away").execute();
    await expect(tellAndEndUncertifiedWork(app.ctx)).rejects.toThrow(/alarms/);
    expect(await stopAsked()).toBe(true);
    await app.ctx.db.schema.alterTable("alarms_away").renameTo("alarms").execute();
  });

  test("ends by itself within a minute", async () => {
    const { app } = firms;
    const sweeps = startSweeps(app.ctx);
    await changeCertificate({ status: "revoked" });
    for (let passed = 0; passed < 60_000; passed += 5_000) {
      app.clock.advance(5_000);
      await sweeps.settled();
    }
    await sweeps.stop();
    expect(await stopAsked()).toBe(true);
  });
});
