import { z } from "zod";

/** What a department may know of a group: nothing, how many, each row with people masked, or the people in full too. */
export const sightLevel = z.enum(["none", "counts", "rows", "personal"]);
export type SightLevel = z.infer<typeof sightLevel>;

/** The groups of fields that the departments share. */
export const fieldGroup = z.enum([
  "machines",
  /** Current, voltage, gas, position accuracy: what the chip measures just now. */
  "readings",
  "sessions",
  "decisions",
  /** Welders and their certificates; also their names wherever else they stand. */
  "people",
  "enterprises",
  "alarms",
  /** Where key areas lie and what they demand. */
  "keyAreas",
]);
export type FieldGroup = z.infer<typeof fieldGroup>;

/** A group that a stored configuration does not name yet is not seen. */
export const departmentRights = z
  .record(fieldGroup, sightLevel.default("none"))
  .meta({ id: "DepartmentRights" });
export type DepartmentRights = z.infer<typeof departmentRights>;

/** Whether `held` is at least `needed`. */
export function seesAtLeast(held: SightLevel, needed: SightLevel): boolean {
  return sightLevel.options.indexOf(held) >= sightLevel.options.indexOf(needed);
}
