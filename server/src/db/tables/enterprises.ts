import type { EnterpriseId, PersonId, WelderId } from "@hanyouxu/protocol";
import type { Generated } from "kysely";

export interface WelderInvitationsTable {
  invitation_id: string;
  enterprise_id: EnterpriseId;
  welder_id: WelderId;
  invited_by: PersonId;
  invited_at: Date;
  answered_at: Generated<Date | null>;
  is_accepted: Generated<boolean | null>;
}

export interface EnterpriseWhitelistsTable {
  enterprise_id: EnterpriseId;
  welder_id: WelderId;
  listed_by: PersonId;
  listed_at: Date;
}

export interface EnterpriseContractsTable {
  contract_id: string;
  client_enterprise_id: EnterpriseId;
  contractor_enterprise_id: EnterpriseId;
  starts_on: string;
  ends_on: string;
  allows_machines: boolean;
  created_by: PersonId;
  created_at: Date;
  ended_at: Generated<Date | null>;
}

/** Who works for whom. */
export interface EnterprisesTables {
  welder_invitations: WelderInvitationsTable;
  enterprise_whitelists: EnterpriseWhitelistsTable;
  enterprise_contracts: EnterpriseContractsTable;
}
