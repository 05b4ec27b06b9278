/** An A4 sheet of 3 × 7 labels of 63.5 × 38.1 mm, the size that self-adhesive sheets are sold in. Millimetres. */
export const SHEET = {
  columns: 3,
  rows: 7,
  leftMm: 7.2,
  topMm: 15.15,
  labelWidthMm: 63.5,
  labelHeightMm: 38.1,
  columnStepMm: 66.04,
} as const;

export const LABELS_A_SHEET = SHEET.columns * SHEET.rows;

/** The side of the QR code's modules, quiet zone not counted: no less than 25 mm. */
export const QR_SIDE_MM = 26;

/** The left upper corner of the label at `place` of its sheet. */
export function labelCorner(place: number): { xMm: number; yMm: number } {
  const column = place % SHEET.columns;
  const row = Math.floor(place / SHEET.columns);
  return {
    xMm: SHEET.leftMm + column * SHEET.columnStepMm,
    yMm: SHEET.topMm + row * SHEET.labelHeightMm,
  };
}
