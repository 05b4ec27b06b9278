-- Pictures and films of a scene, taken in the app. What must be seen in one is drawn here before it is taken.
create table evidence_challenges (
  challenge_id uuid primary key,
  person_id uuid not null references persons,
  purpose text not null,
  subject_id uuid not null,
  digits text not null check (digits ~ '^[0-9]{4}$'),
  -- One of the closed list of the contract.
  demand text not null,
  issued_at timestamptz not null,
  -- Until when the picture may be taken; the upload may come later.
  expires_at timestamptz not null check (expires_at > issued_at)
);
create index evidence_challenges_expiry on evidence_challenges (expires_at);

create table evidence (
  -- Chosen by the phone, so that asking twice makes one.
  evidence_id uuid primary key,
  purpose text not null check (purpose in ('scene', 'gas-test', 'measure', 'smoulder', 'station', 'work')),
  subject_id uuid not null,
  person_id uuid not null references persons,
  kind text not null check (kind in ('photo', 'video')),
  source text not null check (source in ('camera', 'gallery')),
  state text not null check (state in ('uploading', 'checking', 'accepted', 'refused')),
  -- A code of the refusals.
  refusal text,
  -- Null for what came from the gallery. A challenge is answered once.
  challenge_id uuid unique references evidence_challenges,
  size_bytes bigint not null check (size_bytes > 0),
  -- Durable, and acknowledged only then.
  received_bytes bigint not null default 0 check (received_bytes <= size_bytes),
  -- By its content; null until it has been looked at.
  media_type text,
  -- What the phone said, and what came.
  said_sha256 bytea,
  found_sha256 bytea,
  taken_at timestamptz not null,
  created_at timestamptz not null,
  -- When its last byte was durable.
  received_at timestamptz,
  checked_at timestamptz,
  -- When a record came to rest on it; what none rests on is forgotten.
  used_at timestamptz,
  -- When bytes that are still missing are waited for no longer.
  upload_expires_at timestamptz not null,
  -- {latitudeDegrees, longitudeDegrees, accuracyMetres}, sealed.
  position_ciphertext bytea,
  -- Bit n: the phone has pointed into the n-th twelfth of the circle, from north over east.
  covered_sectors integer not null default 0 check (covered_sectors between 0 and 4095),
  duration_ms integer,
  width_pixels integer,
  height_pixels integer,
  -- Of the segments in the blob store, under the evidence's own id.
  key_ciphertext bytea,
  preview_blob_id uuid,
  preview_key_ciphertext bytea,
  check_due_at timestamptz,
  check_tries integer not null default 0,
  check ((state = 'refused') = (refusal is not null)),
  check (state = 'uploading' or received_bytes = size_bytes)
);
create index evidence_subject on evidence (subject_id, purpose);
create index evidence_person on evidence (person_id, created_at);
create index evidence_uploading on evidence (upload_expires_at) where state = 'uploading';
create index evidence_checking on evidence (check_due_at) where state = 'checking';
create index evidence_unused on evidence (received_at) where used_at is null and state in ('accepted', 'refused');
-- The same file is accepted once, whoever brings it.
create unique index evidence_accepted_file on evidence (found_sha256) where state = 'accepted';

-- What pictures look like: of a photo one, of a film several frames. Whoever is within 7 bits of a row hash has, of its
-- four bands of 16 bits, one within a single bit (4 × 2 > 7): each is looked up by 17 values,
-- and the index answers by itself: a thousand candidates lie in a few pages of it, and in a thousand of the table.
create table evidence_fingerprints (
  evidence_id uuid not null references evidence on delete cascade,
  frame smallint not null,
  row_hash bigint not null,
  column_hash bigint not null,
  band_0 integer not null,
  band_1 integer not null,
  band_2 integer not null,
  band_3 integer not null,
  primary key (evidence_id, frame)
);
create index evidence_fingerprints_band_0 on evidence_fingerprints (band_0)
  include (row_hash, column_hash, evidence_id);
create index evidence_fingerprints_band_1 on evidence_fingerprints (band_1)
  include (row_hash, column_hash, evidence_id);
create index evidence_fingerprints_band_2 on evidence_fingerprints (band_2)
  include (row_hash, column_hash, evidence_id);
create index evidence_fingerprints_band_3 on evidence_fingerprints (band_3)
  include (row_hash, column_hash, evidence_id);
