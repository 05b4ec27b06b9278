import { type Bench, oneOf, wholeNumber } from "../bench.ts";
import { Chips, type StartsDone } from "../chips/chips.ts";
import { Platform } from "../platform/platform.ts";
import type { StartTrace } from "../platform/start-traces.ts";
import { type StartSpans, spansOf } from "../start-spans.ts";
import { summarise } from "../statistics.ts";

const LIMIT_MS = 50;
const LIMIT_RATIO = 10;

export const startLatency: Bench = {
  name: "start-latency",
  description:
    "scan → verified acknowledgement under load, against the bare broker's command → ack round trip",
  options: {
    database: { description: "pglite or postgresql", default: "pglite" },
    broker: { description: "embedded or mosquitto", default: "embedded" },
    chips: { description: "chips online", default: "2000" },
    "samples-per-second": { description: "telemetry of all chips meanwhile", default: "300" },
    "samples-per-message": { description: "1 is the hardest, 6 what chips do", default: "1" },
    starts: { description: "scans measured", default: "600" },
    "starts-per-second": { description: "asked by the clock", default: "8" },
    "chip-flash": {
      description: "memory or file: a chip's flash is its own, here it would share the database's disk",
      default: "memory",
    },
    jobs: { description: "machines that are started, with the real chip program", default: "60" },
  },
  async run(options, say) {
    const database = oneOf(options, "database", ["pglite", "postgresql"]);
    const broker = oneOf(options, "broker", ["embedded", "mosquitto"]);
    const chipFlash = oneOf(options, "chip-flash", ["memory", "file"]);
    const jobs = wholeNumber(options, "jobs", 1, 400);
    const chips = wholeNumber(options, "chips", jobs, 3900);
    const load = {
      starts: wholeNumber(options, "starts", 10, 100_000),
      startsPerSecond: wholeNumber(options, "starts-per-second", 1, 1000),
      samplesPerSecond: wholeNumber(options, "samples-per-second", 0, 100_000),
      samplesPerMessage: wholeNumber(options, "samples-per-message", 1, 6),
    };
    const engine = broker === "embedded" ? "aedes" : "mosquitto";
    say(`start-latency: the bare broker, ${chips} clients (${engine})`);
    // Brings the whole server in, which neither a list nor another bench needs.
    const { measureBareRoundTrip } = await import("../peers/bare-broker.ts");
    const bare = await measureBareRoundTrip({
      engine,
      clients: chips,
      samplesPerSecond: load.samplesPerSecond,
      rounds: load.starts,
      roundsPerSecond: load.startsPerSecond,
    });

    const platform = new Platform();
    const fleet = new Chips();
    try {
      say(`start-latency: the platform on ${database}, ${broker} broker`);
      const running = await platform.start({ database, broker, jobs, otherChips: chips - jobs });
      say(`start-latency: enrolling and connecting ${chips} chips, signing ${jobs} phones in`);
      await fleet.open({ platform: running, chipFlash });
      say("start-latency: warming up");
      await fleet.runStarts({ ...load, starts: jobs });
      say(`start-latency: ${load.starts} starts, ${load.startsPerSecond} a second`);
      const done = await fleet.runStarts(load);
      const spans = joined(done, await platform.starts());
      const total = summarise(spans.map((span) => span.total));
      const isMet = total.p99 <= LIMIT_MS && total.p99 <= LIMIT_RATIO * bare.p99;
      return {
        value: total.p99,
        unit: "ms (p99)",
        peer: `bare ${engine}: command → ack round trip, same clients, telemetry and pace, p99`,
        peerValue: bare.p99,
        target: { text: `p99 ≤ ${LIMIT_MS} ms and ≤ ${LIMIT_RATIO} × the peer's`, isMet },
        parameters: { database, broker, chips, jobs, chipFlash, ...load, ...(await platform.engines()) },
        repetitions: spans.length,
        details: {
          total,
          bare,
          breakdown: breakdownOf(spans),
          outcome: {
            measured: spans.length,
            failures: done.failures,
            samplesPerSecond: Math.round(done.samplesSent / done.seconds),
            startsPerSecond: Number((load.starts / done.seconds).toFixed(2)),
          },
        },
      };
    } finally {
      await fleet.stop();
      await platform.stop();
    }
  },
};

function joined(done: StartsDone, starts: Record<string, Partial<StartTrace>>): StartSpans[] {
  const spans = done.scans.flatMap(
    (scan) => spansOf(scan, starts[scan.workSessionId], done.chips[scan.workSessionId]) ?? [],
  );
  if (spans.length < done.scans.length) {
    throw new Error(`${done.scans.length - spans.length} of ${done.scans.length} starts left no whole trace`);
  }
  if (spans.length === 0) throw new Error(`no start succeeded: ${JSON.stringify(done.failures)}`);
  return spans;
}

function breakdownOf(spans: readonly StartSpans[]): object[] {
  const names = Object.keys(spans[0]!) as (keyof StartSpans)[];
  return names.map((name) => ({ span: name, ...summarise(spans.map((span) => span[name])) }));
}
