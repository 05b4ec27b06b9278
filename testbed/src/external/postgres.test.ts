import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Postgres, startPostgres } from "./postgres.ts";

const psql = async (url: string, sql: string) => {
  const { stdout } = await promisify(execFile)("psql", ["-X", "-A", "-t", "-d", url, "-c", sql]);
  return stdout.trim();
};

describe("the PostgreSQL of the testbed", () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  it("is version 15, syncs to disk and listens on loopback only", async () => {
    expect(await psql(postgres.url, "show server_version")).toMatch(/^15\./);
    expect(await psql(postgres.url, "show fsync")).toBe("on");
    expect(await psql(postgres.url, "show listen_addresses")).toBe("127.0.0.1");
  });

  it("has what was committed after it was killed and started again", async () => {
    await psql(postgres.url, "create table kept (n int); insert into kept select generate_series(1, 1000)");
    await postgres.kill9();
    await expect(psql(postgres.url, "select 1")).rejects.toThrow();
    await postgres.restart();
    expect(await psql(postgres.url, "select count(*) from kept")).toBe("1000");
  });

  it("has in a kept folder what an earlier server left there", async () => {
    const folder = await mkdtemp(join(tmpdir(), "hanyouxu-kept-"));
    try {
      const earlier = await startPostgres({}, { keptFolder: folder });
      await psql(earlier.url, "create table kept (n int); insert into kept values (7)");
      await earlier.stop();
      const later = await startPostgres({}, { keptFolder: folder });
      expect(await psql(later.url, "select n from kept")).toBe("7");
      await later.stop();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
