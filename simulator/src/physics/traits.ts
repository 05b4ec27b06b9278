import { machineModel } from "../county/machine-models.ts";
import type { DemoMachine } from "../county/types.ts";
import { chance, createRandom, normal, numberBetween } from "../random.ts";
import type { Traits } from "./body.ts";

/** Of the machines of the demonstration, those with a camera in the chip. */
export const CAMERA_SHARE = 0.1;

/** What the machine and its place are like: drawn from its id, so the same at every start. */
export function traitsOf(machine: Pick<DemoMachine, "machineId" | "model" | "isMobile">): Traits {
  const random = createRandom(`${machine.machineId}/traits`);
  const model = machineModel(machine.model);
  return {
    model,
    isIndoors: !machine.isMobile && chance(random, 0.6),
    hasGasSensor: chance(random, 0.25),
    ambientCelsius: numberBetween(random, 14, 30),
    setAmps: model.minAmps + (model.maxAmps - model.minAmps) * numberBetween(random, 0.3, 0.7),
    gasCalibratedDaysAgo: Math.floor(numberBetween(random, 0, 380)),
    sensorOffsetAmps: normal(random, 0, 1.5),
    hasCamera: chance(random, CAMERA_SHARE),
  };
}
