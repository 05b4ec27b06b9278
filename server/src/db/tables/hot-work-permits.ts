import type { HotWorkPermitStatus, PermitForm, PermitMeasureId } from "@hanyouxu/api";
import type {
  EnterpriseId,
  HotWorkPermitId,
  KeyAreaId,
  MachineId,
  PersonId,
  RegionCode,
  WelderId,
} from "@hanyouxu/protocol";
import type {
  ApproverRole,
  Decision,
  GasTestPlace,
  HotWorkFacts,
  HotWorkGrade,
  HotWorkPolicy,
  HotWorkRegime,
  WeldingProcess,
} from "@hanyouxu/rules";
import type { ColumnType, Generated } from "kysely";

/** A decision about issuing a permit with all it was made from. */
export interface StoredPermitDecision {
  decision: Decision;
  facts: HotWorkFacts;
  policy: HotWorkPolicy;
}

export interface FireWatchesTable {
  fire_watch_id: string;
  person_id: PersonId;
  enterprise_id: EnterpriseId;
  trained_on: string;
  trained_to: string;
  certificate_number_ciphertext: Uint8Array | null;
  added_by: PersonId;
  added_at: Date;
  ended_at: Generated<Date | null>;
}

export interface HotWorkPermitCountersTable {
  region_code: RegionCode;
  day: string;
  last_number: number;
}

export interface HotWorkPermitsTable {
  permit_id: HotWorkPermitId;
  permit_number: string;
  status: HotWorkPermitStatus;
  region_code: RegionCode;
  key_area_id: KeyAreaId | null;
  site_owner_enterprise_id: EnterpriseId | null;
  contractor_enterprise_id: EnterpriseId | null;
  machine_id: MachineId | null;
  welder_person_id: PersonId;
  welder_id: WelderId;
  regime: HotWorkRegime;
  latitude_degrees: number | null;
  longitude_degrees: number | null;
  point_accuracy_metres: number | null;
  floor: string | null;
  place_description: string;
  grade_declared: HotWorkGrade | null;
  grade_decided: Generated<HotWorkGrade | null>;
  work_description: string;
  method: WeldingProcess | null;
  form: ColumnType<PermitForm, string, string>;
  planned_from: Date | null;
  planned_to: Date | null;
  valid_from: Generated<Date | null>;
  valid_to: Generated<Date | null>;
  supervisor_person_id: PersonId | null;
  fire_watch_person_id: PersonId | null;
  approver_person_id: Generated<PersonId | null>;
  created_at: Date;
  submitted_at: Generated<Date | null>;
  approved_at: Generated<Date | null>;
  approver_role: Generated<ApproverRole | null>;
  approval_latitude_degrees: Generated<number | null>;
  approval_longitude_degrees: Generated<number | null>;
  approval_accuracy_metres: Generated<number | null>;
  approval_distance_metres: Generated<number | null>;
  approval_fixed_at: Generated<Date | null>;
  signature_blob_id: Generated<string | null>;
  decision: ColumnType<StoredPermitDecision | null, string | undefined, string>;
  status_reason: Generated<string | null>;
  status_changed_by: Generated<PersonId | null>;
  status_changed_at: Generated<Date | null>;
  ended_at: Generated<Date | null>;
  copied_from: HotWorkPermitId | null;
  superseded_by: Generated<HotWorkPermitId | null>;
  verification_code: Generated<string | null>;
}

export interface HotWorkGasTestsTable {
  gas_test_id: string;
  permit_id: HotWorkPermitId;
  sampled_at: Date;
  recorded_at: Date;
  place: GasTestPlace;
  gas: string;
  lel_vol_percent: number | null;
  measured_vol_percent: number | null;
  oxygen_vol_percent: number | null;
  within_metres: number | null;
  tester_person_id: PersonId;
  photo_blob_id: string | null;
}

export interface HotWorkPermitPhotosTable {
  photo_id: string;
  permit_id: HotWorkPermitId;
  measure: PermitMeasureId;
  digest: string;
  taken_by: PersonId;
  taken_at: Date;
}

export interface HotWorkPermitsTables {
  fire_watches: FireWatchesTable;
  hot_work_permit_counters: HotWorkPermitCountersTable;
  hot_work_permits: HotWorkPermitsTable;
  hot_work_gas_tests: HotWorkGasTestsTable;
  hot_work_permit_photos: HotWorkPermitPhotosTable;
}
