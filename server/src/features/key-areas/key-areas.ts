export {
  areasChangedSince,
  type CurrentKeyArea,
  type KeyAreasAt,
  keyAreasFor,
} from "./active-areas.ts";
export {
  abolishKeyArea,
  changeKeyArea,
  createKeyArea,
  createKeyAreas,
  insertKeyAreas,
  overlapRefusal,
} from "./change-areas.ts";
export { type CheckedArea, checkedArea, type KeyAreaData } from "./check-area.ts";
export { Neighbours } from "./clash.ts";
export { crossingOf } from "./geometry/crossings.ts";
export { toWgs84 } from "./geometry/datum.ts";
export { polygonsOf } from "./geometry/measure.ts";
export { requireEditor, requireVisibleArea } from "./policy.ts";
export {
  countKeyAreas,
  type KeyAreaFilter,
  type KeyAreaRow,
  nextRevision,
  selectKeyAreas,
} from "./queries.ts";
export {
  insertSigns,
  markSignsPrinted,
  type SignRow,
  selectSign,
  selectSigns,
  voidSigns,
} from "./sign-queries.ts";
