import type { AreaGeometry, DutyKind } from "@hanyouxu/api";
import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import type { ColumnType, Generated } from "kysely";

export interface FireStationsTable {
  fire_station_id: string;
  name: string;
  region_code: RegionCode;
  phone: string;
  latitude_degrees: number;
  longitude_degrees: number;
  area_regions: RegionCode[];
  area_geometry: ColumnType<AreaGeometry | null, string | null, string | null>;
  kinds: DutyKind[];
  is_active: Generated<boolean>;
  created_at: Date;
  changed_at: Date;
}

export interface FireStationChangesTable {
  only_row: Generated<boolean>;
  version: number;
}

export interface StationMembersTable {
  person_id: PersonId;
  fire_station_id: string;
  kinds: DutyKind[];
  joined_at: Date;
  /** Called before neighbours when nobody on duty answers. */
  is_leader: Generated<boolean>;
}

export interface RosterShiftsTable {
  roster_shift_id: string;
  fire_station_id: string;
  person_id: PersonId;
  weekday: number;
  starts_at: string;
  ends_at: string;
  from_day: string;
  until_day: string | null;
}

export interface RosterExceptionsTable {
  roster_exception_id: string;
  fire_station_id: string;
  person_id: PersonId;
  day: string;
  kind: "absent" | "extra";
  starts_at: string | null;
  ends_at: string | null;
  reason: string;
  created_by: PersonId;
  created_at: Date;
}

export interface DutyTurnsTable {
  duty_turn_id: string;
  fire_station_id: string;
  person_id: PersonId;
  is_on: boolean;
  from_at: Date;
  until_at: Date;
  handover_note: string | null;
  taken_over_by: Generated<PersonId | null>;
  taken_over_at: Generated<Date | null>;
}

export interface DutyTables {
  fire_stations: FireStationsTable;
  fire_station_changes: FireStationChangesTable;
  station_members: StationMembersTable;
  roster_shifts: RosterShiftsTable;
  roster_exceptions: RosterExceptionsTable;
  duty_turns: DutyTurnsTable;
}
