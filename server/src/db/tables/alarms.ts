import type {
  ChipId,
  EnterpriseId,
  KeyAreaId,
  MachineId,
  PersonId,
  RegionCode,
  WelderId,
} from "@hanyouxu/protocol";
import type {
  AlarmCondition,
  AlarmEvidenceKind,
  AlarmHandling,
  AlarmKind,
  AlarmSeverity,
  AlarmState,
  ReasonData,
} from "@hanyouxu/rules";
import type { ColumnType, Generated } from "kysely";

/** Read as a parsed value, written as JSON text. */
type Json<Value> = ColumnType<Value, string, string>;

/** A record of the platform that was kept as proof. */
export interface AlarmEvidenceRef {
  kind: AlarmEvidenceKind;
  id: string;
  at: string;
}

export interface AlarmsTable {
  alarm_id: string;
  kind: AlarmKind;
  severity: AlarmSeverity;
  subject_key: string;
  region_code: RegionCode | null;
  enterprise_id: EnterpriseId | null;
  site_owner_enterprise_id: EnterpriseId | null;
  machine_id: MachineId | null;
  chip_id: ChipId | null;
  welder_id: WelderId | null;
  work_session_id: string | null;
  clearance_id: string | null;
  key_area_id: KeyAreaId | null;
  decision_id: string | null;
  latitude_degrees: number | null;
  longitude_degrees: number | null;
  data: Json<ReasonData>;
  evidence: Json<AlarmEvidenceRef[]>;
  condition: AlarmCondition;
  handling: AlarmHandling;
  level: number;
  due_at: Date | null;
  assigned_department: string | null;
  assigned_person_id: PersonId | null;
  state: Json<AlarmState>;
  policy_version: string;
  was_late: boolean;
  suppression_id: string | null;
  promoted_to: Generated<string | null>;
  merged_into: Generated<string | null>;
  raised_count: number;
  occurred_at: Date;
  raised_at: Date;
  last_raised_at: Date;
  cleared_at: Date | null;
  closed_at: Date | null;
  act_count: number;
  changed_at: Date;
  /** When it was looked at for credit, once it was verified. */
  credited_at: Generated<Date | null>;
}

/** Whom a call goes to, in the order in which they are called. */
export const alarmCallees = ["on-duty", "region", "second", "leader", "neighbour", "department"] as const;
export type AlarmCallee = (typeof alarmCallees)[number];

/** What was said or named with an act; absent where nothing was. */
export interface AlarmActDetails {
  text?: string;
  department?: string | null;
  personId?: string | null;
  otherAlarmId?: string;
  evidenceIds?: string[];
  /** called: whom, of which station, and how many. */
  call?: { who: AlarmCallee; station: string | null; people: number };
  position?: { latitudeDegrees: number; longitudeDegrees: number; accuracyMetres: number } | null;
}

export interface AlarmActsTable {
  alarm_id: string;
  seq: number;
  at: Date;
  what: string;
  actor_id: PersonId | null;
  actor_role: string | null;
  details: Json<AlarmActDetails>;
  condition: AlarmCondition;
  handling: AlarmHandling;
  level: number;
}

export interface AlarmSourcesTable {
  source: string;
  alarm_id: string | null;
  at: Date;
}

export interface AlarmLinksTable {
  alarm_id: string;
  other_alarm_id: string;
  linked_by: PersonId;
  linked_at: Date;
}

export interface AlarmSuppressionsTable {
  suppression_id: string;
  region_code: RegionCode | null;
  enterprise_id: EnterpriseId | null;
  machine_id: MachineId | null;
  kinds: AlarmKind[];
  reason: string;
  starts_at: Date;
  ends_at: Date;
  created_by: PersonId;
  created_at: Date;
  ended_at: Generated<Date | null>;
  ended_by: Generated<PersonId | null>;
}

export interface AlarmCallsTable {
  alarm_id: string;
  step: number;
  who: AlarmCallee;
  fire_station_id: string | null;
  person_ids: PersonId[];
  at: Date;
  next_at: Date | null;
}

export interface AlarmsTables {
  alarms: AlarmsTable;
  alarm_acts: AlarmActsTable;
  alarm_sources: AlarmSourcesTable;
  alarm_links: AlarmLinksTable;
  alarm_calls: AlarmCallsTable;
  alarm_suppressions: AlarmSuppressionsTable;
}
