-- Credit of welders and firms by published rules, and appeals against what was booked or ordered.

-- Rules are added, never changed: a booking names the version that it was made by.
create table credit_rule_versions (
  region_code text not null references regions,
  version integer not null,
  effective_from timestamptz not null,
  -- [{ cause, holder, points }]
  rules jsonb not null,
  returns_after_days integer not null,
  reason text not null,
  published_by uuid not null references persons,
  published_at timestamptz not null,
  primary key (region_code, version)
);

create table credit_bookings (
  credit_booking_id uuid primary key,
  welder_id uuid references welders,
  enterprise_id uuid references enterprises,
  -- Whose people see it, and under whose rules it was made.
  region_code text not null,
  cause text not null,
  -- The alarm, decision or order; null: training.
  cause_id uuid,
  points integer not null check (points between -100 and 100 and points <> 0),
  -- Such as 330723-2.
  rule_version text not null,
  note text,
  -- Who brought it about: who confirmed the alarm, issued the order or booked the training; null: the platform alone.
  made_by uuid references persons,
  booked_at timestamptz not null,
  returns_at timestamptz,
  appeal_by timestamptz not null,
  ended_at timestamptz,
  ended_why text check (ended_why in ('false-alarm', 'appeal', 'time', 'cancelled')),
  check ((welder_id is null) <> (enterprise_id is null)),
  check ((ended_at is null) = (ended_why is null))
);
-- Nothing is booked twice for the same cause while the first holds.
create unique index credit_bookings_once on credit_bookings
  (cause, cause_id, coalesce(welder_id, enterprise_id)) where cause_id is not null and ended_at is null;
create index credit_bookings_welder on credit_bookings (welder_id, booked_at desc) where welder_id is not null;
create index credit_bookings_enterprise on credit_bookings (enterprise_id, booked_at desc) where enterprise_id is not null;
create index credit_bookings_cause on credit_bookings (cause_id) where ended_at is null;
create index credit_bookings_returns on credit_bookings (returns_at) where ended_at is null and returns_at is not null;

-- Alarms that were looked at for credit once they were verified.
alter table alarms add column credited_at timestamptz;
create index alarms_uncredited on alarms (changed_at)
  where credited_at is null and handling in ('verified', 'closed');
create index alarms_credited_false on alarms (alarm_id) where credited_at is not null and handling = 'false-alarm';

create table appeals (
  appeal_id uuid primary key,
  credit_booking_id uuid references credit_bookings,
  rectification_id uuid references rectifications,
  region_code text not null,
  -- Whose it is, and who of them asked.
  welder_id uuid references welders,
  enterprise_id uuid references enterprises,
  asked_by uuid not null references persons,
  asked_at timestamptz not null,
  reason text not null,
  -- Who made what is appealed: somebody else decides.
  made_by uuid references persons,
  status text not null check (status in ('open', 'allowed', 'refused')),
  decide_by timestamptz not null,
  level integer not null,
  next_at timestamptz,
  decided_by uuid references persons,
  decided_at timestamptz,
  decision_reason text,
  check ((credit_booking_id is null) <> (rectification_id is null)),
  check ((welder_id is null) <> (enterprise_id is null)),
  check ((status = 'open') = (decided_by is null)),
  check (decided_by is null or decided_by <> made_by or made_by is null),
  check (decided_by is null or decided_by <> asked_by)
);
create unique index appeals_once_booking on appeals (credit_booking_id) where credit_booking_id is not null;
create unique index appeals_once_rectification on appeals (rectification_id) where rectification_id is not null;
create index appeals_next on appeals (next_at) where next_at is not null;
create index appeals_region on appeals (region_code text_pattern_ops, decide_by);
create index appeals_asked on appeals (asked_by, asked_at desc);
