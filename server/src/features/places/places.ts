export { followSamples, noPlaceNews, type PlaceNews } from "./follow-samples.ts";
export { clearedShape, placesForStart } from "./places-for-start.ts";
export { placesToSave, selectPlacesOf } from "./queries.ts";
export { followKeyAreas, shapeOf, WatchedAreas } from "./watched-areas.ts";
