import type { Random } from "../random.ts";
import { stepArc, stepMeter, stepSensor } from "./arc.ts";
import type { Body, Controls, Traits } from "./body.ts";
import { stepFix, stepGas, stepHeat, stepMotion, stepSupply } from "./surroundings.ts";

/** The machine `dtMs` (≥ 0) later. Pure: the same body, controls, traits and stream give the same. */
export function stepBody(body: Body, controls: Controls, traits: Traits, random: Random, dtMs: number): Body {
  const arc = stepArc(body, controls, traits, random, dtMs);
  return {
    ...arc,
    ...stepMeter(body, controls, arc, dtMs),
    ...stepHeat(body, traits, arc.currentAmps, dtMs),
    ...stepGas(body, controls, random, dtMs),
    ...stepFix(body, traits, random, dtMs),
    ...stepMotion(body, controls, dtMs),
    ...stepSupply(body, controls, random, dtMs),
    ...stepSensor(random),
  };
}
