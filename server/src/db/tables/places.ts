import type { KeyAreaId, MachineId, PersonId, WorkSessionId } from "@hanyouxu/protocol";
import type { ColumnType, Generated } from "kysely";
import type { PlaceChangeKind, PlaceMemory, PlaceMethod } from "../../fence/place-tracker.ts";

export interface MachinePlaceMemoriesTable {
  machine_id: MachineId;
  memory: ColumnType<PlaceMemory, string, string>;
}

export interface MachinePlacesTable {
  machine_id: MachineId;
  key_area_id: KeyAreaId;
  state: "inside" | "unsure";
  since: Date;
  method: PlaceMethod;
  floor: Generated<string | null>;
  stop_due_at: Generated<Date | null>;
}

export interface PlaceEventsTable {
  machine_id: MachineId;
  key_area_id: KeyAreaId;
  kind: PlaceChangeKind;
  at: Date;
  noticed_at: Date;
  method: PlaceMethod;
  told_by: Generated<PersonId | null>;
  reason: Generated<string | null>;
  people_told_at: Generated<Date | null>;
}

export interface ForbiddenWorkEndsTable {
  work_session_id: WorkSessionId;
  key_area_id: KeyAreaId;
  due_at: Date;
}

export interface PlacesTables {
  machine_place_memories: MachinePlaceMemoriesTable;
  machine_places: MachinePlacesTable;
  place_events: PlaceEventsTable;
  forbidden_work_ends: ForbiddenWorkEndsTable;
}
