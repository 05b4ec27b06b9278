import type { ProgramReport, SceneFinding, SceneVerdict } from "@hanyouxu/api";
import type {
  EnterpriseId,
  HotWorkPermitId,
  KeyAreaId,
  MachineId,
  PersonId,
  RegionCode,
  WelderId,
  WorkSessionId,
} from "@hanyouxu/protocol";
import type {
  ClearanceEffect,
  ClearanceEvent,
  ClearancePhase,
  ClearancePolicy,
  ClearanceState,
  StationCause,
} from "@hanyouxu/rules";
import type { ColumnType, Generated } from "kysely";

/** Read as a parsed value, written as JSON text. */
type Json<Value> = ColumnType<Value, string, string>;

export interface ClearancesTable {
  clearance_id: string;
  key_area_id: KeyAreaId;
  key_area_version: number;
  machine_id: MachineId;
  welder_id: WelderId;
  region_code: RegionCode;
  enterprise_id: EnterpriseId;
  site_owner_enterprise_id: EnterpriseId | null;
  latitude_degrees: number;
  longitude_degrees: number;
  accuracy_metres: number;
  floor: string | null;
  phase: ClearancePhase;
  state: Json<ClearanceState>;
  policy: Json<ClearancePolicy>;
  site_code_key: Uint8Array;
  site_code_id: Uint8Array;
  permit_id: HotWorkPermitId | null;
  watch_person_id: PersonId | null;
  open_work_session_id: WorkSessionId | null;
  must_stop: Generated<boolean>;
  due_at: Date | null;
  event_count: number;
  opened_at: Date;
  ended_at: Date | null;
}

export interface ClearanceEventsTable {
  clearance_id: string;
  seq: number;
  at: Date;
  event: Json<ClearanceEvent>;
  random: number;
  phase: ClearancePhase;
  effects: Json<ClearanceEffect[]>;
  actor_id: PersonId | null;
}

export interface SceneChecksTable {
  scene_check_id: string;
  clearance_id: string;
  attempt: number;
  region_code: RegionCode;
  status: "waiting" | SceneVerdict;
  checker: string;
  checker_version: Generated<string | null>;
  evidence_ids: string[];
  note: string;
  findings: Json<SceneFinding[]>;
  reason: string | null;
  submitted_at: Date;
  due_at: Date;
  decided_at: Date | null;
  decided_by: PersonId | null;
}

export interface SceneProgramReportsTable {
  scene_check_id: string;
  checker: string;
  status: ProgramReport["status"];
  ask_due_at: Date | null;
  tries: Generated<number>;
  failure: Generated<string | null>;
  checker_version: Generated<string | null>;
  verdict: Generated<SceneVerdict | null>;
  findings: ColumnType<SceneFinding[], string | undefined, string>;
  reason: Generated<string | null>;
  looked_at: Generated<string[]>;
  reported_at: Generated<Date | null>;
}

export interface StationCallsTable {
  station_call_id: string;
  clearance_id: string;
  cause: StationCause;
  status: "alerted" | "accepted" | "on-site" | "released" | "forbidden";
  region_code: RegionCode;
  level: number;
  called_at: Date;
  due_at: Date | null;
  accepted_at: Date | null;
  accepted_by: PersonId | null;
  arrived_at: Date | null;
  arrival_distance_metres: number | null;
  decided_at: Date | null;
  reason: string | null;
  evidence_ids: Generated<string[]>;
}

export interface SmoulderChecksTable {
  smoulder_check_id: string;
  clearance_id: string;
  person_id: PersonId;
  at: Date;
  is_safe: boolean;
  note: string;
  evidence_ids: string[];
}

export interface ClearancesTables {
  clearances: ClearancesTable;
  clearance_events: ClearanceEventsTable;
  scene_checks: SceneChecksTable;
  scene_program_reports: SceneProgramReportsTable;
  station_calls: StationCallsTable;
  smoulder_checks: SmoulderChecksTable;
}
