import type { DepartmentRights } from "@hanyouxu/api";
import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import type { Generated } from "kysely";
import type { Json } from "../tables.ts";

export interface RegionFormerNamesTable {
  region_code: RegionCode;
  name: string;
  ended_on: string;
}

export interface DepartmentsTable {
  department_key: string;
  place: number;
  name_zh: string;
  name_en: string;
  rights: Json<DepartmentRights>;
  may_command: boolean;
}

export interface StaffInvitationsTable {
  invitation_id: string;
  person_id: PersonId;
  /** SHA-256 of the token. */
  token_digest: Uint8Array;
  totp_ciphertext: Uint8Array;
  /** A person's id, or `system`. */
  issued_by: string;
  issued_at: Date;
  expires_at: Date;
  used_at: Generated<Date | null>;
  withdrawn_at: Generated<Date | null>;
}

export interface RegionsTables {
  region_former_names: RegionFormerNamesTable;
  departments: DepartmentsTable;
  staff_invitations: StaffInvitationsTable;
}
