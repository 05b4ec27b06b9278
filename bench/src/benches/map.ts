import { createRandom } from "@hanyouxu/simulator";
import { type Bench, wholeNumber } from "../bench.ts";
import type { Side } from "../map/open-map.ts";
import { rounded, summarise } from "../statistics.ts";

const MOST_PAINT_MS = 1_500;
const MOST_DATA_BYTES = 200_000;
const LEAST_FPS = 15;

export const map: Bench = {
  name: "map",
  description:
    "the console's map of a province in a browser without a graphics card: first paint, bytes and panning, against GeoJSON of the same machines clustered by the browser",
  options: {
    machines: { description: "in the province", default: "153000" },
    loads: { description: "of each page after the first", default: "5" },
    seed: { description: "of the machines", default: "1" },
  },
  async run(options, say) {
    const count = wholeNumber(options, "machines", 1, 1_000_000);
    const loads = wholeNumber(options, "loads", 1, 100);
    // Bring the whole server and a browser in, which neither a list nor another bench needs.
    const [{ OpenMap }, { provinceOf }] = await Promise.all([
      import("../map/open-map.ts"),
      import("../map/province.ts"),
    ]);
    const random = createRandom(`map/${wholeNumber(options, "seed", 0, 1_000_000)}`);
    const machines = provinceOf(random, count);
    say("map: the platform and a browser");
    await using opened = await OpenMap.open(machines);
    if (!opened.isCalm) say("map: the platform is still at its own work, which the figures carry");
    say("map: the console");
    const ours = figuresOf(await opened.measureOurs(loads));
    say("map: GeoJSON, clustered by the browser");
    const peer = figuresOf(await opened.measurePeer(loads));
    return {
      value: ours.paintMs.p50,
      unit: "ms until machines are painted (median of pages opened again)",
      peer: "the same machines as GeoJSON clustered by the browser on a page with nothing but the map",
      peerValue: peer.paintMs.p50,
      target: {
        text: `first paint ≤ ${MOST_PAINT_MS} ms, data ≤ ${MOST_DATA_BYTES / 1e6} MB, panning ≥ ${LEAST_FPS} frames a second`,
        isMet:
          ours.paintMs.p50 <= MOST_PAINT_MS && ours.dataBytes <= MOST_DATA_BYTES && ours.panFps >= LEAST_FPS,
      },
      parameters: {
        machines: count,
        loads,
        viewport: "1280 × 720",
        browser: ours.browser,
        isCalm: opened.isCalm,
      },
      repetitions: loads,
      details: { ours, peer },
    };
  },
};

function figuresOf({ cold, warm, panFps, browser }: Side) {
  return {
    paintMs: summarise(warm.map(({ paintMs }) => paintMs)),
    /** The ground's names are drawn after its machines; the other page has none. */
    namedMs: summarise(warm.map(({ namedMs }) => namedMs)),
    /** Where there is no graphics card ours draws half as many points each way until then. */
    fineMs: summarise(warm.map(({ fineMs }) => fineMs)),
    coldPaintMs: rounded(cold.paintMs),
    /** The program lies in the browser by then. */
    dataBytes: Math.max(...warm.map(({ bytes }) => bytes)),
    coldBytes: cold.bytes,
    panFps: rounded(panFps),
    browser,
  };
}
