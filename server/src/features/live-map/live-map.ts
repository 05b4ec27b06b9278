/** The feature's face: the columns of all machines, what keeps them current, and how they are looked at. */
export { ColumnsReader } from "./columns-reader.ts";
export { MachineColumns, type MachineRecord, NO_AMPS, NO_CELL } from "./machine-columns.ts";
export { rowsWithin, statesOf } from "./map-list.ts";
export { mapSightOf } from "./map-sight.ts";
export { type MapSight, Matcher, Reach } from "./matcher.ts";
export { tileOf } from "./tile.ts";
