import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { sql } from "kysely";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDatabase } from "../src/db/database.ts";
import { FolderLocked } from "../src/db/folder-lock.ts";
import { PgliteClient } from "../src/db/pglite-client.ts";

const log = pino({ level: "silent" });
let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "hy-pglite-"));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));
const open = () => openDatabase({ dataDir, database: { engine: "pglite" } }, log);

describe("the embedded database on disk", () => {
  test("has one owner, keeps its rows and warns about power cuts", async () => {
    const lines: string[] = [];
    const first = await openDatabase(
      { dataDir, database: { engine: "pglite" } },
      pino({ level: "info" }, { write: (line: string) => void lines.push(line) }),
    );
    expect(lines.filter((line) => line.includes("power cut"))).toHaveLength(1);
    await sql`create table kept (n integer); insert into kept values (42)`.execute(first.db);
    await expect(open()).rejects.toThrow(FolderLocked);
    await first.close();
    expect(existsSync(join(dataDir, "postgres", "hanyouxu.lock"))).toBe(false);
    const second = await open();
    expect((await sql`select n from kept`.execute(second.db)).rows).toEqual([{ n: 42 }]);
    await second.close();
  });

  test("loses nothing it confirmed when its process is killed in the middle of writing", async () => {
    const program = `
      import { openDatabase } from ${JSON.stringify(new URL("../src/db/database.ts", import.meta.url).href)};
      import { sql } from "kysely";
      import { pino } from "pino";
      const { db } = await openDatabase(${JSON.stringify({ dataDir, database: { engine: "pglite" } })}, pino({ level: "silent" }));
      await sql\`create table written (n integer primary key)\`.execute(db);
      for (let n = 0; ; n++) {
        await sql\`insert into written values (\${n})\`.execute(db);
        process.stdout.write(n + "\\n");
      }`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
      cwd: new URL("..", import.meta.url),
    });
    let confirmed = -1;
    for await (const line of createInterface({ input: child.stdout })) {
      confirmed = Number(line);
      if (confirmed === 500) child.kill("SIGKILL");
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    expect(confirmed).toBeGreaterThanOrEqual(500);
    const database = await open();
    const { rows } = await sql<{ count: number; last: number }>`
      select count(*) as count, max(n) as last from written`.execute(database.db);
    expect(rows[0]!.last).toBeGreaterThanOrEqual(confirmed);
    expect(rows[0]!.count).toBe(rows[0]!.last + 1);
    await database.close();
  }, 90_000);

  test("says that it is lost when its thread dies, and refuses every statement after", async () => {
    const lost = Promise.withResolvers<Error>();
    const small = { maxOldGenerationSizeMb: 32 };
    const client = await PgliteClient.open({ folder: undefined, snapshot: undefined }, lost.resolve, small);
    // What a script answers is read in the thread, where it has no room.
    const script = "select 1; select i, repeat('x', 1000) as text from generate_series(1, 100000) i";
    const tooMuch = client.query(script, []);
    await expect(tooMuch).rejects.toThrow("the database thread failed");
    expect((await lost.promise).message).toBe("the database thread failed");
    await expect(client.query("select 1", [])).rejects.toThrow("the database thread failed");
    await client.close();
  });
});
