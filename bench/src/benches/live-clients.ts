import { type Bench, oneOf, wholeNumber } from "../bench.ts";
import { Watchers, type WatchersSaw } from "../map/watchers.ts";
import { type BusyMs, Platform } from "../platform/platform.ts";
import { rounded } from "../statistics.ts";
import { monotonicMs } from "../worker.ts";

const TARGET_PERCENT = 10;
const SETTLING_SECONDS = 5;
/** What the former socket sent of a machine. */
const asJson = (index: number) => ({
  id: `0198c0de-0000-7000-8000-${index.toString(16).padStart(12, "0")}`,
  name: `演示${index}号焊机`,
  longitudeDegrees: 119.8 + index / 1e5,
  latitudeDegrees: 28.9,
  state: "arcing",
  isMobile: false,
  currentAmps: 100 + (index % 100),
});

export const liveClients: Bench = {
  name: "live-clients",
  description:
    "open map pages: how much of a core the server spends on them, against JSON of every change made for each",
  options: {
    database: { description: "pglite or postgresql", default: "postgresql" },
    clients: { description: "open map pages", default: "500" },
    moves: { description: "machines that move each second", default: "400" },
    seconds: { description: "measured without pages, with them, and without them again", default: "30" },
  },
  async run(options, say) {
    const database = oneOf(options, "database", ["pglite", "postgresql"]);
    const clients = wholeNumber(options, "clients", 1, 5_000);
    const moves = wholeNumber(options, "moves", 1, 4_000);
    const seconds = wholeNumber(options, "seconds", 5, 3_600);
    const platform = new Platform();
    const watchers = new Watchers();
    try {
      say(`live-clients: the platform on ${database}`);
      const { url } = await platform.start({ database, broker: "embedded", jobs: 1, otherChips: 0 });
      const machines = await platform.fitAllMachines();
      await moving(platform, moves, SETTLING_SECONDS);
      say("live-clients: without pages");
      const before = await moving(platform, moves, seconds);
      say(`live-clients: ${clients} pages`);
      await watchers.open({ url, clients });
      await moving(platform, moves, SETTLING_SECONDS);
      const sawBefore = await watchers.saw();
      const watched = await moving(platform, moves, seconds);
      const saw = await watchers.saw();
      const told = differenceOf(sawBefore, saw);
      if (saw.gaps > 0 || saw.closed > 0 || told.frames === 0)
        throw new Error(`told ${JSON.stringify(told)}, in all ${JSON.stringify(saw)}`);
      await watchers.close();
      await moving(platform, moves, SETTLING_SECONDS);
      say("live-clients: without pages once more");
      const after = await moving(platform, moves, seconds);
      // Other work on the machine changes what the same work costs: what stands on both sides is told apart from it.
      const spent = (of: keyof BusyMs) => watched[of] - (before[of] + after[of]) / 2;
      const percent = spent("process");
      const spread = Math.abs(before.process - after.process);
      return {
        value: rounded(percent),
        unit: "% of a core, of the server's whole process",
        peer: "JSON of all changed machines made once for each page, as before, and not even sent",
        peerValue: rounded(jsonPercent(clients, moves)),
        target: { text: `≤ ${TARGET_PERCENT} % of a core for 500 pages`, isMet: percent <= TARGET_PERCENT },
        parameters: { database, clients, moves, seconds, machines },
        repetitions: 1,
        details: {
          processPercent: {
            before: rounded(before.process),
            with: rounded(watched.process),
            after: rounded(after.process),
          },
          threadPercent: {
            before: rounded(before.thread),
            with: rounded(watched.thread),
            after: rounded(after.thread),
          },
          pagesPercentOfThread: rounded(spent("thread")),
          /** Of the two measurements without pages: a figure that is not larger says nothing. */
          spreadWithoutPages: rounded(spread),
          perPageAndSecond: {
            bytes: rounded(told.bytes / clients / seconds),
            frames: rounded(told.frames / clients / seconds),
            machines: rounded(told.machines / clients / seconds),
          },
          gaps: saw.gaps,
        },
      };
    } finally {
      await watchers.stop();
      await platform.stop();
    }
  },
};

/** Percent of a core that the server was at work while machines moved. */
async function moving(platform: Platform, moves: number, seconds: number): Promise<BusyMs> {
  const beganMs = monotonicMs();
  const before = await platform.busy();
  for (let second = 1; second <= seconds; second++) {
    await platform.moveMachines(moves);
    const restMs = beganMs + second * 1_000 - monotonicMs();
    if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs));
  }
  const after = await platform.busy();
  const spentMs = monotonicMs() - beganMs;
  const percent = (of: keyof BusyMs) => ((after[of] - before[of]) / spentMs) * 100;
  return { thread: percent("thread"), process: percent("process") };
}

function jsonPercent(clients: number, moves: number): number {
  const changed = Array.from({ length: moves }, (_, index) => asJson(index));
  const make = () => {
    let bytes = 0;
    for (let client = 0; client < clients; client++) bytes += JSON.stringify({ machines: changed }).length;
    return bytes;
  };
  make();
  const beganMs = monotonicMs();
  make();
  return ((monotonicMs() - beganMs) / 1_000) * 100;
}

function differenceOf(before: WatchersSaw, after: WatchersSaw): WatchersSaw {
  const entries = Object.entries(after).map(([name, value]) => [
    name,
    value - before[name as keyof WatchersSaw],
  ]);
  return Object.fromEntries(entries);
}
