import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { verifyAuditChain } from "../src/features/audit/audit.ts";
import { type TestApp, withApp } from "./app.ts";
import { engines } from "./database.ts";

describe.each(engines)("the audit log on %s", (engine) => {
  let app: TestApp;
  beforeEach(async () => {
    app = await withApp(engine);
  });
  afterEach(() => app?.close());

  const record = (subject: string, details?: Record<string, unknown>) =>
    app.ctx.audit.record(app.ctx.db, {
      actor: "system",
      action: "test.done",
      subject,
      ...(details ? { details } : {}),
    });
  const fill = async (count: number) => {
    for (let n = 1; n <= count; n++)
      await record(`thing:${n}`, { z: n, a: { 文: [1.5, null, true], b: "x" } });
  };
  /** As somebody with the database's own password would. */
  const tamper = (statement: string) =>
    sql
      .raw(
        `alter table audit_log disable trigger all; ${statement}; alter table audit_log enable trigger all`,
      )
      .execute(app.ctx.db);

  test("is whole after many entries, also written at once and by transactions that fail", async () => {
    await fill(20);
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        app.ctx.db
          .transaction()
          .execute(async (tx) => {
            await app.ctx.audit.record(tx, { actor: "system", action: "test.parallel", subject: `p:${n}` });
            if (n % 4 === 0) throw new Error("undone");
          })
          .catch(() => undefined),
      ),
    );
    expect(await verifyAuditChain(app.ctx.db)).toMatchObject({ entries: 35, brokenAt: undefined });
  });

  test("goes back with its transaction", async () => {
    await record("kept");
    await app.ctx.db
      .transaction()
      .execute(async (tx) => {
        await app.ctx.audit.record(tx, { actor: "system", action: "test.undone", subject: "gone" });
        throw new Error("undone");
      })
      .catch(() => undefined);
    expect(await verifyAuditChain(app.ctx.db)).toMatchObject({ entries: 1, brokenAt: undefined });
  });

  test.each(["update audit_log set actor = 'nobody'", "delete from audit_log", "truncate audit_log"])(
    "refuses %s",
    async (statement) => {
      await fill(1);
      await expect(sql.raw(statement).execute(app.ctx.db)).rejects.toThrow("append-only");
    },
  );

  test.each([
    ["a changed actor", "update audit_log set actor = 'nobody' where seq = 3", 3],
    ["a changed detail", `update audit_log set details = '{"z": 4}' where seq = 4`, 4],
    ["a shifted time", "update audit_log set at = at + interval '1 second' where seq = 2", 2],
    ["a removed entry", "delete from audit_log where seq = 3", 3],
    ["a cut tail", "delete from audit_log where seq > 4", 5],
    ["an emptied log", "delete from audit_log", 1],
    [
      "a cut tail with a head put back",
      "delete from audit_log where seq > 4; update audit_head set seq = 4",
      5,
    ],
  ])("shows %s", async (_name, statement, brokenAt) => {
    await fill(6);
    expect((await verifyAuditChain(app.ctx.db)).brokenAt).toBeUndefined();
    await tamper(statement);
    expect((await verifyAuditChain(app.ctx.db)).brokenAt).toBe(brokenAt);
  });

  test("keeps what it is told as data, whatever it looks like", async () => {
    await record("x'); drop table audit_log; --", { html: "<script>", quote: "'\"\\", 中文: "焊" });
    const entry = await app.ctx.db
      .selectFrom("audit_log")
      .selectAll()
      .orderBy("seq")
      .executeTakeFirstOrThrow();
    expect(entry.details).toEqual({ html: "<script>", quote: "'\"\\", 中文: "焊" });
    expect((await verifyAuditChain(app.ctx.db)).brokenAt).toBeUndefined();
  });
});
