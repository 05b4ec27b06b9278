import type { ChipId, MachineId, PersonId, WelderId } from "@hanyouxu/protocol";
import type { ColumnType, Generated } from "kysely";

type Json<Value> = ColumnType<Value, string, string>;

export interface TelemetryChangedDaysTable {
  chip_id: ChipId;
  /** `YYYY-MM-DD`, Asia/Shanghai. */
  day: string;
  changed_at: Date;
}

/** Latitude, longitude, fixes, of these with an arc, first at (ms). */
export type KeptPlace = [number, number, number, number, number];

export interface MovementDaysTable {
  machine_id: MachineId;
  day: string;
  places: Json<KeptPlace[]>;
  is_simulated: Generated<boolean>;
}

export type FoundMovement = "mobile" | "fixed" | "undecided";

export interface WorkPlace {
  latitudeDegrees: number;
  longitudeDegrees: number;
  days: number;
}

export interface MachineMovementsTable {
  machine_id: MachineId;
  is_stale: Generated<boolean>;
  found: Generated<FoundMovement | null>;
  places: ColumnType<WorkPlace[], string | undefined, string>;
  place_count: Generated<number>;
  moves: Generated<number>;
  farthest_metres: Generated<number>;
  days: Generated<number>;
  worked_days: Generated<number>;
  simulated_days: Generated<number>;
  from_day: Generated<string | null>;
  to_day: Generated<string | null>;
  classified_at: Generated<Date | null>;
  classified_on: Generated<string | null>;
  override: Generated<"mobile" | "fixed" | null>;
  override_reason: Generated<string | null>;
  overridden_by: Generated<PersonId | null>;
  overridden_at: Generated<Date | null>;
}

export interface WelderMovementsTable {
  welder_id: WelderId;
  is_stale: Generated<boolean>;
  found: Generated<FoundMovement | null>;
  place_count: Generated<number>;
  moves: Generated<number>;
  farthest_metres: Generated<number>;
  worked_days: Generated<number>;
  from_day: Generated<string | null>;
  to_day: Generated<string | null>;
  classified_at: Generated<Date | null>;
  classified_on: Generated<string | null>;
}

export interface MovementProgressTable {
  is_only: Generated<boolean>;
  sessions_until: Date;
}

export interface MovementTables {
  telemetry_changed_days: TelemetryChangedDaysTable;
  movement_days: MovementDaysTable;
  machine_movements: MachineMovementsTable;
  welder_movements: WelderMovementsTable;
  movement_progress: MovementProgressTable;
}
