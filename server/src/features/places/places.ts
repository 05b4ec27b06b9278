export { followSamples, noPlaceNews, type PlaceNews } from "./follow-samples.ts";
export { machinePlacesOf } from "./machine-places.ts";
export { clearedShape, factsOfArea, placesForStart } from "./places-for-start.ts";
export { mayTellPlace } from "./policy.ts";
export { placesToSave } from "./queries.ts";
export { followKeyAreas, shapeOf, WatchedAreas } from "./watched-areas.ts";
