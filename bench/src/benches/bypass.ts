import { generateCounty } from "@hanyouxu/simulator";
import { type Bench, wholeNumber } from "../bench.ts";
import { CHEATS, type Cheat, type CheatOutcome, cheatOn } from "../bypass/cheats.ts";
import { type HonestMonth, honestMonth } from "../bypass/honest-month.ts";
import { percentile, rounded } from "../statistics.ts";

const TARGET_SECONDS = 120;
/** A Monday, 08:00 in Shanghai. */
const START_MS = Date.UTC(2026, 8, 7);

function summary(outcomes: readonly CheatOutcome[]) {
  const sorted = outcomes.flatMap(({ seconds }) => (seconds === null ? [] : [seconds])).sort((a, b) => a - b);
  return {
    cases: outcomes.length,
    within120s: sorted.filter((seconds) => seconds <= TARGET_SECONDS).length,
    missed: outcomes.length - sorted.length,
    p50Seconds: rounded(percentile(sorted, 0.5)),
    p95Seconds: rounded(percentile(sorted, 0.95)),
    maxSeconds: rounded(sorted.at(-1) ?? 0),
    byCurrent: outcomes.filter(({ kind }) => kind === "bypass-suspected").length,
    byEnergy: outcomes.filter(({ kind }) => kind === "energy-unaccounted").length,
  };
}

export const bypass: Bench = {
  name: "bypass",
  description: "welding past the relay found by the chip, and false alarms in months of honest work",
  options: {
    seeds: { description: "cases of each way to cheat", default: "50" },
    machines: { description: "with a month of honest work each", default: "4" },
    days: { description: "of that month", default: "30" },
  },
  async run(options, say) {
    const seeds = wholeNumber(options, "seeds", 1, 10_000);
    const machines = wholeNumber(options, "machines", 1, 1_000);
    const days = wholeNumber(options, "days", 1, 366);
    const county = generateCounty(1, "2026-09-07");
    const machineOf = (index: number) => county.machines[(index * 7) % county.machines.length]!;
    const found = new Map<Cheat, CheatOutcome[]>();
    for (const cheat of CHEATS) {
      const outcomes = Array.from({ length: seeds }, (_, seed) =>
        cheatOn(machineOf(seed), cheat, seed, START_MS),
      );
      found.set(cheat, outcomes);
      say(`bypass: ${cheat}: ${JSON.stringify(summary(outcomes))}`);
    }
    const months: HonestMonth[] = [];
    for (let index = 0; index < machines; index++) {
      months.push(honestMonth(machineOf(index), index, START_MS, days));
      say(`bypass: honest machine ${index + 1} of ${machines}: ${JSON.stringify(months.at(-1))}`);
    }
    const sum = (key: keyof HonestMonth) => months.reduce((total, month) => total + month[key], 0);
    const all = summary([...found.values()].flat());
    return {
      value: sum("falseAlarms"),
      unit: `false alarms in ${machines} machines × ${days} days`,
      peer: "any current of 5 A in the newest reading while the relay is open",
      peerValue: sum("peerFalseAlarms"),
      target: {
        text: `none, and every cheat told within ${TARGET_SECONDS} s of its first arc or of the chip's return`,
        isMet: sum("falseAlarms") === 0 && all.within120s === all.cases,
      },
      parameters: { seeds, machines, days, idleSecondsBetweenReadings: 15, sensorNoiseAmps: 0.8 },
      repetitions: 1,
      details: {
        all,
        ...Object.fromEntries([...found].map(([cheat, outcomes]) => [cheat, summary(outcomes)])),
        honest: {
          sessions: sum("sessions"),
          arcHours: rounded(sum("arcHours")),
          powerCuts: sum("powerCuts"),
        },
      },
    };
  },
};
