import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Bench, oneOf, wholeNumber } from "../bench.ts";
import { summarise } from "../statistics.ts";
import { monotonicMs } from "../worker.ts";

const TARGET_MS = 300;
/** Townships of 88 counties. The whole has 49,000 firms with 153,000 machines and 280,000 welders. */
const SIZES = {
  whole: {
    prefectures: 11,
    countiesEach: 8,
    townshipsEach: 15,
    firmsPerTownship: 49_000 / 1_320,
    machinesPerFirm: 153 / 49,
    weldersPerFirm: 280 / 49,
  },
  small: {
    prefectures: 11,
    countiesEach: 8,
    townshipsEach: 3,
    firmsPerTownship: 12,
    machinesPerFirm: 4,
    weldersPerFirm: 3,
  },
} as const;
/** As deploy/postgresql/hanyouxu.conf, for a machine that other things run on as well. */
const TUNING = {
  shared_buffers: "1GB",
  work_mem: "16MB",
  maintenance_work_mem: "512MB",
  max_wal_size: "4GB",
  random_page_cost: "1.1",
  jit: "off",
};
const everywhere = { everywhere: true, regions: [], enterprises: [] } as const;

/** A year of a province: questions answered from what is kept counted, and straight from the rows. */
export const statistics: Bench = {
  name: "statistics",
  description: "questions over a year of a simulated province, against the same questions over the raw rows",
  options: {
    size: { description: "of the province: whole (153,000 machines) or small (12,672)", default: "whole" },
    sessions: { description: "work sessions of the year", default: "7072750" },
    rounds: { description: "of twelve questions each", default: "25" },
    "peer-rounds": { description: "of the same over the rows", default: "3" },
    seed: { description: "of the province", default: "1" },
    folder: {
      description: "a loaded and counted database is kept here and used again; empty: none",
      default: "",
    },
  },
  async run(options, say) {
    const sessions = wholeNumber(options, "sessions", 1_000, 20_000_000);
    const rounds = wholeNumber(options, "rounds", 1, 1_000);
    const peerRounds = wholeNumber(options, "peer-rounds", 1, 100);
    const size = oneOf(options, "size", ["whole", "small"]);
    const seed = wholeNumber(options, "seed", 0, 1_000_000);
    // Bring the whole server in, which a list of benches does not need.
    const { answerQuestion, createLogger, createSecrets, keepCounts, loadConfig, openStore } = await import(
      "@hanyouxu/server"
    );
    const { provinceYear } = await import("@hanyouxu/simulator");
    const { startPostgres } = await import("@hanyouxu/testbed");
    const { loadProvince, vacuum } = await import("../province/load-province.ts");
    const { keptOrLoaded } = await import("../province/kept-folder.ts");
    const { yearQuestions } = await import("../province/year-questions.ts");
    const dir = mkdtempSync(join(tmpdir(), "hanyouxu-bench-"));
    createSecrets(join(dir, "secrets"));
    const postgres = await startPostgres(TUNING, { keptFolder: options.folder || undefined });
    const config = loadConfig({ HY_DATA_DIR: dir, HY_DATABASE: postgres.url });
    const { store, close } = await openStore(config, createLogger("error"));
    try {
      const province = provinceYear(seed, {
        ...SIZES[size],
        sessions,
      });
      say(`statistics: ${province.machines.length} machines, ${sessions} sessions`);
      const loadBeganMs = monotonicMs();
      const load = () => loadProvince(store, province, say);
      const { isKept, stored } = await keptOrLoaded(options.folder!, { size, sessions, seed }, load);
      const loadSeconds = secondsSince(loadBeganMs);
      say("statistics: counting what has not been counted");
      const countBeganMs = monotonicMs();
      const ctx = { ...store, config };
      await keepCounts(ctx);
      const firstCountSeconds = secondsSince(countBeganMs);
      await vacuum(store.db);
      const ours = new Map<string, number[]>();
      const peers = new Map<string, number[]>();
      const told = new Map<string, number>();
      for (let round = 0; round < rounds; round++) {
        for (const { name, question } of yearQuestions) {
          const beganMs = monotonicMs();
          const { rows } = await answerQuestion(ctx, question, () => everywhere);
          push(ours, name, monotonicMs() - beganMs);
          told.set(name, sum(rows.map(({ figures }) => figures[0]!.value)));
        }
      }
      // Afterwards: it reads millions of rows through the same memory, which nobody's questions do.
      for (let round = 0; round < peerRounds; round++) {
        for (const { name, peer } of yearQuestions) {
          const beganMs = monotonicMs();
          const direct = (await peer.execute(store.db)).rows;
          push(peers, name, monotonicMs() - beganMs);
          const counted = sum(direct.map(({ value }) => value));
          if (told.get(name) !== counted)
            throw new Error(`${name}: ${told.get(name)} is told, ${counted} is counted from the rows`);
        }
      }
      const all = summarise([...ours.values()].flat());
      return {
        value: all.p99,
        unit: "ms a question (p99)",
        peer: "PostgreSQL, the same questions over the raw rows (p99)",
        peerValue: summarise([...peers.values()].flat()).p99,
        target: { text: `p99 ≤ ${TARGET_MS} ms over a year`, isMet: all.p99 <= TARGET_MS },
        parameters: {
          sessions: stored.sessions,
          decisions: stored.decisions,
          machines: province.machines.length,
          townships: province.regions.filter(({ code }) => code.length > 6).length,
          seed,
          database: "postgresql",
        },
        repetitions: rounds,
        details: {
          isKeptFolder: isKept,
          loadSeconds,
          firstCountSeconds,
          ours: all,
          questions: yearQuestions.map(({ name }) => ({
            name,
            ours: summarise(ours.get(name)!).p50,
            oursP99: summarise(ours.get(name)!).p99,
            peer: summarise(peers.get(name)!).p50,
          })),
        },
      };
    } finally {
      await close();
      await postgres.stop();
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

const secondsSince = (beganMs: number): number => Math.round(monotonicMs() - beganMs) / 1000;

function push(times: Map<string, number[]>, name: string, millis: number): void {
  times.set(name, [...(times.get(name) ?? []), millis]);
}

function sum(values: readonly (number | null)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}
