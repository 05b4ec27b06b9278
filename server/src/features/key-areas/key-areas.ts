export {
  type AreaBox,
  areasChangedSince,
  type CurrentKeyArea,
  type KeyAreasAt,
  keyAreasFor,
} from "./active-areas.ts";
