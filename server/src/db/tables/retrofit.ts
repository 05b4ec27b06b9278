import type { ChipId, MachineCode, MachineId, PersonId, RegionCode } from "@hanyouxu/protocol";
import type { Generated } from "kysely";

export interface MachineLabelsTable {
  machine_code: MachineCode;
  region_code: RegionCode;
  state: "blank" | "bound" | "void";
  machine_id: MachineId | null;
  made_at: Date;
  bound_at: Date | null;
  voided_at: Generated<Date | null>;
  voided_by: Generated<PersonId | null>;
  void_reason: Generated<string | null>;
}

export interface LabelBatchesTable {
  label_batch_id: string;
  name: string;
  kind: "blank" | "machines";
  region_code: RegionCode;
  label_count: number;
  made_at: Date;
  made_by: PersonId;
  printed_at: Generated<Date | null>;
  printed_by: Generated<PersonId | null>;
  print_count: Generated<number>;
}

export interface LabelBatchItemsTable {
  label_batch_id: string;
  place: number;
  machine_code: MachineCode;
}

export interface RefusedCodesTable {
  refused_code_id: string;
  machine_code: string;
  reason: "forged" | "void" | "blank";
  person_id: PersonId;
  machine_id: MachineId | null;
  region_code: RegionCode | null;
  refused_at: Date;
}

export interface RetrofitCampaignsTable {
  campaign_id: string;
  name: string;
  region_code: RegionCode;
  status: "open" | "closed";
  note: string;
  made_at: Date;
  made_by: PersonId;
}

export interface RetrofitTargetsTable {
  campaign_id: string;
  region_code: RegionCode;
  machine_count: number;
}

export interface RetrofitInstallersTable {
  campaign_id: string;
  person_id: PersonId;
}

export interface ChipStockMovementsTable {
  movement_id: string;
  campaign_id: string;
  kind: "receive" | "allocate" | "return" | "defective";
  region_code: RegionCode | null;
  quantity: number;
  box: string | null;
  chip_id: ChipId | null;
  note: string;
  moved_at: Date;
  moved_by: PersonId;
}

export interface RetrofitChipsTable {
  chip_id: ChipId;
  campaign_id: string;
  region_code: RegionCode | null;
  state: "in-stock" | "issued" | "fitted" | "returned" | "defective";
  changed_at: Date;
}

export interface RetrofitInstallationsTable {
  installation_id: string;
  campaign_id: string;
  installer_id: PersonId;
  chip_id: ChipId;
  status: "open" | "in-service" | "abandoned";
  machine_code: Generated<MachineCode | null>;
  machine_id: Generated<MachineId | null>;
  region_code: Generated<RegionCode | null>;
  latitude_degrees: Generated<number | null>;
  longitude_degrees: Generated<number | null>;
  accuracy_metres: Generated<number | null>;
  profile_read_at: Generated<Date | null>;
  token_issued_at: Generated<Date | null>;
  signature_blob_id: Generated<string | null>;
  abandon_reason: Generated<string | null>;
  started_at: Date;
  ended_at: Generated<Date | null>;
}

export interface RetrofitPhotosTable {
  photo_id: string;
  installation_id: string;
  digest: string;
  taken_at: Date;
}

export interface RelayTestsTable {
  relay_test_id: string;
  installation_id: string;
  machine_id: MachineId;
  chip_id: ChipId;
  command_id: string;
  asked_by: PersonId;
  hold_seconds: number;
  status: "sent" | "closed" | "passed" | "failed";
  failure: Generated<string | null>;
  sent_at: Date;
  due_at: Date;
  closed_at: Generated<Date | null>;
  opened_at: Generated<Date | null>;
  open_reason: Generated<string | null>;
  peak_deciamps: Generated<number | null>;
  checkpoint_verified: Generated<boolean | null>;
}

export interface RetrofitTables {
  machine_labels: MachineLabelsTable;
  label_batches: LabelBatchesTable;
  label_batch_items: LabelBatchItemsTable;
  refused_codes: RefusedCodesTable;
  retrofit_campaigns: RetrofitCampaignsTable;
  retrofit_targets: RetrofitTargetsTable;
  retrofit_installers: RetrofitInstallersTable;
  chip_stock_movements: ChipStockMovementsTable;
  retrofit_chips: RetrofitChipsTable;
  retrofit_installations: RetrofitInstallationsTable;
  retrofit_photos: RetrofitPhotosTable;
  relay_tests: RelayTestsTable;
}
