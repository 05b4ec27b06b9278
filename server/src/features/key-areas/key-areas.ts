export {
  areasChangedSince,
  type CurrentKeyArea,
  type KeyAreasAt,
  keyAreasFor,
} from "./active-areas.ts";
export { abolishKeyArea, changeKeyArea, createKeyArea } from "./change-areas.ts";
