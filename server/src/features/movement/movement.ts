/** The feature's face: where machines stayed, and whether that makes them mobile. */
export { classifyMovement, type Mobility, type MovementDay } from "./classify-movement.ts";
export { type DayPlace, dayPlaces, type MovementFix } from "./day-places.ts";
