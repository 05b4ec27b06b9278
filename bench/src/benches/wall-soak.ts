import { type Bench, UsageError, wholeNumber } from "../bench.ts";
import { leastSquaresSlope } from "../statistics.ts";

/** Grown by so little, a wall that is loaded anew every night never fills a browser. */
const MOST_KIB_AN_HOUR = 64;
/** Until then the browser compiles what runs often, and keeps that beside what it was compiled from. */
const SETTLING_ANSWERS = 700;
const LOOK_EVERY_HOURS = 2;
const LEAST_LOOKS = 4;
/** It took so long to be drawn; and where the hour at which it began comes round again, it would load itself anew. */
const SHORT_OF_A_DAY_SECONDS = 180;

export const wallSoak: Bench = {
  name: "wall-soak",
  description:
    "a wall screen open for a day of changing figures: heap after garbage collection along the way",
  options: {
    hours: { description: "of the page's own clock", default: "24" },
    "step-seconds": { description: "of it between two answers", default: "30" },
  },
  async run(options, say) {
    const hours = wholeNumber(options, "hours", LEAST_LOOKS * LOOK_EVERY_HOURS, 24);
    const stepSeconds = wholeNumber(options, "step-seconds", 3, 600);
    const settlingHours = (SETTLING_ANSWERS * stepSeconds) / 3_600;
    if (hours - settlingHours < LEAST_LOOKS * LOOK_EVERY_HOURS)
      throw new UsageError(
        `--hours ${hours} with --step-seconds ${stepSeconds} leave too little after ${SETTLING_ANSWERS} answers`,
      );
    // Brings the whole server and a browser in, which neither a list nor another bench needs.
    const { OpenWall } = await import("../wall/open-wall.ts");
    say("wall-soak: the platform and a page");
    await using wall = await OpenWall.open();
    const stepsAnHour = Math.floor(3_600 / stepSeconds);
    const looks = [await wall.measure()];
    for (let hour = 1; hour <= hours; hour++) {
      const steps = hour === 24 ? Math.floor((3_600 - SHORT_OF_A_DAY_SECONDS) / stepSeconds) : stepsAnHour;
      for (let step = 0; step < steps; step++) await wall.step(stepSeconds);
      if (hour % LOOK_EVERY_HOURS !== 0) continue;
      const look = await wall.measure();
      looks.push(look);
      say(
        `wall-soak: hour ${hour}: heap ${look.heapKib} KiB, ${look.nodes} nodes, ${look.listeners} listeners, ${look.answers} answers`,
      );
    }
    const timed = looks.map((look, index) => ({ ...look, hour: index * LOOK_EVERY_HOURS }));
    const late = timed.filter(({ answers }) => answers >= SETTLING_ANSWERS);
    const slope = leastSquaresSlope(late.map(({ hour, heapKib }) => [hour, heapKib] as const));
    const anAnswer = leastSquaresSlope(late.map(({ answers, heapKib }) => [answers, heapKib] as const));
    const [first, last] = [late[0]!, late.at(-1)!];
    return {
      value: Math.round(slope * 10) / 10,
      unit: "KiB of heap an hour",
      peer: `the same page's heap after ${SETTLING_ANSWERS} answers, KiB`,
      peerValue: first.heapKib,
      target: {
        text: `at most ${MOST_KIB_AN_HOUR} KiB an hour, no more nodes and listeners at the end than a tenth above those after ${SETTLING_ANSWERS} answers`,
        isMet:
          slope <= MOST_KIB_AN_HOUR &&
          last.nodes <= first.nodes * 1.1 &&
          last.listeners <= first.listeners * 1.1,
      },
      parameters: { hours, stepSeconds, browser: wall.browser },
      repetitions: 1,
      details: { bytesAnAnswer: Math.round(anAnswer * 1_024), looks: timed },
    };
  },
};
