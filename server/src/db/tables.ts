/**
 * The rows of the database as Kysely sees them, the same on PGlite and PostgreSQL: int8 is a number, bytea a
 * Uint8Array, timestamptz a Date, jsonb a parsed value (written as JSON text).
 */
import type {
  ChipId,
  DecisionId,
  EnterpriseId,
  MachineCode,
  MachineId,
  PersonId,
  RegionCode,
  WelderId,
  WorkSessionId,
} from "@hanyouxu/protocol";
import type { MachineStatus, WorkRegime } from "@hanyouxu/rules";
import type { ColumnType, Generated } from "kysely";
import type { AlarmsTables } from "./tables/alarms.ts";
import type { CamerasTables } from "./tables/cameras.ts";
import type { ClearancesTables } from "./tables/clearances.ts";
import type { CreditTables } from "./tables/credit.ts";
import type { DutyTables } from "./tables/duty.ts";
import type { EnterprisesTables } from "./tables/enterprises.ts";
import type { EvidenceTables } from "./tables/evidence.ts";
import type { GasSafetyTables } from "./tables/gas-safety.ts";
import type { HotWorkPermitsTables } from "./tables/hot-work-permits.ts";
import type { ImportsTables } from "./tables/imports.ts";
import type { KeyAreasTables } from "./tables/key-areas.ts";
import type { MachineModelsTables } from "./tables/machine-models.ts";
import type { ModelPicturesTables } from "./tables/model-pictures.ts";
import type { MovementTables } from "./tables/movement.ts";
import type { PlacesTables } from "./tables/places.ts";
import type { RectificationTables } from "./tables/rectification.ts";
import type { RegionOrdersTables } from "./tables/region-orders.ts";
import type { RegionsTables } from "./tables/regions.ts";
import type { RetrofitTables } from "./tables/retrofit.ts";
import type { SharingTables } from "./tables/sharing.ts";
import type { SimultaneousWorkTables } from "./tables/simultaneous-work.ts";
import type { StatisticsTables } from "./tables/statistics.ts";
import type { TellingTables } from "./tables/telling.ts";
import type { TrendsTables } from "./tables/trends.ts";
import type { WelderTables } from "./tables/welders.ts";

/** Read as a parsed value, written as JSON text. */
export type Json<Value> = ColumnType<Value, string, string>;

export interface RegionsTable {
  region_code: RegionCode;
  parent_code: RegionCode | null;
  name: string;
  latitude_degrees: number | null;
  longitude_degrees: number | null;
  is_standard: Generated<boolean>;
  abolished_on: Generated<string | null>;
  successor_code: Generated<RegionCode | null>;
}

export interface PersonsTable {
  person_id: PersonId;
  name_ciphertext: Uint8Array;
  phone_ciphertext: Uint8Array | null;
  phone_index: Uint8Array | null;
  is_active: Generated<boolean>;
  created_at: Date;
}

export interface EnterprisesTable {
  enterprise_id: EnterpriseId;
  name: string;
  uscc: string | null;
  industry: string | null;
  region_code: RegionCode;
  status: "pending" | "active" | "suspended" | "rejected";
  regime: Generated<WorkRegime>;
  created_at: Date;
  is_welding: Generated<boolean>;
  is_site_owner: Generated<boolean>;
  type: Generated<string | null>;
  domain: Generated<string | null>;
  staff_count: Generated<number | null>;
  latitude_degrees: Generated<number | null>;
  longitude_degrees: Generated<number | null>;
  address: Generated<string | null>;
  contact_name_ciphertext: Generated<Uint8Array | null>;
  contact_phone_ciphertext: Generated<Uint8Array | null>;
  allows_listed_only: Generated<boolean>;
  status_reason: Generated<string | null>;
  registered_by: Generated<PersonId | null>;
  changed_xid: Generated<string>;
  changed_at: Generated<Date>;
}

export interface RoleGrantsTable {
  role_grant_id: string;
  person_id: PersonId;
  role: string;
  region_code: RegionCode | null;
  enterprise_id: EnterpriseId | null;
  granted_at: Date;
  department_key: Generated<string | null>;
}

export interface WeldersTable {
  welder_id: WelderId;
  person_id: PersonId;
  pseudonym: string;
  identity_ciphertext: Uint8Array | null;
  identity_index: Uint8Array | null;
  region_code: RegionCode;
  status: "active" | "suspended";
  created_at: Date;
  portrait_blob_id: Generated<string | null>;
  start_count: Generated<number>;
}

export interface EnterpriseWeldersTable {
  enterprise_id: EnterpriseId;
  welder_id: WelderId;
  added_by: Generated<PersonId | null>;
  added_at: Generated<Date | null>;
}

export interface CertificatesTable {
  certificate_id: string;
  welder_id: WelderId;
  family: string;
  item: string;
  number_ciphertext: Uint8Array | null;
  number_index: Uint8Array | null;
  valid_from: string;
  valid_to: string;
  review_due_on: string | null;
  status: "valid" | "suspended" | "revoked";
  verification: Generated<"submitted" | "verified" | "rejected">;
  changed_xid: Generated<string>;
  changed_at: Generated<Date>;
}

export interface ChipsTable {
  chip_id: ChipId;
  spki: Uint8Array;
  certificate_serial: string | null;
  certificate_not_after: Date | null;
  enrolled_at: Date;
  revoked_at: Date | null;
  revocation_reason: Generated<string | null>;
  event_boot: Generated<number>;
  event_seq: Generated<number>;
  event_hash: Uint8Array | null;
  chain_breaks: Generated<number>;
  gap_boot: Generated<number>;
  gap_seq: Generated<number>;
  gap_sightings: Generated<number>;
  gap_since: Generated<Date | null>;
}

export interface EnrolmentTokensTable {
  enrolment_token_id: string;
  /** SHA-256 of the token. */
  token_digest: Uint8Array;
  machine_id: MachineId;
  issued_by: PersonId;
  issued_at: Date;
  expires_at: Date;
  used_at: Generated<Date | null>;
  chip_id: Generated<ChipId | null>;
  old_chip: Generated<"unbind" | "revoke">;
}

export interface MachinesTable {
  machine_id: MachineId;
  machine_code: MachineCode;
  enterprise_id: EnterpriseId;
  region_code: RegionCode;
  name: string;
  model: string;
  process: string;
  is_mobile: boolean;
  status: MachineStatus;
  is_locked: Generated<boolean>;
  lock_reason: string | null;
  lock_order_id: Generated<string | null>;
  chip_id: ChipId | null;
  home_latitude_degrees: number | null;
  home_longitude_degrees: number | null;
  inspected_on: Generated<string | null>;
  inspection_due_on: Generated<string | null>;
  created_at: Date;
  serial_number: Generated<string | null>;
  changed_xid: Generated<string>;
  changed_at: Generated<Date>;
}

export interface TwinsTable {
  chip_id: ChipId;
  boot: number;
  uptime_ms: number;
  state_version: number;
  relay_closed: Generated<boolean>;
  arc_on: Generated<boolean>;
  is_locked: Generated<boolean>;
  is_tampered: Generated<boolean>;
  is_faulted: Generated<boolean>;
  latitude_degrees: number | null;
  longitude_degrees: number | null;
  accuracy_metres: number | null;
  position_at: Date | null;
  current_amps: number | null;
  voltage_volts: number | null;
  temperature_celsius: number | null;
  gas_lel_percent: number | null;
  battery_percent: number | null;
  signal_dbm: number | null;
  clock_trust: string;
  clock_skew_ms: number | null;
  last_heard_at: Date;
  is_gone: Generated<boolean>;
  connection: Generated<number>;
  firmware: string | null;
  configuration_version: Generated<number>;
}

export interface DecisionsTable {
  decision_id: DecisionId;
  decided_at: Date;
  welder_id: WelderId;
  machine_id: MachineId;
  region_code: RegionCode;
  outcome: "grant" | "refuse" | "require";
  reasons: Json<unknown>;
  facts: Json<unknown>;
  policy: Json<unknown>;
  packs_digest: string;
  digest: string;
  written_xid: Generated<string>;
}

export type WorkSessionStatus = "granted" | "energised" | "ended" | "not-started";

export type SiteOwnerState = "own" | "named" | "unknown" | "confirmed" | "disputed";

export interface WorkSessionsTable {
  work_session_id: WorkSessionId;
  machine_id: MachineId;
  chip_id: ChipId;
  welder_id: WelderId;
  enterprise_id: EnterpriseId;
  region_code: RegionCode;
  decision_id: DecisionId;
  status: WorkSessionStatus;
  idempotency_key: string | null;
  granted_at: Date;
  accept_by: Date;
  expires_at: Date;
  energised_at: Date | null;
  stop_requested_at: Date | null;
  ended_at: Date | null;
  end_reason: string | null;
  retry_at: Generated<Date | null>;
  energised_ms: Generated<number>;
  arc_ms: Generated<number>;
  arc_count: Generated<number>;
  energy_kilojoules: Generated<number>;
  peak_deciamps: Generated<number>;
  checkpoint_verified: boolean | null;
  contractor_enterprise_id: Generated<EnterpriseId | null>;
  site_owner_enterprise_id: Generated<EnterpriseId | null>;
  site_owner_state: Generated<SiteOwnerState>;
  site_owner_reason: Generated<string | null>;
  site_owner_answered_by: Generated<PersonId | null>;
  site_owner_answered_at: Generated<Date | null>;
  /** In a key area: what allowed it. */
  clearance_id: Generated<string | null>;
  changed_xid: Generated<string>;
  changed_at: Generated<Date>;
  ended_xid: Generated<string | null>;
}

export interface CommandsTable {
  command_id: string;
  chip_id: ChipId;
  kind: string;
  work_session_id: WorkSessionId | null;
  body: Json<unknown>;
  sent_at: Date;
  accept_by: Date;
  result: string | null;
  answered_at: Date | null;
}

export interface ChipEventsTable {
  chip_id: ChipId;
  boot: number;
  seq: number;
  kind: string;
  data: Json<Record<string, unknown>>;
  uptime_ms: number;
  clock_trust: string;
  occurred_at: Date;
  received_at: Date;
  state_version: number;
  machine_id: MachineId | null;
  work_session_id: WorkSessionId | null;
  chain_intact: boolean;
  raw: Uint8Array;
  written_xid: Generated<string>;
}

export interface TelemetryHotTable {
  chip_id: ChipId;
  boot: number;
  batch: number;
  starts_at: Date;
  sample_count: number;
  payload: Uint8Array;
}

export interface TelemetryChunksTable {
  chip_id: ChipId;
  starts_at: Date;
  ends_at: Date;
  sample_count: number;
  max_current_amps: number;
  columns: Uint8Array;
  latitude_degrees: Generated<number | null>;
  longitude_degrees: Generated<number | null>;
  accuracy_metres: Generated<number | null>;
  has_arc: Generated<boolean>;
}

export interface QuarantinedFramesTable {
  quarantine_id: string;
  chip_id: string;
  channel: string;
  reason: string;
  field: string | null;
  payload: Uint8Array;
  received_at: Date;
}

export interface PoliciesTable {
  region_code: RegionCode;
  version: number;
  effective_from: Date;
  values: Json<Record<string, unknown>>;
  changed_by: string;
}

export interface SignInCodesTable {
  phone_index: Uint8Array;
  code_digest: Uint8Array;
  sent_at: Date;
  expires_at: Date;
  attempts_left: number;
  window_started_at: Date;
  window_sends: number;
}

export interface StaffAccountsTable {
  person_id: PersonId;
  username: string;
  password_hash: string;
  totp_ciphertext: Uint8Array;
  totp_last_step: Generated<number>;
  created_at: Date;
  region_code: Generated<RegionCode | null>;
}

export interface SignInFailuresTable {
  username: string;
  failed_attempts: number;
  last_failed_at: Date;
  locked_until: Date;
}

export interface SignInsTable {
  sign_in_id: string;
  person_id: PersonId;
  token_digest: Uint8Array;
  method: "phone" | "staff";
  started_at: Date;
  last_seen_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
  device: string;
  address: string;
}

export interface DemoInboxTable {
  message_id: string;
  phone: string;
  code: string;
  sent_at: Date;
}

export interface DemoAccountsTable {
  person_id: PersonId;
  place: number;
  note: Json<{ zh: string; en: string }>;
  phone: string | null;
  username: string | null;
  password_ciphertext: Uint8Array | null;
}

export interface DemoLabelsTable {
  machine_id: MachineId;
  place: number;
  note: Json<{ zh: string; en: string }>;
}

export interface AuditLogTable {
  seq: number;
  id: string;
  at: Date;
  actor: string;
  action: string;
  subject: string;
  details: Json<Record<string, unknown>>;
  chain_hash: Uint8Array;
}

export interface AuditHeadTable {
  only_row: Generated<boolean>;
  seq: number;
  hash: Uint8Array;
}

export interface Tables
  extends ClearancesTables,
    DutyTables,
    EnterprisesTables,
    HotWorkPermitsTables,
    EvidenceTables,
    GasSafetyTables,
    ImportsTables,
    KeyAreasTables,
    MachineModelsTables,
    ModelPicturesTables,
    MovementTables,
    PlacesTables,
    RectificationTables,
    CreditTables,
    RegionsTables,
    RegionOrdersTables,
    RetrofitTables,
    SharingTables,
    AlarmsTables,
    CamerasTables,
    SimultaneousWorkTables,
    StatisticsTables,
    TellingTables,
    TrendsTables,
    WelderTables {
  regions: RegionsTable;
  persons: PersonsTable;
  enterprises: EnterprisesTable;
  role_grants: RoleGrantsTable;
  welders: WeldersTable;
  enterprise_welders: EnterpriseWeldersTable;
  certificates: CertificatesTable;
  chips: ChipsTable;
  enrolment_tokens: EnrolmentTokensTable;
  machines: MachinesTable;
  twins: TwinsTable;
  decisions: DecisionsTable;
  work_sessions: WorkSessionsTable;
  commands: CommandsTable;
  chip_events: ChipEventsTable;
  telemetry_hot: TelemetryHotTable;
  telemetry_chunks: TelemetryChunksTable;
  quarantined_frames: QuarantinedFramesTable;
  policies: PoliciesTable;
  sign_in_codes: SignInCodesTable;
  staff_accounts: StaffAccountsTable;
  sign_in_failures: SignInFailuresTable;
  sign_ins: SignInsTable;
  demo_inbox: DemoInboxTable;
  demo_accounts: DemoAccountsTable;
  demo_labels: DemoLabelsTable;
  audit_log: AuditLogTable;
  audit_head: AuditHeadTable;
}
