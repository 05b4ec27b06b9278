import type { AreaCircle, AreaGeometry } from "@hanyouxu/api";
import type { EnterpriseId, KeyAreaId, PersonId, RegionCode } from "@hanyouxu/protocol";
import type { KeyAreaKind, KeyAreaPolicy, KeyAreaValidity, WorkRegime } from "@hanyouxu/rules";
import type { ColumnType, Generated } from "kysely";

/** Read as a parsed value, written as JSON text. */
type Json<Value> = ColumnType<Value, string, string>;
type JsonOrNull<Value> = ColumnType<Value | null, string | null, string | null>;

export interface KeyAreasTable {
  key_area_id: KeyAreaId;
  region_code: RegionCode;
  kind: KeyAreaKind;
  name: string;
  site_owner_enterprise_id: EnterpriseId | null;
  contacts_ciphertext: Uint8Array | null;
  status: "active" | "abolished";
  version: number;
  revision: number;
  west_degrees: number;
  south_degrees: number;
  east_degrees: number;
  north_degrees: number;
}

export interface KeyAreaVersionsTable {
  key_area_id: KeyAreaId;
  version: number;
  status: "active" | "abolished";
  region_code: RegionCode;
  kind: KeyAreaKind;
  regime: WorkRegime;
  name: string;
  site_owner_enterprise_id: EnterpriseId | null;
  address: string | null;
  geometry: Json<AreaGeometry>;
  circle: JsonOrNull<AreaCircle>;
  floors: JsonOrNull<string[]>;
  min_height_metres: number | null;
  max_height_metres: number | null;
  validity: Json<KeyAreaValidity>;
  policy: Json<KeyAreaPolicy>;
  changed_by: PersonId;
  changed_at: Date;
  reason: string;
}

export interface KeyAreasRevisionTable {
  is_only: Generated<boolean>;
  revision: number;
}

export interface KeyAreaSignsTable {
  sign_code: string;
  key_area_id: KeyAreaId;
  floor: string | null;
  state: "valid" | "void";
  made_at: Date;
  made_by: PersonId;
  printed_at: Generated<Date | null>;
  print_count: Generated<number>;
  voided_at: Generated<Date | null>;
  voided_by: Generated<PersonId | null>;
  void_reason: Generated<string | null>;
}

export interface KeyAreasTables {
  key_areas: KeyAreasTable;
  key_area_versions: KeyAreaVersionsTable;
  key_areas_revision: KeyAreasRevisionTable;
  key_area_signs: KeyAreaSignsTable;
}
