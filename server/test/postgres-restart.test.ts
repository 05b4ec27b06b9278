import { sql } from "kysely";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, openDatabase } from "../src/db/database.ts";
import { migrate } from "../src/db/migrate.ts";
import { runFolder } from "./once-per-run.ts";
import { type PostgresCluster, startPostgresCluster, startServer } from "./postgres-cluster.ts";

let cluster: PostgresCluster;
let database: Database;
beforeAll(async () => {
  cluster = await startPostgresCluster(runFolder());
  const url = cluster.url("postgres");
  database = await openDatabase(
    { dataDir: "", database: { engine: "postgresql", url, poolSize: 5 } },
    pino({ level: "silent" }),
  );
  await migrate(database.db);
});
afterAll(async () => {
  await database?.close();
  await cluster?.stop();
});

test("after PostgreSQL was killed the same pool works again, with everything that was confirmed", async () => {
  const { db } = database;
  await sql`create table written (n integer primary key)`.execute(db);
  let confirmed = 0;
  const writer = (async () => {
    for (;;) {
      await sql`insert into written values (${confirmed + 1})`.execute(db);
      confirmed++;
    }
  })().catch((error: unknown) => error);
  await expect.poll(() => confirmed).toBeGreaterThan(100);
  process.kill(cluster.pid(), "SIGKILL");
  expect(await writer).toBeInstanceOf(Error);
  const inTransaction = db.transaction().execute((tx) => sql`select 1`.execute(tx));
  await expect(inTransaction).rejects.toThrow();

  // The dead server's children may hold its shared memory a moment longer.
  const { folder, port } = cluster;
  const startAgain = async () => {
    try {
      cluster = await startServer(folder, port);
      return true;
    } catch {
      return false;
    }
  };
  await expect.poll(startAgain, { timeout: 20_000, interval: 200 }).toBe(true);
  const { rows } = await sql<{ last: number }>`select max(n) as last from written`.execute(db);
  expect(rows[0]!.last).toBeGreaterThanOrEqual(confirmed);
  expect(rows[0]!.last).toBeLessThanOrEqual(confirmed + 1);
});
