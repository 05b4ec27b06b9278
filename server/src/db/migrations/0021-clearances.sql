-- Clearances: what hot work in a key area needs, from the entry to the closed smoulder watch. `state` is what the state
-- machine of the rules says; the columns beside it are parts of it, to look for.
create table clearances (
  clearance_id uuid primary key,
  key_area_id uuid not null references key_areas,
  key_area_version integer not null,
  machine_id uuid not null references machines,
  welder_id uuid not null references welders,
  -- The area's.
  region_code text not null references regions,
  -- The machine's owner.
  enterprise_id uuid not null references enterprises,
  site_owner_enterprise_id uuid references enterprises,
  latitude_degrees double precision not null,
  longitude_degrees double precision not null,
  accuracy_metres double precision not null,
  floor text,
  phase text not null,
  state jsonb not null,
  -- The numbers that held when it was opened, and hold for it to the end.
  policy jsonb not null,
  -- Part of every site code of this clearance.
  site_code_key bytea not null check (octet_length(site_code_key) = 16),
  site_code_id bytea not null unique check (octet_length(site_code_id) = 5),
  permit_id uuid references hot_work_permits,
  watch_person_id uuid references persons,
  -- Granted under it and not known to be over.
  open_work_session_id uuid references work_sessions,
  -- The session must not strike new arcs; the chip was not told yet.
  must_stop boolean not null default false,
  -- When time alone brings something about.
  due_at timestamptz,
  event_count integer not null,
  opened_at timestamptz not null,
  ended_at timestamptz
);
-- A machine is at one place at a time.
create unique index clearances_one_open on clearances (machine_id) where ended_at is null;
create index clearances_due on clearances (due_at) where due_at is not null;
create index clearances_session on clearances (open_work_session_id) where open_work_session_id is not null;
create index clearances_region on clearances (region_code text_pattern_ops, opened_at desc);
create index clearances_opened on clearances (opened_at desc);
create index clearances_welder on clearances (welder_id, opened_at desc);
create index clearances_watch on clearances (watch_person_id, opened_at desc) where watch_person_id is not null;
create index clearances_area on clearances (key_area_id, opened_at desc);
create index clearances_permit on clearances (permit_id) where permit_id is not null;

-- Every event as it was taken: replayed in order they lead to the state.
create table clearance_events (
  clearance_id uuid not null references clearances,
  seq integer not null,
  at timestamptz not null,
  event jsonb not null,
  -- 0 ≤ number < 1 that the step was made with.
  random double precision not null,
  phase text not null,
  effects jsonb not null,
  -- Null: time, a chip or the platform.
  actor_id uuid references persons,
  primary key (clearance_id, seq)
);

alter table work_sessions add column clearance_id uuid references clearances;
create index work_sessions_clearance on work_sessions (clearance_id) where clearance_id is not null;

create table scene_checks (
  scene_check_id uuid primary key,
  clearance_id uuid not null references clearances,
  attempt integer not null,
  region_code text not null references regions,
  status text not null check (status in ('waiting', 'pass', 'fail', 'refer')),
  -- Who judges: `staff`, or the name of a model.
  checker text not null,
  evidence_ids uuid[] not null,
  note text not null,
  findings jsonb not null,
  reason text,
  submitted_at timestamptz not null,
  due_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid references persons,
  unique (clearance_id, attempt)
);
create index scene_checks_waiting on scene_checks (submitted_at) where status = 'waiting';
create index scene_checks_decided on scene_checks (decided_at desc) where decided_at is not null;

create table station_calls (
  station_call_id uuid primary key,
  clearance_id uuid not null references clearances,
  cause text not null check (cause in ('scene', 'smoulder')),
  status text not null check (status in ('alerted', 'accepted', 'on-site', 'released', 'forbidden')),
  -- Whose stations are called now: the area's region, or a code above it, known here or not.
  region_code text not null,
  level integer not null,
  called_at timestamptz not null,
  due_at timestamptz,
  accepted_at timestamptz,
  accepted_by uuid references persons,
  arrived_at timestamptz,
  arrival_distance_metres double precision,
  decided_at timestamptz,
  reason text,
  evidence_ids uuid[] not null default '{}'
);
create unique index station_calls_one_open on station_calls (clearance_id)
  where status in ('alerted', 'accepted', 'on-site');
create index station_calls_open on station_calls (called_at) where status in ('alerted', 'accepted', 'on-site');
create index station_calls_decided on station_calls (decided_at desc) where decided_at is not null;

create table smoulder_checks (
  smoulder_check_id uuid primary key,
  clearance_id uuid not null references clearances,
  person_id uuid not null references persons,
  at timestamptz not null,
  is_safe boolean not null,
  note text not null,
  evidence_ids uuid[] not null
);
create index smoulder_checks_clearance on smoulder_checks (clearance_id, at);
