-- Monthly reports of statistics: who wants one of what, and those that were made.
create table report_schedules (
  report_schedule_id uuid primary key,
  -- In whose sight, as it is at that time, the figures are counted.
  person_id uuid not null references persons,
  name text not null,
  -- Null: the whole platform.
  region_code text references regions,
  -- What is asked of each month; null: the standard measures.
  question jsonb,
  language text not null check (language in ('zh-CN', 'en')),
  day_of_month integer not null check (day_of_month between 1 and 28),
  -- Colleagues who get it beside the person.
  recipient_ids uuid[] not null,
  -- When the report of the calendar month before is made.
  due_at timestamptz not null,
  -- A server is making it; it counts as lost then.
  taken_until timestamptz,
  -- Why the last one was not made.
  last_problem text check (last_problem in ('no-sight')),
  created_at timestamptz not null
);
create index report_schedules_due on report_schedules (due_at);
create index report_schedules_person on report_schedules (person_id);

create table statistics_reports (
  statistics_report_id uuid primary key,
  -- Null once the schedule is gone.
  report_schedule_id uuid references report_schedules on delete set null,
  person_id uuid not null references persons,
  name text not null,
  region_code text references regions,
  -- The month's first day.
  month date not null,
  language text not null,
  -- What its readers must see as counts.
  needs text[] not null,
  reader_ids uuid[] not null,
  made_at timestamptz not null,
  unique (report_schedule_id, month)
);
create index statistics_reports_made on statistics_reports (made_at desc);
create index statistics_reports_readers on statistics_reports using gin (reader_ids);

create table statistics_report_files (
  blob_id uuid primary key,
  statistics_report_id uuid not null references statistics_reports on delete cascade,
  format text not null check (format in ('pdf', 'xlsx')),
  key_ciphertext bytea not null,
  size_bytes integer not null,
  unique (statistics_report_id, format)
);

-- Figures that people want to be told of when they change.
create table figure_subscriptions (
  figure_subscription_id uuid primary key,
  person_id uuid not null references persons,
  measure text not null,
  -- Null: the whole platform.
  region_code text references regions,
  industry text,
  -- above: today's figure so far; below: yesterday's; changed: the last seven days against the seven before, in percent.
  condition text not null check (condition in ('above', 'below', 'changed')),
  threshold double precision not null,
  -- Told, and not back within the threshold by its margin since.
  is_beyond boolean not null default false,
  last_value double precision,
  -- Days of Asia/Shanghai.
  told_on date,
  looked_at timestamptz,
  next_look_at timestamptz not null,
  created_at timestamptz not null
);
create index figure_subscriptions_due on figure_subscriptions (next_look_at);
create index figure_subscriptions_person on figure_subscriptions (person_id);

-- Departments' programs that were registered for counts.
alter table api_clients add column may_count boolean not null default false;
