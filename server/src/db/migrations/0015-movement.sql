-- Where a chip was and whether it welded, a fix every ten minutes: the roll-up has the samples in hand when it packs
-- them. Null: no believable position in that time, or packed before this was asked.
alter table telemetry_chunks add column latitude_degrees double precision;
alter table telemetry_chunks add column longitude_degrees double precision;
alter table telemetry_chunks add column accuracy_metres real;
alter table telemetry_chunks add column has_arc boolean not null default false;

-- Days of chips (Asia/Shanghai) whose history has changed and was not looked at since; late readings come back here.
create table telemetry_changed_days (
  chip_id text not null,
  day text not null check (day ~ '^\d{4}-\d{2}-\d{2}$'),
  changed_at timestamptz not null,
  primary key (chip_id, day)
);
create index telemetry_changed_days_time on telemetry_changed_days (changed_at);

-- Where a machine stayed on a day: [latitude, longitude, fixes, of these with an arc, first at (ms)] a place, in the
-- order of its stays. Written whole from all fixes of the day, never added to. No foreign key: a row a machine and day.
create table movement_days (
  machine_id uuid not null,
  day text not null check (day ~ '^\d{4}-\d{2}-\d{2}$'),
  places jsonb not null,
  -- Of the demonstration's simulated past, not reported by a chip.
  is_simulated boolean not null default false,
  primary key (machine_id, day)
);
create index movement_days_day on movement_days (day);

-- What the classifier found, with the figures it goes by, and what staff said instead.
create table machine_movements (
  machine_id uuid primary key references machines,
  -- Its days have changed since it was classified.
  is_stale boolean not null default true,
  found text check (found in ('mobile', 'fixed', 'undecided')),
  places jsonb not null default '[]',
  place_count integer not null default 0,
  moves integer not null default 0,
  farthest_metres integer not null default 0,
  days integer not null default 0,
  worked_days integer not null default 0,
  simulated_days integer not null default 0,
  from_day text,
  to_day text,
  classified_at timestamptz,
  -- The last day of the days it goes by; on the next day all are looked at again.
  classified_on text,
  override text check (override in ('mobile', 'fixed')),
  override_reason text,
  overridden_by uuid references persons,
  overridden_at timestamptz,
  check ((override is null) = (override_reason is null and overridden_by is null and overridden_at is null))
);
create index machine_movements_stale on machine_movements (machine_id) where is_stale;
create index machine_movements_classified on machine_movements (classified_on);

-- The same for welders, from where their work sessions began.
create table welder_movements (
  welder_id uuid primary key references welders,
  is_stale boolean not null default true,
  found text check (found in ('mobile', 'fixed', 'undecided')),
  place_count integer not null default 0,
  moves integer not null default 0,
  farthest_metres integer not null default 0,
  worked_days integer not null default 0,
  from_day text,
  to_day text,
  classified_at timestamptz,
  classified_on text
);
create index welder_movements_stale on welder_movements (welder_id) where is_stale;
create index welder_movements_classified on welder_movements (classified_on);

-- Work sessions granted before this have been noted in welder_movements.
create table movement_progress (
  is_only boolean primary key default true check (is_only),
  sessions_until timestamptz not null
);
insert into movement_progress (sessions_until) values ('epoch');
