import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ApiClient, type BulkImport, importRoutes } from "@hanyouxu/api";
import { type Bench, oneOf, wholeNumber } from "../bench.ts";
import { peakRssMiB, resetPeakRss, watchAnswers } from "../import/watch-server.ts";
import { badCells, HEADS, welderRows } from "../import/welder-rows.ts";
import { monotonicMs } from "../worker.ts";

const MOST_MIB = 500;

export const bulkImport: Bench = {
  name: "import",
  description:
    "rows a second of a sheet of welders from upload to commit, against the bare parse of the same sheet",
  options: {
    database: { description: "pglite or postgresql", default: "postgresql" },
    rows: { description: "rows of twelve columns", default: "50000" },
    "bad-rows": { description: "of them with one error each", default: "200" },
  },
  async run(options, say) {
    const database = oneOf(options, "database", ["pglite", "postgresql"]);
    const rows = wholeNumber(options, "rows", 100, 50_000);
    const badRows = wholeNumber(options, "bad-rows", 0, Math.floor(rows / 2));
    // Brings the whole server in, which a list of benches does not need.
    const { openSheet } = await import("@hanyouxu/server");
    const { withCookies } = await import("@hanyouxu/simulator");
    const { demoRegulator, startSystem, uploadSheet, workbookOf } = await import("@hanyouxu/testbed");

    const dir = mkdtempSync(join(tmpdir(), "hanyouxu-bench-"));
    say(`import: the platform on ${database}`);
    const system = await startSystem({
      dir,
      database,
      broker: "embedded",
      server: "process",
      environment: { HY_LOG_LEVEL: "info" },
    });
    try {
      const { uscc } = system.county.enterprises[0]!;
      const region = system.county.enterprises[0]!.townshipCode;
      const file = await workbookOf(HEADS, welderRows({ rows, badRows, uscc, region }));
      say(`import: a workbook of ${rows} rows, ${file.length} bytes`);

      const parseBeganMs = monotonicMs();
      const sheet = await openSheet(file, "xlsx", rows);
      const parseMs = monotonicMs() - parseBeganMs;
      if (sheet.rowCount !== rows + 1) throw new Error(`the bare parse found ${sheet.rowCount} rows`);

      const fetch = withCookies(globalThis.fetch);
      const api = await demoRegulator(system.url, fetch);
      const pid = system.serverProcess!.pid;
      const first = await watched(pid, system.url, async () => {
        const beganMs = monotonicMs();
        const { importId } = await uploadSheet(system.url, fetch, "welders", file);
        const checked = await until(api, importId, "checked");
        const checkedMs = monotonicMs();
        await requireIssues(api, importId, badCells(rows, badRows));
        const decidedMs = monotonicMs();
        await api.call(importRoutes.applyImport, { params: { importId }, body: { mode: "skip-bad-rows" } });
        const applied = await until(api, importId, "applied");
        expectCounts(checked, { rowsBad: badRows, toInsert: rows - badRows, unchanged: 0 });
        expectCounts(applied, { rowsBad: badRows, toInsert: rows - badRows, unchanged: 0 });
        return { checkMs: checkedMs - beganMs, applyMs: monotonicMs() - decidedMs };
      });
      say("import: the same file again");
      const second = await watched(pid, system.url, async () => {
        const beganMs = monotonicMs();
        const { importId } = await uploadSheet(system.url, fetch, "welders", file);
        const checked = await until(api, importId, "checked");
        expectCounts(checked, { rowsBad: badRows, toInsert: 0, toUpdate: 0, unchanged: rows - badRows });
        return { checkMs: monotonicMs() - beganMs };
      });
      const totalMs = first.result.checkMs + first.result.applyMs;
      return {
        value: rows / (totalMs / 1000),
        unit: "rows/s",
        peer: "bare parse of the same workbook in its thread: nothing checked, nothing stored",
        peerValue: rows / (parseMs / 1000),
        target: {
          text: `< ${MOST_MIB} MiB of the server process on PostgreSQL`,
          isMet: database !== "postgresql" || Math.max(first.peakMiB, second.peakMiB) < MOST_MIB,
        },
        parameters: { database, rows, columns: HEADS.length, badRows, fileBytes: file.length },
        repetitions: 1,
        details: {
          firstTime: { ...first.result, peakRssMiB: first.peakMiB, answers: first.answers },
          sameFileAgain: { ...second.result, peakRssMiB: second.peakMiB, answers: second.answers },
          found: `${badRows} of ${badRows} bad cells named by row and column; ${rows - badRows} rows in; again: 0 new`,
        },
      };
    } finally {
      await system[Symbol.asyncDispose]();
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

async function watched<Result>(pid: number, url: string, work: () => Promise<Result>) {
  resetPeakRss(pid);
  const watch = watchAnswers(url);
  try {
    const result = await work();
    return { result, peakMiB: peakRssMiB(pid), answers: await watch.stop() };
  } finally {
    await watch.stop();
  }
}

async function until(api: ApiClient, importId: string, status: BulkImport["status"]): Promise<BulkImport> {
  for (;;) {
    const item = await api.call(importRoutes.getImport, { params: { importId } });
    if (item.status === status) return item;
    if (!["checking", "applying", "checked"].includes(item.status))
      throw new Error(`the import is ${item.status}: ${item.problem?.message}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Every bad cell is named by row and column, and no other. */
async function requireIssues(api: ApiClient, importId: string, expected: readonly string[]): Promise<void> {
  const found: string[] = [];
  for (let page = 1; ; page++) {
    const { items, total } = await api.call(importRoutes.listImportIssues, {
      params: { importId },
      query: { page, pageSize: 200 },
    });
    found.push(...items.map(({ row, column }) => `${row} ${column}`));
    if (found.length >= total) break;
  }
  if (found.join("\n") !== expected.join("\n"))
    throw new Error(`the errors found are not those made: ${found.slice(0, 5)} … ${expected.slice(0, 5)}`);
}

function expectCounts(item: BulkImport, counts: Partial<BulkImport>): void {
  for (const [name, value] of Object.entries(counts)) {
    const found = item[name as keyof BulkImport];
    if (found !== value) throw new Error(`${name} is ${found}, not ${value}`);
  }
}
