import { z } from "zod";
import { bilingual } from "./language.ts";

export const wrongArea = bilingual("地图范围格式不正确", "This is no part of the map");
const numbers = (text: string) => text.split(/[,;]/).map(Number);

/** The grid square of a tile's cluster, `zoom.column.row`, as the tile names it. */
export const mapCell = z
  .string()
  .regex(/^\d{1,2}\.\d{1,9}\.\d{1,9}$/, { error: wrongArea })
  .transform((text) => text.split(".").map(Number) as [zoom: number, column: number, row: number])
  .refine(([zoom, column, row]) => zoom <= 22 && column < 12 * 2 ** zoom && row < 12 * 2 ** zoom, {
    error: wrongArea,
  });
/** `west,south,east,north` in WGS-84 degrees. */
export const mapBox = z
  .string()
  .regex(/^-?\d+(\.\d+)?(,-?\d+(\.\d+)?){3}$/, { error: wrongArea })
  .transform((text) => numbers(text) as [west: number, south: number, east: number, north: number])
  .refine(
    ([west, south, east, north]) => west <= east && south <= north && areDegrees([west, south, east, north]),
    {
      error: wrongArea,
    },
  );
/** `longitude,latitude;…`: 3 to 200 corners in WGS-84 degrees, closed by itself. */
export const mapPolygon = z
  .string()
  .max(8_000)
  .regex(/^-?\d+(\.\d+)?,-?\d+(\.\d+)?(;-?\d+(\.\d+)?,-?\d+(\.\d+)?){2,199}$/, { error: wrongArea })
  .transform((text) => text.split(";").map((corner) => numbers(corner) as [number, number]))
  .refine((corners) => areDegrees(corners.flat()), { error: wrongArea });

function areDegrees(values: readonly number[]): boolean {
  return values.every((value, index) => Math.abs(value) <= (index % 2 === 0 ? 180 : 90));
}
