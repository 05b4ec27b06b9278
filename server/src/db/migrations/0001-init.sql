-- The chain's tables: who, with which certificate, which machine, which chip, what was decided, what happened.
-- Personal data is ciphertext with a keyed blind index (*_index) beside it. Places are WGS-84 degrees.

create table regions (
  region_code text primary key,
  parent_code text references regions,
  name text not null,
  latitude_degrees double precision,
  longitude_degrees double precision
);

create table persons (
  person_id uuid primary key,
  name_ciphertext bytea not null,
  phone_ciphertext bytea,
  phone_index bytea unique,
  is_active boolean not null default true,
  created_at timestamptz not null
);

create table enterprises (
  enterprise_id uuid primary key,
  name text not null,
  uscc text unique,
  industry text,
  region_code text not null references regions,
  status text not null check (status in ('active', 'suspended')),
  created_at timestamptz not null
);
create index enterprises_region on enterprises (region_code);

-- A role holds within a region and all below it, or within one enterprise.
create table role_grants (
  role_grant_id uuid primary key,
  person_id uuid not null references persons,
  role text not null,
  region_code text references regions,
  enterprise_id uuid references enterprises,
  granted_at timestamptz not null
);
create index role_grants_person on role_grants (person_id);

create table welders (
  welder_id uuid primary key,
  person_id uuid not null unique references persons,
  -- What travels in grants instead of any personal number.
  pseudonym text not null unique check (pseudonym ~ '^[0-9a-f]{16}$'),
  identity_ciphertext bytea,
  identity_index bytea unique,
  region_code text not null references regions,
  status text not null check (status in ('active', 'suspended')),
  created_at timestamptz not null
);

create table enterprise_welders (
  enterprise_id uuid not null references enterprises,
  welder_id uuid not null references welders,
  primary key (welder_id, enterprise_id)
);

create table certificates (
  certificate_id uuid primary key,
  welder_id uuid not null references welders,
  family text not null,
  item text not null,
  number_ciphertext bytea,
  number_index bytea,
  -- Civil days, both inclusive.
  valid_from text not null check (valid_from ~ '^\d{4}-\d{2}-\d{2}$'),
  valid_to text not null check (valid_to ~ '^\d{4}-\d{2}-\d{2}$'),
  review_due_on text check (review_due_on ~ '^\d{4}-\d{2}-\d{2}$'),
  status text not null check (status in ('valid', 'suspended', 'revoked'))
);
create index certificates_welder on certificates (welder_id);

create table chips (
  chip_id text primary key check (chip_id ~ '^[a-z2-7]{16}$'),
  spki bytea not null,
  certificate_serial text,
  certificate_not_after timestamptz,
  enrolled_at timestamptz not null,
  revoked_at timestamptz,
  -- The last event applied, in order: (0, 0) before the first.
  event_boot bigint not null default 0,
  event_seq bigint not null default 0,
  event_hash bytea,
  chain_breaks integer not null default 0,
  -- The lowest event seen beyond a gap and how often: what the chip has lost for good must not hold up the rest.
  gap_boot bigint not null default 0,
  gap_seq bigint not null default 0,
  gap_sightings integer not null default 0
);

create table machines (
  machine_id uuid primary key,
  machine_code text not null unique,
  enterprise_id uuid not null references enterprises,
  region_code text not null references regions,
  name text not null,
  model text not null,
  process text not null,
  is_mobile boolean not null,
  status text not null check (status in ('registered', 'in-service', 'under-repair', 'scrapped')),
  is_locked boolean not null default false,
  lock_reason text,
  chip_id text unique references chips,
  home_latitude_degrees double precision,
  home_longitude_degrees double precision,
  created_at timestamptz not null
);
create index machines_region on machines (region_code);
create index machines_enterprise on machines (enterprise_id);

-- The latest that is known of a chip; changes only forwards by (boot, uptime).
create table twins (
  chip_id text primary key references chips,
  boot bigint not null,
  uptime_ms bigint not null,
  state_version bigint not null,
  relay_closed boolean not null default false,
  arc_on boolean not null default false,
  is_locked boolean not null default false,
  is_tampered boolean not null default false,
  is_faulted boolean not null default false,
  latitude_degrees double precision,
  longitude_degrees double precision,
  accuracy_metres real,
  position_at timestamptz,
  current_amps real,
  voltage_volts real,
  temperature_celsius real,
  gas_lel_percent real,
  battery_percent real,
  signal_dbm real,
  clock_trust text not null,
  -- Platform time minus the chip's, when it last spoke.
  clock_skew_ms bigint,
  last_heard_at timestamptz not null,
  -- The broker said the connection broke; only a hint, the lease decides.
  is_gone boolean not null default false,
  -- The chip's count of connections in this boot: fences late wills.
  connection bigint not null default 0,
  firmware text,
  configuration_version bigint not null default 0
);
create index twins_heard on twins (last_heard_at);

create table decisions (
  decision_id uuid primary key,
  decided_at timestamptz not null,
  welder_id uuid not null references welders,
  machine_id uuid not null references machines,
  region_code text not null,
  outcome text not null check (outcome in ('grant', 'refuse', 'require')),
  reasons jsonb not null,
  facts jsonb not null,
  policy jsonb not null,
  packs_digest text not null,
  digest text not null
);
create index decisions_time on decisions (decided_at desc);
create index decisions_machine on decisions (machine_id, decided_at desc);
create index decisions_welder on decisions (welder_id, decided_at desc);

create table work_sessions (
  work_session_id uuid primary key,
  machine_id uuid not null references machines,
  chip_id text not null references chips,
  welder_id uuid not null references welders,
  enterprise_id uuid not null references enterprises,
  region_code text not null,
  decision_id uuid not null references decisions,
  -- granted: signed and sent; energised: the chip closed the relay; not-started: it never did; ended: relay open again.
  status text not null check (status in ('granted', 'energised', 'ended', 'not-started')),
  idempotency_key text,
  granted_at timestamptz not null,
  accept_by timestamptz not null,
  expires_at timestamptz not null,
  energised_at timestamptz,
  stop_requested_at timestamptz,
  ended_at timestamptz,
  end_reason text,
  energised_ms bigint not null default 0,
  arc_ms bigint not null default 0,
  arc_count bigint not null default 0,
  energy_kilojoules bigint not null default 0,
  peak_deciamps integer not null default 0,
  checkpoint_verified boolean
);
create unique index work_sessions_one_holder on work_sessions (machine_id) where status in ('granted', 'energised');
create index work_sessions_open on work_sessions (status) where status in ('granted', 'energised');
create unique index work_sessions_idempotency on work_sessions (welder_id, idempotency_key);
create index work_sessions_welder on work_sessions (welder_id, granted_at desc);
create index work_sessions_machine on work_sessions (machine_id, granted_at desc);
create index work_sessions_time on work_sessions (granted_at desc);

-- What the platform told a chip and what the chip answered.
create table commands (
  command_id text primary key check (command_id ~ '^[0-9a-f]{16}$'),
  chip_id text not null references chips,
  kind text not null,
  work_session_id uuid,
  body jsonb not null,
  sent_at timestamptz not null,
  accept_by timestamptz not null,
  result text,
  answered_at timestamptz
);
create index commands_chip on commands (chip_id, sent_at desc);
create index commands_session on commands (work_session_id) where work_session_id is not null;

create table chip_events (
  chip_id text not null references chips,
  boot bigint not null,
  seq bigint not null,
  kind text not null,
  data jsonb not null,
  uptime_ms bigint not null,
  clock_trust text not null,
  -- By the chip's clock, corrected by the measured skew; the time received where the chip had no clock.
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  state_version bigint not null,
  machine_id uuid,
  work_session_id uuid,
  chain_intact boolean not null,
  raw bytea not null,
  primary key (chip_id, boot, seq)
);
create index chip_events_machine on chip_events (machine_id, occurred_at desc);
create index chip_events_session on chip_events (work_session_id) where work_session_id is not null;

-- Batches as they came, durable before they are acknowledged; rolled up into chunks and removed.
create table telemetry_hot (
  chip_id text not null,
  boot bigint not null,
  batch bigint not null,
  starts_at timestamptz not null,
  sample_count smallint not null,
  payload bytea not null,
  primary key (chip_id, boot, batch)
);
create index telemetry_hot_time on telemetry_hot (starts_at);

-- One row a chip and ten minutes: delta-coded columns, deflated. Daily partitions are made by the roll-up job.
create table telemetry_chunks (
  chip_id text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  sample_count integer not null,
  max_current_amps real not null,
  columns bytea not null,
  primary key (chip_id, starts_at)
) partition by range (starts_at);

-- Frames that could not be taken, with the reason: nothing is silently dropped.
create table quarantined_frames (
  quarantine_id uuid primary key,
  chip_id text not null,
  channel text not null,
  reason text not null,
  field text,
  payload bytea not null,
  received_at timestamptz not null
);
create index quarantined_frames_time on quarantined_frames (received_at desc);

-- Regional numbers, versioned: the newest version whose time has come holds.
create table policies (
  region_code text not null references regions,
  version integer not null,
  effective_from timestamptz not null,
  "values" jsonb not null,
  changed_by text not null,
  primary key (region_code, version)
);
