/** A feature of a file as it stands there: nothing of it is checked. */
export interface RawFeature {
  properties: Readonly<Record<string, string>>;
  /** GeoJSON, whatever it is. */
  geometry: unknown;
}

/** Why a file cannot be read. */
export type AreaFileProblemCode =
  | "damaged"
  | "unknown_format"
  | "too_large"
  | "too_many_features"
  | "unsafe_xml"
  | "crs_unsupported";

export class AreaFileProblem extends Error {
  override readonly name = "AreaFileProblem";
  readonly code: AreaFileProblemCode;

  constructor(code: AreaFileProblemCode) {
    super(code);
    this.code = code;
  }
}

/** Files of surveyors hold far fewer; more is another kind of data. */
export const MOST_FEATURES = 500;

/** Texts and numbers by name; what is nested is nobody's attribute. */
export function plainProperties(properties: unknown): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries((properties as Record<string, unknown>) ?? {})) {
    if (typeof value === "string" || typeof value === "number")
      kept[name] = String(value).trim().slice(0, 500);
  }
  return kept;
}
