import type { RegionOrder } from "@hanyouxu/api";
import type { EnterpriseId, MachineId, PersonId, RegionCode, WorkSessionId } from "@hanyouxu/protocol";
import type { Generated } from "kysely";

export interface RegionOrdersTable {
  region_order_id: string;
  kind: RegionOrder["kind"];
  region_code: RegionCode;
  enterprise_id: EnterpriseId | null;
  reason: string;
  status: RegionOrder["status"];
  asked_by: PersonId;
  asked_at: Date;
  confirm_by: Date;
  answered_by: Generated<PersonId | null>;
  answered_at: Generated<Date | null>;
  refusal: Generated<string | null>;
  lift_asked_by: Generated<PersonId | null>;
  lift_asked_at: Generated<Date | null>;
  lift_confirm_by: Generated<Date | null>;
  lift_reason: Generated<string | null>;
  lifted_by: Generated<PersonId | null>;
  ended_at: Generated<Date | null>;
}

export interface RegionOrderMachinesTable {
  region_order_id: string;
  machine_id: MachineId;
  work_session_id: WorkSessionId | null;
  told_at: Generated<Date | null>;
}

export interface RegionOrdersTables {
  region_orders: RegionOrdersTable;
  region_order_machines: RegionOrderMachinesTable;
}
