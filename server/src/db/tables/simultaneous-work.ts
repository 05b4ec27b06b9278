import type { ConflictSide } from "@hanyouxu/api";
import type { EnterpriseId, KeyAreaId, PersonId, RegionCode } from "@hanyouxu/protocol";
import type { ConflictKind, OtherWorkKind, WorkConflict } from "@hanyouxu/rules";
import type { ColumnType, Generated } from "kysely";

export interface OtherWorksTable {
  other_work_id: string;
  kind: OtherWorkKind;
  enterprise_id: EnterpriseId;
  site_owner_enterprise_id: EnterpriseId | null;
  key_area_id: KeyAreaId | null;
  region_code: RegionCode;
  latitude_degrees: number;
  longitude_degrees: number;
  extent_metres: number;
  floor: string | null;
  height_metres: number | null;
  place_description: string;
  planned_from: Date;
  planned_to: Date;
  contact_name_ciphertext: Uint8Array | null;
  contact_phone_ciphertext: Uint8Array | null;
  declared_by: PersonId;
  declared_at: Date;
  ended_at: Generated<Date | null>;
  ended_by: Generated<PersonId | null>;
  end_reason: Generated<string | null>;
}

/** Read as a parsed value, written as JSON text. */
type Json<Value> = ColumnType<Value, string, string>;

/** A person with the data of his notice. */
export interface ToldPerson {
  personId: PersonId;
  data: Record<string, string | number | null>;
}

export interface WorkConflictsTable {
  work_conflict_id: string;
  one_key: string;
  other_key: string;
  kind: ConflictKind;
  one_region_code: RegionCode;
  other_region_code: RegionCode;
  one_enterprise_id: EnterpriseId | null;
  one_site_owner_enterprise_id: EnterpriseId | null;
  other_enterprise_id: EnterpriseId | null;
  other_site_owner_enterprise_id: EnterpriseId | null;
  one: Json<ConflictSide>;
  other: Json<ConflictSide>;
  finding: Json<WorkConflict>;
  told: Json<ToldPerson[]>;
  raised_at: Date;
  cleared_at: Generated<Date | null>;
  cleared_because: Generated<"ended" | "apart" | null>;
}

export interface WorkConflictAcknowledgementsTable {
  work_conflict_id: string;
  enterprise_id: EnterpriseId;
  note: string;
  acknowledged_by: PersonId;
  acknowledged_at: Date;
}

export interface SimultaneousWorkTables {
  other_works: OtherWorksTable;
  work_conflicts: WorkConflictsTable;
  work_conflict_acknowledgements: WorkConflictAcknowledgementsTable;
}
