-- Plans of inspections with the weights they were made by and what came of them; a demonstration's past.

create table inspection_plans (
  inspection_plan_id uuid primary key,
  region_code text not null references regions,
  created_by uuid not null references persons,
  created_at timestamptz not null,
  weights_version text not null,
  -- The weights themselves: { factor: { points, halfAt } }
  weights jsonb not null,
  -- { staff, days, hoursADay, hoursAVisit, hoursToRegion, hoursBetween }
  means jsonb not null
);
create index inspection_plans_region on inspection_plans (region_code text_pattern_ops, created_at desc);

create table inspection_visits (
  inspection_plan_id uuid not null references inspection_plans,
  enterprise_id uuid not null references enterprises,
  region_code text not null,
  day integer not null,
  person integer not null,
  turn integer not null,
  score double precision not null,
  -- [{ factor, seen, points, most }] as they were
  parts jsonb not null,
  finding text check (finding in ('found', 'nothing', 'not-done')),
  note text,
  reported_by uuid references persons,
  reported_at timestamptz,
  primary key (inspection_plan_id, enterprise_id),
  check ((finding is null) = (reported_at is null) and (finding is null) = (reported_by is null))
);
create index inspection_visits_open on inspection_visits (enterprise_id) where finding is null;

-- Days of a township that never were (演示): a demonstration has no past of its own.
create table simulated_trend_days (
  region_code text not null references regions,
  day date not null,
  -- 24 numbers of machines at work.
  work_by_hour jsonb not null,
  alarms integer not null,
  primary key (region_code, day)
);
