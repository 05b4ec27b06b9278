import type { OgcCollectionId, WebhookAlarm } from "@hanyouxu/api";
import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import type { ColumnType, Generated } from "kysely";

/** As in tables.ts, which imports this file: read as a parsed value, written as JSON text. */
type Json<Value> = ColumnType<Value, string, string>;

export interface BothLanguages {
  zh: string;
  en: string;
}

export interface ConsentTextsTable {
  consent_text_id: string;
  kind: string;
  version: number;
  title: Json<BothLanguages>;
  body: Json<BothLanguages>;
  changes: ColumnType<BothLanguages | null, string | null | undefined, string | null>;
  sha256: string;
  effective_from: Date;
  published_at: Date;
  published_by: string;
}

export interface ConsentsTable {
  consent_id: string;
  person_id: PersonId;
  consent_text_id: string;
  given_at: Date;
  withdrawn_at: Generated<Date | null>;
}

export type PersonalPart = "contact" | "identity" | "certificates";

export interface RetentionRulesTable {
  part: PersonalPart;
  version: number;
  effective_from: Date;
  months: number;
  counted_from: "last-work" | "certificate-end";
  basis: Json<BothLanguages>;
  is_verified: boolean;
  changed_by: string;
}

export interface KeptPart {
  part: PersonalPart;
  until: string;
  basis: BothLanguages;
  isVerified: boolean;
}

export interface ErasureRequestsTable {
  erasure_request_id: string;
  person_id: PersonId;
  region_code: RegionCode | null;
  requested_at: Date;
  status: "requested" | "refused" | "partly" | "done" | "withdrawn";
  decided_at: Generated<Date | null>;
  decided_by: Generated<PersonId | null>;
  reason: Generated<string | null>;
  kept: ColumnType<KeptPart[], string | undefined, string>;
  due_at: Generated<Date | null>;
  finished_at: Generated<Date | null>;
}

export interface ApiClientsTable {
  client_id: string;
  name: string;
  department_key: string;
  region_code: RegionCode;
  fields: Json<Record<string, string[]>>;
  layers: Json<OgcCollectionId[]>;
  may_count: Generated<boolean>;
  requests_per_minute: number;
  is_active: Generated<boolean>;
  created_at: Date;
  created_by: PersonId;
}

export interface ApiClientSecretsTable {
  secret_id: string;
  client_id: string;
  digest: Uint8Array;
  created_at: Date;
  revoked_at: Generated<Date | null>;
}

export interface ApiTokensTable {
  token_digest: Uint8Array;
  client_id: string;
  secret_id: string;
  issued_at: Date;
  expires_at: Date;
}

export interface WebhookSubscriptionsTable {
  subscription_id: string;
  client_id: string;
  url: string;
  event_kinds: Json<string[]>;
  is_active: Generated<boolean>;
  created_at: Date;
  created_by: PersonId;
  since_xid: Generated<string>;
  told_xid: Generated<string>;
  last_sequence: Generated<number>;
}

export interface WebhookDeliveriesTable {
  delivery_id: string;
  subscription_id: string;
  sequence: number;
  event_kind: string;
  event: Json<{ resource: string; id: string; alarm?: WebhookAlarm }>;
  source: string;
  occurred_at: Date;
  status: Generated<"pending" | "delivered" | "dead">;
  attempts: Generated<number>;
  next_attempt_at: Generated<Date | null>;
  last_attempt_at: Generated<Date | null>;
  last_status: Generated<number | null>;
  last_error: Generated<string | null>;
}

export interface SharedFeedTable {
  only_row: Generated<boolean>;
  epoch: string;
}

export interface SharingTables {
  consent_texts: ConsentTextsTable;
  consents: ConsentsTable;
  retention_rules: RetentionRulesTable;
  erasure_requests: ErasureRequestsTable;
  api_clients: ApiClientsTable;
  api_client_secrets: ApiClientSecretsTable;
  api_tokens: ApiTokensTable;
  webhook_subscriptions: WebhookSubscriptionsTable;
  webhook_deliveries: WebhookDeliveriesTable;
  shared_feed: SharedFeedTable;
}
