-- Statistics: every family of facts counted by Shanghai day and township, and by month. A cell is never added to: it is
-- counted anew from the rows whenever one of them has changed, so what comes late or twice counts right.

create function shanghai_day(at timestamptz) returns date language sql immutable parallel safe as
  $$ select ((at at time zone 'UTC') + interval '8 hours')::date $$;
create function shanghai_day_start(day date) returns timestamptz language sql immutable parallel safe as
  $$ select ((day::timestamp - interval '8 hours') at time zone 'UTC') $$;

-- Everything written by transactions before this one is in the cells or among the changes below.
create table statistics_progress (
  only_row boolean primary key default true check (only_row),
  counted_xid xid8 not null
);
insert into statistics_progress (counted_xid) values ('0');

-- Cells to count anew. The same one may stand here several times: whoever counts takes away what it has seen.
create table statistics_changes (
  change_id bigint generated always as identity primary key,
  family text not null,
  day date not null,
  region_code text not null
);

-- Machines, firms and welders whose own data says in which cell their facts are counted, and has changed.
create table statistics_changed_subjects (
  change_id bigint generated always as identity primary key,
  subject_id uuid not null
);

create table statistics_sessions (
  day date not null,
  region_code text not null,
  industry text,
  enterprise_type text,
  process text not null,
  is_mobile boolean not null,
  sessions bigint not null,
  mobile_sessions bigint not null,
  unused_grants bigint not null,
  energised_ms bigint not null,
  arc_ms bigint not null,
  energy_kilojoules bigint not null
);
create table statistics_decisions (
  day date not null,
  region_code text not null,
  industry text,
  enterprise_type text,
  process text not null,
  is_mobile boolean not null,
  -- The rule that refused first; null where none did.
  reason text,
  attempts bigint not null,
  refusals bigint not null,
  uncertified bigint not null
);
create table statistics_alarms (
  day date not null,
  -- Empty: the whole platform's.
  region_code text not null,
  industry text,
  enterprise_type text,
  alarm_kind text not null,
  severity text not null,
  raised bigint not null,
  closed bigint not null,
  closure_ms bigint not null,
  false_alarms bigint not null
);
create table statistics_clearances (
  day date not null,
  region_code text not null,
  industry text,
  enterprise_type text,
  process text not null,
  is_mobile boolean not null,
  opened bigint not null,
  closed bigint not null,
  forbidden bigint not null,
  scenes_passed bigint not null,
  scenes_failed bigint not null,
  scenes_referred bigint not null
);
create table statistics_certificates (
  day date not null,
  region_code text not null,
  certificate_family text not null,
  expiring bigint not null,
  reviews_due bigint not null
);
create table statistics_machines (
  day date not null,
  region_code text not null,
  industry text,
  enterprise_type text,
  process text not null,
  is_mobile boolean not null,
  machines bigint not null,
  mobile_machines bigint not null,
  fitted_machines bigint not null
);

create index statistics_sessions_cell on statistics_sessions (region_code text_pattern_ops, day);
create index statistics_decisions_cell on statistics_decisions (region_code text_pattern_ops, day);
create index statistics_alarms_cell on statistics_alarms (region_code text_pattern_ops, day);
create index statistics_clearances_cell on statistics_clearances (region_code text_pattern_ops, day);
create index statistics_certificates_cell on statistics_certificates (region_code text_pattern_ops, day);
create index statistics_machines_cell on statistics_machines (region_code text_pattern_ops, day);

-- The same by month, `day` its first.
create table statistics_sessions_months (like statistics_sessions including indexes);
create table statistics_decisions_months (like statistics_decisions including indexes);
create table statistics_alarms_months (like statistics_alarms including indexes);
create table statistics_clearances_months (like statistics_clearances including indexes);
create table statistics_certificates_months (like statistics_certificates including indexes);
create table statistics_machines_months (like statistics_machines including indexes);

-- Who worked in a month, for counts of different firms, machines and welders, which cannot be added up.
create table statistics_workers_months (
  day date not null,
  region_code text not null,
  industry text,
  enterprise_type text,
  process text not null,
  is_mobile boolean not null,
  enterprise_id uuid not null,
  machine_id uuid not null,
  welder_id uuid not null
);
create index statistics_workers_months_cell on statistics_workers_months (region_code text_pattern_ops, day);

-- How changed rows are found.
create index decisions_written on decisions (written_xid);

create function note_change() returns trigger language plpgsql as $$
begin
  new.changed_xid := pg_current_xact_id();
  return new;
end
$$;
alter table alarms add column changed_xid xid8 not null default pg_current_xact_id();
create index alarms_changed_xid on alarms (changed_xid);
create trigger alarms_changed_xid before update on alarms
  for each row when (old.handling is distinct from new.handling or old.closed_at is distinct from new.closed_at
                     or old.region_code is distinct from new.region_code or old.raised_at is distinct from new.raised_at
                     or old.severity is distinct from new.severity or old.kind is distinct from new.kind
                     or old.enterprise_id is distinct from new.enterprise_id)
  execute function note_change();
alter table clearances add column changed_xid xid8 not null default pg_current_xact_id();
create index clearances_changed_xid on clearances (changed_xid);
create trigger clearances_changed_xid before update on clearances
  for each row when (old.phase is distinct from new.phase or old.region_code is distinct from new.region_code
                     or old.enterprise_id is distinct from new.enterprise_id)
  execute function note_change();
alter table scene_checks add column changed_xid xid8 not null default pg_current_xact_id();
create index scene_checks_changed_xid on scene_checks (changed_xid);
create trigger scene_checks_changed_xid before update on scene_checks
  for each row when (old.status is distinct from new.status or old.region_code is distinct from new.region_code)
  execute function note_change();

-- A row that leaves its cell for another, or is deleted: the cell that it leaves. Arguments: family, column of the time.
create function note_left_cell() returns trigger language plpgsql as $$
begin
  insert into statistics_changes (family, day, region_code)
  values (tg_argv[0], shanghai_day((to_jsonb(old) ->> tg_argv[1])::timestamptz),
          coalesce(to_jsonb(old) ->> 'region_code', ''));
  return null;
end
$$;
create trigger work_sessions_moved after update of region_code, granted_at on work_sessions
  for each row when (old.region_code is distinct from new.region_code or old.granted_at is distinct from new.granted_at)
  execute function note_left_cell('sessions', 'granted_at');
create trigger work_sessions_deleted after delete on work_sessions
  for each row execute function note_left_cell('sessions', 'granted_at');
create trigger decisions_deleted after delete on decisions
  for each row execute function note_left_cell('decisions', 'decided_at');
create trigger alarms_moved after update of region_code, raised_at on alarms
  for each row when (old.region_code is distinct from new.region_code or old.raised_at is distinct from new.raised_at)
  execute function note_left_cell('alarms', 'raised_at');
create trigger alarms_deleted after delete on alarms
  for each row execute function note_left_cell('alarms', 'raised_at');
create trigger clearances_moved after update of region_code, opened_at on clearances
  for each row when (old.region_code is distinct from new.region_code or old.opened_at is distinct from new.opened_at)
  execute function note_left_cell('clearances', 'opened_at');
create trigger clearances_deleted after delete on clearances
  for each row execute function note_left_cell('clearances', 'opened_at');
create trigger scene_checks_moved after update of region_code, submitted_at on scene_checks
  for each row when (old.region_code is distinct from new.region_code or old.submitted_at is distinct from new.submitted_at)
  execute function note_left_cell('clearances', 'submitted_at');
create trigger scene_checks_deleted after delete on scene_checks
  for each row execute function note_left_cell('clearances', 'submitted_at');

create function note_left_machine_cells() returns trigger language plpgsql as $$
begin
  insert into statistics_changes (family, day, region_code)
  select 'machines', day, old.region_code
  from (select shanghai_day(old.created_at) as day
        union select shanghai_day(fitted_at) from chip_fittings where machine_id = old.machine_id) d;
  return null;
end
$$;
create trigger machines_moved after update of region_code on machines
  for each row when (old.region_code is distinct from new.region_code) execute function note_left_machine_cells();
create trigger machines_deleted after delete on machines
  for each row execute function note_left_machine_cells();

create function note_left_certificate_cells() returns trigger language plpgsql as $$
begin
  insert into statistics_changes (family, day, region_code)
  select 'certificates', day::date, w.region_code
  from welders w, unnest(array[old.valid_to, old.review_due_on]) day
  where w.welder_id = old.welder_id and day is not null;
  return null;
end
$$;
create trigger certificates_moved after update of valid_to, review_due_on, welder_id on certificates
  for each row when (old.valid_to is distinct from new.valid_to
                     or old.review_due_on is distinct from new.review_due_on
                     or old.welder_id is distinct from new.welder_id)
  execute function note_left_certificate_cells();
create trigger certificates_deleted after delete on certificates
  for each row execute function note_left_certificate_cells();

create function note_left_welder_cells() returns trigger language plpgsql as $$
begin
  insert into statistics_changes (family, day, region_code)
  select 'certificates', day::date, region
  from certificates c, unnest(array[c.valid_to, c.review_due_on]) day, unnest(array[old.region_code, new.region_code]) region
  where c.welder_id = old.welder_id and day is not null;
  return null;
end
$$;
create trigger welders_moved after update of region_code on welders
  for each row when (old.region_code is distinct from new.region_code) execute function note_left_welder_cells();

-- What a machine or a firm is, its facts are counted by: the cells of all of them are looked up later, in one go.
create function note_changed_machine() returns trigger language plpgsql as $$
begin
  insert into statistics_changed_subjects (subject_id) values (new.machine_id);
  return null;
end
$$;
create trigger machines_are_other after update of process, is_mobile, enterprise_id on machines
  for each row when (old.process is distinct from new.process or old.is_mobile is distinct from new.is_mobile
                     or old.enterprise_id is distinct from new.enterprise_id)
  execute function note_changed_machine();
create function note_changed_firm() returns trigger language plpgsql as $$
begin
  insert into statistics_changed_subjects (subject_id) values (new.enterprise_id);
  return null;
end
$$;
create trigger enterprises_are_other after update of industry, type on enterprises
  for each row when (old.industry is distinct from new.industry or old.type is distinct from new.type)
  execute function note_changed_firm();

-- Questions that somebody keeps, for himself or for all whose regions lie within his.
create table statistics_views (
  statistics_view_id uuid primary key,
  person_id uuid not null references persons,
  name text not null,
  question jsonb not null,
  is_shared boolean not null,
  -- Whose staff see it once it is shared; null: everybody's.
  region_code text references regions,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create unique index statistics_views_name on statistics_views (person_id, name);
create index statistics_views_shared on statistics_views (region_code) where is_shared;
