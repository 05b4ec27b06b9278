import type {
  EvidenceDemand,
  EvidenceKind,
  EvidencePurpose,
  EvidenceSource,
  EvidenceState,
} from "@hanyouxu/api";
import type { EvidenceId, PersonId } from "@hanyouxu/protocol";
import type { Generated } from "kysely";

export interface EvidenceChallengesTable {
  challenge_id: string;
  person_id: PersonId;
  purpose: EvidencePurpose;
  subject_id: string;
  digits: string;
  demand: EvidenceDemand;
  issued_at: Date;
  expires_at: Date;
}

export interface EvidenceTable {
  evidence_id: EvidenceId;
  purpose: EvidencePurpose;
  subject_id: string;
  person_id: PersonId;
  kind: EvidenceKind;
  source: EvidenceSource;
  state: EvidenceState;
  refusal: Generated<string | null>;
  challenge_id: string | null;
  size_bytes: number;
  received_bytes: Generated<number>;
  media_type: Generated<string | null>;
  said_sha256: Uint8Array | null;
  found_sha256: Generated<Uint8Array | null>;
  taken_at: Date;
  created_at: Date;
  received_at: Generated<Date | null>;
  checked_at: Generated<Date | null>;
  used_at: Generated<Date | null>;
  upload_expires_at: Date;
  position_ciphertext: Uint8Array | null;
  covered_sectors: number;
  duration_ms: Generated<number | null>;
  width_pixels: Generated<number | null>;
  height_pixels: Generated<number | null>;
  key_ciphertext: Uint8Array | null;
  preview_blob_id: Generated<string | null>;
  preview_key_ciphertext: Generated<Uint8Array | null>;
  check_due_at: Generated<Date | null>;
  check_tries: Generated<number>;
}

export interface EvidenceFingerprintsTable {
  evidence_id: EvidenceId;
  frame: number;
  /** Signed 64 bits as text: a number cannot hold them. */
  row_hash: string;
  column_hash: string;
  band_0: number;
  band_1: number;
  band_2: number;
  band_3: number;
}

export interface EvidenceTables {
  evidence_challenges: EvidenceChallengesTable;
  evidence: EvidenceTable;
  evidence_fingerprints: EvidenceFingerprintsTable;
}
