import { classifyMovement, dayPlaces } from "@hanyouxu/server";
import { generateCounty, metresBetween, type Track, trackOf } from "@hanyouxu/simulator";
import { type Bench, wholeNumber } from "../bench.ts";
import { rounded } from "../statistics.ts";

const TARGET = 0.95;
const FAR_METRES = 500;
const START_MS = Date.UTC(2026, 1, 1) - 8 * 3_600_000;
const DAY_MS = 86_400_000;

interface Score {
  precision: number;
  recall: number;
  found: number;
  wrong: number;
  missed: number;
}

function score(verdicts: readonly { truth: boolean; said: boolean }[]): Score {
  const count = (truth: boolean, said: boolean) =>
    verdicts.filter((verdict) => verdict.truth === truth && verdict.said === said).length;
  const [found, wrong, missed] = [count(true, true), count(false, true), count(true, false)];
  return {
    precision: rounded(found / Math.max(1, found + wrong)),
    recall: rounded(found / Math.max(1, found + missed)),
    found,
    wrong,
    missed,
  };
}

/** The peer: mobile is who was ever farther than this from its registered home. */
function wasEverFar(track: Track, home: Parameters<typeof metresBetween>[0]): boolean {
  return track.some(({ fixes }) => fixes.some((fix) => metresBetween(home, fix) > FAR_METRES));
}

export const mobileMachines: Bench = {
  name: "mobile-machines",
  description:
    "mobile machines found from weeks of tracks of the whole county against the plain distance from home",
  options: {
    days: { description: "days of tracks", default: "28" },
    minutes: { description: "between two fixes", default: "30" },
    seed: { description: "of the county and its tracks", default: "1" },
  },
  async run(options, say) {
    const days = wholeNumber(options, "days", 14, 90);
    const everyMinutes = wholeNumber(options, "minutes", 5, 60);
    const seed = wholeNumber(options, "seed", 0, 1_000_000);
    const { machines } = generateCounty(seed, "2026-03-01");
    const ours: { truth: boolean; said: boolean }[] = [];
    const peer: typeof ours = [];
    let fixes = 0;
    let undecided = 0;
    let classifyNs = 0n;
    for (const machine of machines) {
      const track = trackOf(machine, seed, { startMs: START_MS, days, everyMinutes });
      fixes += track.reduce((sum, day) => sum + day.fixes.length, 0);
      const beganNs = process.hrtime.bigint();
      const { isMobile } = classifyMovement(
        track.map((one) => ({
          day: new Date(START_MS + one.day * DAY_MS + DAY_MS / 2).toISOString().slice(0, 10),
          places: dayPlaces(one.fixes),
        })),
      );
      classifyNs += process.hrtime.bigint() - beganNs;
      if (isMobile === null) undecided++;
      ours.push({ truth: machine.isMobile, said: isMobile === true });
      peer.push({ truth: machine.isMobile, said: wasEverFar(track, machine.home) });
      if (ours.length % 1000 === 0) say(`mobile-machines: ${ours.length} of ${machines.length}`);
    }
    const [own, other] = [score(ours), score(peer)];
    return {
      value: Math.min(own.precision, own.recall),
      unit: "the lower of precision and recall",
      peer: `ever more than ${FAR_METRES} m from the registered home`,
      peerValue: Math.min(other.precision, other.recall),
      target: {
        text: `precision and recall ≥ ${TARGET}`,
        isMet: own.precision >= TARGET && own.recall >= TARGET,
      },
      parameters: { machines: machines.length, days, everyMinutes, seed, fixes },
      repetitions: 1,
      details: {
        classifier: { ...own, undecided },
        peer: other,
        classifyMillisecondsPerMachine: rounded(Number(classifyNs) / 1e6 / machines.length),
      },
    };
  },
};
