declare module "shpjs" {
  /** Geometries of a .shp; with the text of a .prj in degrees of WGS-84. */
  export function parseShp(shp: Uint8Array, prj?: string): unknown[];
  /** Rows of a .dbf. @param encoding name as in a .cpg */
  export function parseDbf(dbf: Uint8Array, encoding?: string): Record<string, unknown>[];
}
