/** The engine's face, for whoever is outside the server: benches and simulations. */

/** The numbers a region starts with. */
export { defaultStartPolicy as defaultPlacePolicy } from "@hanyouxu/rules";
export { AreaIndex } from "./area-index.ts";
export type { Observation } from "./believed-fixes.ts";
export type { FenceArea, FenceShape } from "./fence-shape.ts";
export type { PlacePolicy } from "./place-policy.ts";
export { followPlace, type PlaceChange, type PlaceMemory } from "./place-tracker.ts";
