-- Alarms: what is dangerous or wrong, from the first raising to the end. `state` is what the state machine of the rules
-- says; the columns beside it are parts of it, to look for.

-- Declared maintenance: what happens meanwhile is kept as history and alarms nobody.
create table alarm_suppressions (
  suppression_id uuid primary key,
  -- All that is named must fit; no kinds: every kind.
  region_code text references regions,
  enterprise_id uuid references enterprises,
  machine_id uuid references machines,
  kinds text[] not null,
  reason text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  created_by uuid not null references persons,
  created_at timestamptz not null,
  -- Ended before its time.
  ended_at timestamptz,
  ended_by uuid references persons,
  check (starts_at < ends_at),
  check (region_code is not null or enterprise_id is not null or machine_id is not null)
);
create index alarm_suppressions_ends on alarm_suppressions (ends_at);

create table alarms (
  alarm_id uuid primary key,
  kind text not null,
  severity text not null check (severity in ('danger', 'warning', 'notice')),
  -- What it is about, such as `machine:…`: one open alarm a kind and subject.
  subject_key text not null,
  -- A decision's region may be one that is no longer known; the whole platform's alarms have none.
  region_code text,
  enterprise_id uuid references enterprises,
  site_owner_enterprise_id uuid references enterprises,
  machine_id uuid references machines,
  chip_id text references chips,
  welder_id uuid references welders,
  work_session_id uuid,
  clearance_id uuid,
  key_area_id uuid references key_areas,
  decision_id uuid,
  latitude_degrees double precision,
  longitude_degrees double precision,
  data jsonb not null,
  -- [{ kind, id, at }]
  evidence jsonb not null,
  condition text not null check (condition in ('active', 'cleared')),
  handling text not null,
  level integer not null,
  due_at timestamptz,
  assigned_department text,
  assigned_person_id uuid references persons,
  state jsonb not null,
  policy_version text not null,
  was_late boolean not null default false,
  suppression_id uuid references alarm_suppressions,
  -- The live alarm that a recorded one has become, when it lasted.
  promoted_to uuid references alarms,
  merged_into uuid references alarms,
  raised_count integer not null,
  occurred_at timestamptz not null,
  raised_at timestamptz not null,
  last_raised_at timestamptz not null,
  cleared_at timestamptz,
  -- History is closed from the beginning.
  closed_at timestamptz,
  act_count integer not null,
  changed_at timestamptz not null,
  check ((handling = 'recorded') = (was_late or suppression_id is not null))
);
create unique index alarms_one_open on alarms (kind, subject_key) where closed_at is null;
create index alarms_recorded on alarms (kind, subject_key)
  where handling = 'recorded' and condition = 'active' and promoted_to is null;
create index alarms_due on alarms (due_at) where due_at is not null;
create index alarms_region on alarms (region_code text_pattern_ops, raised_at desc);
create index alarms_raised on alarms (raised_at desc);
create index alarms_enterprise on alarms (enterprise_id, raised_at desc);
create index alarms_site_owner on alarms (site_owner_enterprise_id, raised_at desc);
create index alarms_machine on alarms (machine_id, raised_at desc);
create index alarms_welder on alarms (welder_id, raised_at desc);
create index alarms_changed on alarms (changed_at);
create index alarms_quiet on alarms (kind, last_raised_at) where condition = 'active';

-- Every step as it was taken; rows are added, never changed.
create table alarm_acts (
  alarm_id uuid not null references alarms,
  seq integer not null,
  at timestamptz not null,
  what text not null,
  -- Null: the platform.
  actor_id uuid references persons,
  actor_role text,
  -- text, department, personId, otherAlarmId, evidenceIds, position
  details jsonb not null,
  condition text not null,
  handling text not null,
  level integer not null,
  primary key (alarm_id, seq)
);

-- What has been taken in already: an event of a chip, a decision, a turn of a clearance. Nothing counts twice.
create table alarm_sources (
  source text primary key,
  alarm_id uuid references alarms,
  at timestamptz not null
);

create table alarm_links (
  alarm_id uuid not null references alarms,
  other_alarm_id uuid not null references alarms,
  linked_by uuid not null references persons,
  linked_at timestamptz not null,
  primary key (alarm_id, other_alarm_id),
  check (alarm_id < other_alarm_id)
);
create index alarm_links_other on alarm_links (other_alarm_id);

-- Pictures of handling.
alter table evidence drop constraint evidence_purpose_check;
alter table evidence add constraint evidence_purpose_check
  check (purpose in ('scene', 'gas-test', 'measure', 'smoulder', 'station', 'work', 'alarm'));
