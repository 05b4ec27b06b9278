import type { PersonId } from "@hanyouxu/protocol";
import type { ColumnType, Generated } from "kysely";

/** Read as a parsed value, written as JSON text. */
type Json<Value> = ColumnType<Value, string | undefined, string>;

export type BlobKind =
  | "certificate-photo"
  | "portrait"
  | "installation-photo"
  | "installation-signature"
  | "permit-photo"
  | "permit-signature";

export interface BlobsTable {
  blob_id: string;
  person_id: PersonId;
  kind: BlobKind;
  media_type: string;
  size_bytes: number;
  key_ciphertext: Uint8Array;
  stored_at: Date;
}

export interface CertificateSubmissionsTable {
  certificate_id: string;
  revision: Generated<number>;
  submitted_at: Date;
  photo_blob_id: string | null;
  registry_outcome: Generated<
    "valid" | "not-found" | "mismatch" | "revoked" | "expired" | "unreachable" | "not-configured" | null
  >;
  registry_differs: Json<string[]>;
  registry_checked_at: Generated<Date | null>;
  decided_at: Generated<Date | null>;
  decided_by: Generated<string | null>;
  rejection_reason: Generated<string | null>;
  rejection_text: Generated<string | null>;
}

export interface NotificationsTable {
  notification_id: string;
  person_id: PersonId;
  kind: string;
  data: ColumnType<Record<string, unknown>, string, string>;
  created_at: Date;
  read_at: Generated<Date | null>;
  dedup_key: Generated<string | null>;
}

export interface WelderTables {
  blobs: BlobsTable;
  certificate_submissions: CertificateSubmissionsTable;
  notifications: NotificationsTable;
}
