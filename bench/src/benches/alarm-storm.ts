import { type Bench, oneOf, wholeNumber } from "../bench.ts";
import { Chips } from "../chips/chips.ts";
import { ALARMS_OF_A_CHIP, type StormEvent } from "../chips/storm.ts";
import { Desk, type DeskSaw } from "../desk/desk.ts";
import { Platform } from "../platform/platform.ts";
import { summarise } from "../statistics.ts";
import { monotonicMs } from "../worker.ts";

const LIMIT_MS = 1_000;
/** What a person's phone may do within the hour of a storm: `telling/plan.ts` says why. */
const MOST_OTHERS = 6;
const MOST_DANGERS_IN_TEN_MINUTES = 10;
const PATIENCE_MS = 120_000;

export const alarmStorm: Bench = {
  name: "alarm-storm",
  description:
    "alarms of chips all at once: event → at an open desk, against one INSERT and one broadcast an event",
  options: {
    database: { description: "pglite or postgresql", default: "postgresql" },
    chips: { description: "chips that raise them, ten different ones each", default: "1000" },
    alarms: { description: "raised in all", default: "10000" },
    seconds: { description: "over which they come, evenly", default: "60" },
  },
  async run(options, say) {
    const database = oneOf(options, "database", ["pglite", "postgresql"]);
    const chips = wholeNumber(options, "chips", 1, 3900);
    const alarms = wholeNumber(options, "alarms", 1, chips * ALARMS_OF_A_CHIP);
    const seconds = wholeNumber(options, "seconds", 1, 3600);

    say(`alarm-storm: one INSERT and one broadcast an event on ${database}`);
    // Brings the whole server in, which neither a list nor another bench needs.
    const { measureNaiveAlarms } = await import("../peers/naive-alarms.ts");
    const naive = await measureNaiveAlarms({ database, clients: chips, alarms, seconds });

    const platform = new Platform();
    const fleet = new Chips();
    const desk = new Desk();
    try {
      say(`alarm-storm: the platform on ${database}`);
      const running = await platform.start({ database, broker: "embedded", jobs: 1, otherChips: chips });
      await platform.giveStaffPhones();
      say(`alarm-storm: enrolling and connecting ${chips} chips`);
      await fleet.open({ platform: running, chipFlash: "memory" });
      await desk.open(running.url);
      const before = await platform.ingestBatches();
      say(`alarm-storm: ${alarms} alarms in ${seconds} s`);
      const startedMs = monotonicMs();
      const sent = await fleet.storm({ alarms, seconds });
      const acceptedSeconds = (monotonicMs() - startedMs) / 1000;
      await until(async () => (await desk.count()) >= alarms);
      const after = await platform.ingestBatches();
      const saw = await desk.saw();
      await until(async () => (await platform.toldOfAlarms()).undecided === 0);
      const told = await platform.toldOfAlarms();
      const shown = latencies(sent, saw);
      const { most } = told;
      const isBounded = most.others <= MOST_OTHERS && most.dangers <= MOST_DANGERS_IN_TEN_MINUTES;
      const isWhole = told.alarms === alarms && shown.all.length === alarms;
      if (!isWhole) throw new Error(`${alarms} sent, ${told.alarms} stored, ${shown.all.length} shown`);
      const total = summarise(shown.all);
      return {
        value: total.p99,
        unit: "ms (p99)",
        peer: `bare Aedes, one INSERT into ${database} and one broadcast an event: event → desk, same pace, p99`,
        peerValue: naive.p99,
        target: {
          text: `p99 ≤ ${LIMIT_MS} ms, nothing lost, dangers first, at most ${MOST_DANGERS_IN_TEN_MINUTES} dangers and ${MOST_OTHERS} others ring for one person`,
          isMet: total.p99 <= LIMIT_MS && isBounded && saw.dangersNotFirst === 0,
        },
        parameters: { database, chips, alarms, seconds, ...(await platform.engines()) },
        repetitions: 1,
        details: {
          shown: total,
          dangers: summarise(shown.dangers),
          naive,
          acceptedSeconds: Number(acceptedSeconds.toFixed(1)),
          stored: told.alarms,
          batches: {
            count: after.count - before.count,
            meanMs:
              (after.meanMs * after.count - before.meanMs * before.count) / (after.count - before.count),
          },
          desk: {
            messages: saw.messages,
            mostAtOnce: saw.mostAtOnce,
            mostWaiting: saw.mostWaiting,
            dangersNotFirst: saw.dangersNotFirst,
            renewal: summarise(saw.renewalsMs),
            acknowledgement: summarise(saw.acknowledgementsMs),
            refused: saw.refused,
          },
          told: { people: told.people, messages: told.messages, most },
        },
      };
    } finally {
      await desk.stop();
      await fleet.stop();
      await platform.stop();
    }
  },
};

function latencies(sent: readonly StormEvent[], saw: DeskSaw): { all: number[]; dangers: number[] } {
  const seen = new Map(saw.alarms.map((alarm) => [alarm.key, alarm]));
  const found = sent.flatMap(({ key, sentAtMs }) => {
    const alarm = seen.get(key);
    return alarm ? [{ millis: alarm.seenAtMs - sentAtMs, isDanger: alarm.severity === "danger" }] : [];
  });
  return {
    all: found.map(({ millis }) => millis),
    dangers: found.filter(({ isDanger }) => isDanger).map(({ millis }) => millis),
  };
}

/** What does not come is counted afterwards, not waited for. */
async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const giveUpAtMs = monotonicMs() + PATIENCE_MS;
  while (!(await isTrue()) && monotonicMs() < giveUpAtMs) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
