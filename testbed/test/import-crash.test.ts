import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ApiClient, type BulkImport, importRoutes, machineRoutes } from "@hanyouxu/api";
import { withCookies } from "@hanyouxu/simulator";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { uploadSheet, workbookOf } from "../src/import-sheets.ts";
import { layCounty } from "../src/laid-county.ts";
import { demoRegulator } from "../src/regulator.ts";
import { type System, startSystem } from "../src/system.ts";

const ROWS = 12_000;
const BAD_ROWS = 20;
const WAIT = { timeout: 120_000, interval: 20 };

describe.each(["embedded", "server"] as const)("an import in %s mode", (mode) => {
  let dir: string;
  let system: System;
  let api: ApiClient;
  let fetch: typeof globalThis.fetch;
  let file: Uint8Array<ArrayBuffer>;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "hanyouxu-import-crash-"));
    system = await startSystem({
      ...(await layCounty(dir, mode)),
      mode,
      server: "process",
      environment: { HY_LOG_LEVEL: "info" },
    });
    fetch = withCookies(globalThis.fetch);
    api = await demoRegulator(system.url, fetch);
    const { uscc } = system.county.enterprises[0]!;
    file = await workbookOf(
      ["焊机名称", "型号", "工艺", "所属单位统一社会信用代码", "出厂编号"],
      Array.from({ length: ROWS }, (_, n) => [
        `演示批量焊机 ${n}`,
        "ZX7-400",
        n % (ROWS / BAD_ROWS) === 7 ? "杂耍" : "焊条电弧焊",
        uscc,
        `CRASH-${n}`,
      ]),
    );
  }, 180_000);
  afterAll(async () => {
    await system?.[Symbol.asyncDispose]();
    await rm(dir, { recursive: true, force: true });
  }, 60_000);

  const now = async (importId: string) => await api.call(importRoutes.getImport, { params: { importId } });
  const until = async (importId: string, holds: (item: BulkImport) => boolean) =>
    await vi.waitFor(async () => {
      const item = await now(importId);
      expect(holds(item)).toBe(true);
      return item;
    }, WAIT);
  const machinesIn = async () =>
    (await api.call(machineRoutes.listMachines, { query: { text: "演示批量焊机", pageSize: 1 } })).total;
  const crash = async () => {
    await system.serverProcess!.kill9();
    await system.serverProcess!.restart();
  };

  test("that is cut off by SIGKILL while it is checked and again while it is written is done once, whole", async () => {
    const { importId } = await uploadSheet(system.url, fetch, "machines", file);
    const cutOff = await until(importId, ({ rowsDone }) => rowsDone > 0);
    expect(cutOff.status).toBe("checking");
    await crash();
    expect(await machinesIn()).toBe(0);
    const checked = await until(importId, ({ status }) => status === "checked");
    expect(checked).toMatchObject({ rowsTotal: ROWS, rowsBad: BAD_ROWS, toInsert: ROWS - BAD_ROWS });
    expect(await machinesIn()).toBe(0);

    await api.call(importRoutes.applyImport, { params: { importId }, body: { mode: "skip-bad-rows" } });
    await until(importId, ({ status }) => status === "applying");
    await crash();
    expect([0, ROWS - BAD_ROWS]).toContain(await machinesIn());
    await until(importId, ({ status }) => status === "applied");
    expect(await machinesIn()).toBe(ROWS - BAD_ROWS);

    const again = await uploadSheet(system.url, fetch, "machines", file);
    const same = await until(again.importId, ({ status }) => status === "checked");
    expect(same).toMatchObject({ toInsert: 0, toUpdate: 0, unchanged: ROWS - BAD_ROWS, rowsBad: BAD_ROWS });
  }, 300_000);
});
