import { type Bench, wholeNumber } from "../bench.ts";
import { leastSquaresSlope } from "../statistics.ts";

/** Grown by so little, a wall that is loaded anew every night never fills a browser. */
const MOST_KIB_AN_HOUR = 64;
/** The first hours fill caches of the page and of the browser. */
const SETTLING_HOURS = 4;
const LOOK_EVERY_HOURS = 2;

export const wallSoak: Bench = {
  name: "wall-soak",
  description:
    "a wall screen open for a day of changing figures: heap after garbage collection along the way",
  options: {
    hours: { description: "of the page's own clock", default: "24" },
    "step-seconds": { description: "of it between two answers", default: "30" },
  },
  async run(options, say) {
    const hours = wholeNumber(options, "hours", SETTLING_HOURS + 2 * LOOK_EVERY_HOURS, 24);
    const stepSeconds = wholeNumber(options, "step-seconds", 3, 600);
    // Brings the whole server and a browser in, which neither a list nor another bench needs.
    const { OpenWall } = await import("../wall/open-wall.ts");
    say("wall-soak: the platform and a page");
    await using wall = await OpenWall.open();
    const stepsAnHour = Math.floor(3_600 / stepSeconds);
    const looks = [await wall.measure()];
    for (let hour = 1; hour <= hours; hour++) {
      // Half a minute before the hour at which it began comes round again, it would load itself anew.
      const steps = hour === 24 ? stepsAnHour - 2 : stepsAnHour;
      for (let step = 0; step < steps; step++) await wall.step(stepSeconds);
      if (hour % LOOK_EVERY_HOURS !== 0) continue;
      const look = await wall.measure();
      looks.push(look);
      say(
        `wall-soak: hour ${hour}: heap ${look.heapKib} KiB, ${look.nodes} nodes, ${look.listeners} listeners, ${look.answers} answers`,
      );
    }
    const settled = looks.map((look, index) => ({ ...look, hour: index * LOOK_EVERY_HOURS }));
    const late = settled.filter(({ hour }) => hour >= SETTLING_HOURS);
    const slope = leastSquaresSlope(late.map(({ hour, heapKib }) => [hour, heapKib] as const));
    const [first, last] = [late[0]!, late.at(-1)!];
    return {
      value: Math.round(slope * 10) / 10,
      unit: "KiB of heap an hour",
      peer: `the same page's heap after ${SETTLING_HOURS} hours, KiB`,
      peerValue: first.heapKib,
      target: {
        text: `at most ${MOST_KIB_AN_HOUR} KiB an hour, no more nodes and listeners at the end than a tenth above those after ${SETTLING_HOURS} hours`,
        isMet:
          slope <= MOST_KIB_AN_HOUR &&
          last.nodes <= first.nodes * 1.1 &&
          last.listeners <= first.listeners * 1.1,
      },
      parameters: { hours, stepSeconds, browser: wall.browser },
      repetitions: 1,
      details: { looks: settled },
    };
  },
};
