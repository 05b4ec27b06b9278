-- Orders to firms to put something right, from the notice to the passed re-inspection.

create table rectification_counters (
  region_code text not null,
  day text not null,
  last_number integer not null,
  primary key (region_code, day)
);

create table rectifications (
  rectification_id uuid primary key,
  rectification_number text not null unique,
  -- What a printed notice is looked up by, which nobody can guess.
  verification_code text not null unique,
  region_code text not null references regions,
  enterprise_id uuid not null references enterprises,
  source text not null check (source in ('alarm', 'inspection', 'free')),
  alarm_id uuid references alarms,
  severity text not null check (severity in ('danger', 'warning', 'notice')),
  title text not null,
  status text not null check (status in ('issued', 'answered', 'passed', 'cancelled')),
  -- Null: all officers of the firm.
  answerable_person_id uuid references persons,
  issued_by uuid not null references persons,
  issued_at timestamptz not null,
  -- Each failed re-inspection begins another.
  round integer not null,
  due_at timestamptz not null,
  reinspect_by timestamptz,
  -- When this round's deadline passed unanswered.
  overdue_at timestamptz,
  -- From when on its machines are to be locked, by the region's policy; each as soon as nobody works with it.
  lock_from timestamptz,
  -- How many levels up the region tree it has gone, and when it goes further.
  level integer not null,
  next_at timestamptz,
  -- Of this round.
  extension_count integer not null,
  extension_until timestamptz,
  extension_reason text,
  policy_version text not null,
  ended_at timestamptz,
  act_count integer not null,
  check ((source = 'alarm') = (alarm_id is not null)),
  check ((status in ('passed', 'cancelled')) = (ended_at is not null)),
  check ((status = 'answered') = (reinspect_by is not null)),
  check ((extension_until is null) = (extension_reason is null)),
  check (ended_at is null or next_at is null)
);
create index rectifications_next on rectifications (next_at) where next_at is not null;
create index rectifications_locking on rectifications (lock_from) where lock_from is not null and ended_at is null;
create index rectifications_region on rectifications (region_code text_pattern_ops, issued_at desc);
create index rectifications_enterprise on rectifications (enterprise_id, issued_at desc);
create index rectifications_alarm on rectifications (alarm_id) where alarm_id is not null;

create table rectification_items (
  rectification_id uuid not null references rectifications,
  item_no integer not null,
  what text not null,
  -- The clause as it was named: { source, article, verified }; null: none.
  clause jsonb,
  state text not null check (state in ('open', 'answered', 'passed')),
  answer text,
  evidence_ids jsonb not null,
  answered_at timestamptz,
  primary key (rectification_id, item_no)
);

create table rectification_machines (
  rectification_id uuid not null references rectifications,
  machine_id uuid not null references machines,
  -- Locked because the order is overdue; unlocked when it has passed or is taken back.
  locked_at timestamptz,
  unlocked_at timestamptz,
  primary key (rectification_id, machine_id),
  check (unlocked_at is null or locked_at is not null)
);
create index rectification_machines_locked on rectification_machines (machine_id)
  where locked_at is not null and unlocked_at is null;

-- Every step as it was taken; rows are added, never changed.
create table rectification_acts (
  rectification_id uuid not null references rectifications,
  seq integer not null,
  at timestamptz not null,
  what text not null,
  -- Null: the platform.
  actor_id uuid references persons,
  actor_role text,
  -- itemNo, text, until, evidenceIds
  details jsonb not null,
  primary key (rectification_id, seq)
);

alter table evidence drop constraint evidence_purpose_check;
alter table evidence add constraint evidence_purpose_check
  check (purpose in ('scene', 'gas-test', 'measure', 'smoulder', 'station', 'work', 'alarm', 'rectification'));
