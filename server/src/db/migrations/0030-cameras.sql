-- Cameras of machines: the one in the chip (0), and those around the work that hang on it.
create table cameras (
  camera_id uuid primary key,
  machine_id uuid not null references machines,
  camera_number smallint not null check (camera_number between 0 and 7),
  -- What people call it; null: by its number.
  name text,
  first_seen_at timestamptz not null,
  unique (machine_id, camera_number)
);

-- What a chip has said of a picture, signed by its key, and where its bytes are. The words stay when the bytes are forgotten.
create table camera_pictures (
  picture_id uuid primary key,
  camera_id uuid not null references cameras,
  machine_id uuid not null references machines,
  chip_id text not null references chips,
  boot bigint not null,
  picture_number bigint not null,
  purpose text not null check (purpose in ('interval', 'request', 'event', 'alarm', 'clip', 'live')),
  event_seq bigint,
  command_id text,
  work_session_id uuid references work_sessions,
  region_code text not null,
  enterprise_id uuid not null references enterprises,
  taken_at timestamptz not null,
  clock_trust text not null,
  width_pixels integer not null,
  height_pixels integer not null,
  size_bytes integer not null,
  sha256 bytea not null,
  announcement bytea not null,
  announced_at timestamptz not null,
  received_bytes integer not null default 0,
  -- Of the bytes as they come, and of the whole once it is stored.
  key_ciphertext bytea,
  upload_token_hash bytea,
  upload_expires_at timestamptz not null,
  stored_at timestamptz,
  blob_id uuid,
  -- By which numbers it was forgotten.
  forgotten_at timestamptz,
  forgotten_under text,
  -- What a program saw in it; none is configured, or it was not asked: not-asked.
  detection_state text not null default 'not-asked' check (detection_state in ('not-asked', 'waiting', 'done', 'failed')),
  detection_attempts smallint not null default 0,
  detection jsonb,
  unique (chip_id, boot, picture_number),
  check ((stored_at is null) or forgotten_at is not null or (blob_id is not null and key_ciphertext is not null))
);
create index camera_pictures_machine on camera_pictures (machine_id, taken_at desc) where stored_at is not null;
create index camera_pictures_chip on camera_pictures (chip_id, taken_at) where purpose in ('alarm', 'clip');
create index camera_pictures_kept on camera_pictures (region_code, taken_at) where forgotten_at is null;
create index camera_pictures_detect on camera_pictures (stored_at) where detection_state = 'waiting';

-- Parts of pictures that are on their way, sealed.
create table camera_picture_parts (
  picture_id uuid not null references camera_pictures on delete cascade,
  from_byte integer not null,
  sealed bytea not null,
  primary key (picture_id, from_byte)
);

-- A film of the pictures around one event of a chip, by one camera. Made anew when pictures come late.
create table camera_clips (
  clip_id uuid primary key,
  camera_id uuid not null references cameras,
  machine_id uuid not null references machines,
  chip_id text not null references chips,
  boot bigint not null,
  event_seq bigint not null,
  region_code text not null,
  enterprise_id uuid not null references enterprises,
  began_at timestamptz not null,
  ended_at timestamptz not null,
  picture_count integer not null,
  blob_id uuid,
  key_ciphertext bytea,
  size_bytes integer not null,
  made_at timestamptz not null,
  forgotten_at timestamptz,
  unique (camera_id, chip_id, boot, event_seq)
);

-- Who watches, or has watched, what a camera sees now, and why.
create table camera_watches (
  watch_id uuid primary key,
  camera_id uuid not null references cameras,
  person_id uuid not null references persons,
  reason text not null,
  started_at timestamptz not null,
  asked_at timestamptz not null,
  -- When the chip was last told to go on.
  told_at timestamptz,
  ends_at timestamptz not null,
  ended_at timestamptz,
  frames integer not null default 0
);
create index camera_watches_open on camera_watches (camera_id) where ended_at is null;
