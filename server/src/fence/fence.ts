/** The engine's face, for whoever is outside the server: benches and simulations. */
export { AreaIndex } from "./area-index.ts";
export type { Observation } from "./believed-fixes.ts";
export type { FenceArea, FenceShape } from "./fence-shape.ts";
export { followPlace, type PlaceChange, type PlaceMemory } from "./place-tracker.ts";
