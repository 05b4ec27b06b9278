/**
 * What a cell holds: text as typed, a number as stored, a day as `YYYY-MM-DD`; null when empty. A formula is never
 * computed: what counts is the value that the spreadsheet program left in the file.
 */
export type Cell = string | number | boolean | null;

/** Rows that are kept packed as one text: as many as are looked at in one go. */
export const ROWS_IN_PART = 250;

/** The first sheet of a file: its rows from the first on, as the spreadsheet numbers them (index 0 is row 1). */
export type SheetRows = readonly (readonly Cell[])[];
