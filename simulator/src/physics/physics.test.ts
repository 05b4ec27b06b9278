import { describe, expect, test } from "vitest";
import { machineModel, machineModels } from "../county/machine-models.ts";
import { metresBetween, shiftPlace } from "../county/place.ts";
import { createRandom } from "../random.ts";
import { type Body, type Controls, restingBody, restingControls, type Traits } from "./body.ts";
import { readingOf } from "./reading.ts";
import { stepBody } from "./step-body.ts";
import { traitsOf } from "./traits.ts";

const place = { latitudeDegrees: 28.888, longitudeDegrees: 119.8 };
const outdoors: Traits = {
  model: machineModel("ZX7-400"),
  isIndoors: false,
  hasGasSensor: true,
  gasCalibratedDaysAgo: 30,
  hasCamera: false,
  sensorOffsetAmps: 0,
  ambientCelsius: 20,
  setAmps: 180,
};
const working: Controls = { ...restingControls, relayClosed: true, trigger: true };

/** The bodies after each of `steps` steps of `dtMs`. */
function run(
  traits: Traits,
  controls: Controls,
  steps: number,
  dtMs = 1000,
  from = restingBody(traits, place),
  seed = "physics",
): Body[] {
  const random = createRandom(seed);
  const bodies: Body[] = [];
  for (let body = from; bodies.length < steps; ) {
    body = stepBody(body, controls, traits, random, dtMs);
    bodies.push(body);
  }
  return bodies;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("the arc", () => {
  test.each(machineModels.map(({ model }) => model))("of a %s burns within its ratings", (name) => {
    const model = machineModel(name);
    const traits = { ...outdoors, model, setAmps: (model.minAmps + model.maxAmps) / 2 };
    for (const { currentAmps, volts } of run(traits, working, 600).slice(5)) {
      expect(currentAmps).toBeGreaterThan(model.minAmps * 0.6);
      expect(currentAmps).toBeLessThanOrEqual(model.maxAmps * 1.1);
      expect(volts).toBeGreaterThan(0);
      expect(volts).toBeLessThan(200);
    }
  });

  test("has the load voltage of the standard: 20 + 0.04 I for a stick at 180 A", () => {
    const bodies = run(outdoors, working, 2000).slice(5);
    expect(Math.abs(mean(bodies.map(({ currentAmps }) => currentAmps)) - 180)).toBeLessThan(2);
    expect(Math.abs(mean(bodies.map(({ volts }) => volts)) - 27.2)).toBeLessThan(0.3);
  });

  test("does not burn without relay, mains or trigger", () => {
    for (const off of [{ relayClosed: false }, { isPlugged: false }, { trigger: false }]) {
      const bodies = run(outdoors, { ...working, ...off }, 60);
      expect(bodies.every(({ currentAmps }) => currentAmps === 0)).toBe(true);
    }
  });

  test("leaves open-circuit voltage under power and none without", () => {
    const [idle] = run(outdoors, { ...working, trigger: false }, 1);
    expect(Math.abs(idle!.volts - 67)).toBeLessThan(3);
    expect(run(outdoors, { ...working, relayClosed: false }, 1)[0]!.volts).toBe(0);
  });

  test("burns past an open relay that is bridged", () => {
    const bodies = run(outdoors, { ...working, relayClosed: false, isBridged: true }, 10);
    expect(bodies.at(-1)!.currentAmps).toBeGreaterThan(100);
  });

  test("comes up slowly with TIG and at once with a stick", () => {
    const tig = { ...outdoors, model: machineModel("WSM-400") };
    expect(run(tig, working, 1, 300)[0]!.currentAmps).toBeLessThan(60);
    expect(run(outdoors, working, 1, 300)[0]!.currentAmps).toBeGreaterThan(120);
  });
});

describe("what is around the arc", () => {
  test("the coil warms towards the load's temperature and cools back to ambient", () => {
    const hot = run({ ...outdoors, setAmps: 400 }, working, 3600).at(-1)!;
    expect(hot.coilCelsius).toBeGreaterThan(105);
    expect(hot.coilCelsius).toBeLessThan(120);
    const cold = run(outdoors, restingControls, 2 * 3600, 1000, hot).at(-1)!;
    expect(Math.abs(cold.coilCelsius - 20)).toBeLessThan(0.1);
  });

  test("the step's length does not change where the temperature goes", () => {
    const steady = { ...outdoors, setAmps: 300 };
    // Arcs are struck by chance: what is compared is where several welders' machines go on average.
    const seeds = Array.from({ length: 16 }, (_, index) => `physics ${index}`);
    const mean = (steps: number, stepMs: number) =>
      seeds
        .map((seed) => run(steady, working, steps, stepMs, undefined, seed).at(-1)!.coilCelsius)
        .reduce((sum, celsius) => sum + celsius / seeds.length, 0);
    const fine = mean(600, 1000);
    const coarse = mean(60, 10_000);
    expect(Math.abs(fine - coarse)).toBeLessThan(1);
  });

  test("the fix errs by its deviation and comes back", () => {
    const bodies = run(outdoors, restingControls, 20_000);
    const deviation = Math.sqrt(mean(bodies.map(({ driftEastMetres }) => driftEastMetres ** 2)));
    expect(deviation).toBeGreaterThan(2);
    expect(deviation).toBeLessThan(4);
    expect(Math.abs(mean(bodies.map(({ driftNorthMetres }) => driftNorthMetres)))).toBeLessThan(1);
  });

  test("under a roof the fix is lost for some of the day, outdoors never", () => {
    const indoors = run({ ...outdoors, isIndoors: true }, restingControls, 30_000);
    const share = indoors.filter(({ fixLostMs }) => fixLostMs > 0).length / indoors.length;
    expect(share).toBeGreaterThan(0.02);
    expect(share).toBeLessThan(0.3);
    expect(run(outdoors, restingControls, 5000).every(({ fixLostMs }) => fixLostMs === 0)).toBe(true);
  });

  test("a machine on its way moves at 8 m/s and stops where it was sent", () => {
    const destination = shiftPlace(place, 300, 400);
    const bodies = run(outdoors, { ...restingControls, destination }, 64);
    expect(bodies[9]!.speedMetresPerSecond).toBe(8);
    expect(Math.abs(metresBetween(place, bodies[9]!.place) - 80)).toBeLessThan(1);
    expect(bodies.at(-1)).toMatchObject({ place: destination, speedMetresPerSecond: 0 });
  });

  test("gas follows a leak and disperses after it", () => {
    const leaking = run(outdoors, { ...restingControls, leakPercentLel: 25 }, 120).at(-1)!;
    expect(leaking.gasPercentLel).toBeGreaterThan(23);
    expect(run(outdoors, restingControls, 240, 1000, leaking).at(-1)!.gasPercentLel).toBeLessThan(1);
  });

  test("the battery lasts a day without mains", () => {
    const halfDay = run(outdoors, { ...restingControls, isPlugged: false }, 720, 60_000).at(-1)!;
    expect(Math.abs(halfDay.batteryPercent - 50)).toBeLessThan(1);
    expect(run(outdoors, { ...restingControls, isPlugged: false }, 1500, 60_000).at(-1)!.batteryPercent).toBe(
      0,
    );
  });

  test("the same stream gives the same course", () => {
    expect(run(outdoors, working, 50)).toEqual(run(outdoors, working, 50));
  });
});

describe("the reading", () => {
  test("is in the chip's units and ranges, whatever the machine does", () => {
    const random = createRandom("reading");
    for (const { model } of machineModels) {
      const traits = traitsOf({ machineId: model as never, model, isMobile: false });
      let body = restingBody(traits, place);
      for (let step = 0; step < 300; step++) {
        const controls = {
          ...working,
          trigger: step % 50 < 30,
          isPlugged: step % 90 < 80,
          leakPercentLel: step / 3,
        };
        body = stepBody(body, controls, traits, random, 1000);
        const reading = readingOf(body, controls, traits);
        for (const [name, value] of Object.entries(reading)) {
          if (typeof value === "number") expect([name, Number.isInteger(value)]).toEqual([name, true]);
        }
        expect(reading.arcCurrentDeciamps).toBeLessThanOrEqual(65_535);
        expect(reading.batteryPercent).toBeLessThanOrEqual(100);
        expect(reading.signalDbm).toBeLessThan(0);
        expect(reading.gas === null).toBe(!traits.hasGasSensor);
      }
    }
  });

  test("shows the cut loop, the lost fix and the true place within its error", () => {
    const [body] = run(outdoors, restingControls, 1);
    expect(readingOf(body!, { ...restingControls, isLoopCut: true }, outdoors).tamperLoopIntact).toBe(false);
    expect(readingOf({ ...body!, fixLostMs: 1 }, restingControls, outdoors).fix).toBeNull();
    const fix = readingOf(body!, restingControls, outdoors).fix!;
    const seen = { latitudeDegrees: fix.latitudeE7 / 1e7, longitudeDegrees: fix.longitudeE7 / 1e7 };
    expect(metresBetween(seen, place)).toBeLessThan(4 * fix.accuracyMetres);
  });

  test("an unplugged current sensor answers nothing; what heats the chip is measured", () => {
    const [body] = run(outdoors, restingControls, 1);
    const usual = readingOf(body!, restingControls, outdoors);
    const odd = readingOf(body!, { ...restingControls, isSensorGone: true, heatCelsius: 60 }, outdoors);
    expect(usual.arcCurrentDeciamps).not.toBeNull();
    expect(odd.arcCurrentDeciamps).toBeNull();
    expect(odd.temperatureDecicelsius! - usual.temperatureDecicelsius!).toBe(600);
  });
});
