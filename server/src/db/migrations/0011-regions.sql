-- The region tree lives on: codes are abolished with their day and never deleted, names change and stay findable.
alter table regions add column is_standard boolean not null default false;
alter table regions add column abolished_on text check (abolished_on ~ '^\d{4}-\d{2}-\d{2}$');
alter table regions add column successor_code text references regions;
create index regions_parent on regions (parent_code, region_code);
create index regions_successor on regions (successor_code) where successor_code is not null;

create table region_former_names (
  region_code text not null references regions,
  name text not null,
  -- The day from which the next name holds.
  ended_on text not null check (ended_on ~ '^\d{4}-\d{2}-\d{2}$'),
  primary key (region_code, name, ended_on)
);

-- Who shares the view, and how much of each group of fields: none, counts, rows or personal. The list is a default to
-- be configured: the seed speaks of thirteen departments and names the first three; the other ten are common
-- departments of a county government, chosen here and by no law.
create table departments (
  department_key text primary key check (department_key ~ '^[a-z][a-z-]{1,39}$'),
  place smallint not null unique,
  name_zh text not null,
  name_en text not null,
  rights jsonb not null,
  may_command boolean not null
);
insert into departments (department_key, place, name_zh, name_en, may_command, rights)
select key, place, zh, en, command,
       jsonb_build_object('machines', machines, 'readings', readings, 'sessions', sessions, 'decisions', decisions,
                          'people', people, 'enterprises', enterprises, 'alarms', alarms)
from (values
  ('emergency-management', 1, '应急管理', 'Emergency management', true,
   'rows', 'rows', 'rows', 'rows', 'personal', 'rows', 'rows'),
  ('housing-construction', 2, '住建', 'Housing and construction', true,
   'rows', 'rows', 'rows', 'rows', 'personal', 'rows', 'rows'),
  ('market-regulation', 3, '市场监管', 'Market regulation', true,
   'rows', 'rows', 'rows', 'rows', 'personal', 'rows', 'rows'),
  ('fire-rescue', 4, '消防救援', 'Fire and rescue', true,
   'rows', 'rows', 'rows', 'rows', 'rows', 'rows', 'rows'),
  ('public-security', 5, '公安', 'Public security', false,
   'rows', 'none', 'rows', 'rows', 'rows', 'rows', 'rows'),
  ('industry-information', 6, '经信', 'Industry and information', false,
   'rows', 'counts', 'counts', 'counts', 'none', 'rows', 'counts'),
  ('transport', 7, '交通运输', 'Transport', false,
   'rows', 'none', 'rows', 'counts', 'counts', 'rows', 'rows'),
  ('water-resources', 8, '水利', 'Water resources', false,
   'rows', 'none', 'rows', 'counts', 'counts', 'rows', 'rows'),
  ('agriculture-rural', 9, '农业农村', 'Agriculture and rural affairs', false,
   'rows', 'none', 'counts', 'counts', 'counts', 'rows', 'counts'),
  ('commerce', 10, '商务', 'Commerce', false,
   'counts', 'none', 'counts', 'counts', 'none', 'rows', 'counts'),
  ('education', 11, '教育', 'Education', false,
   'counts', 'none', 'counts', 'none', 'none', 'counts', 'rows'),
  ('health', 12, '卫生健康', 'Health', false,
   'counts', 'none', 'counts', 'none', 'none', 'counts', 'rows'),
  ('culture-tourism', 13, '文旅', 'Culture and tourism', false,
   'counts', 'none', 'counts', 'none', 'none', 'counts', 'rows')
) as defaults (key, place, zh, en, command,
               machines, readings, sessions, decisions, people, enterprises, alarms);

-- Absent: the role's whole reach, as before.
alter table role_grants add column department_key text references departments;
create index role_grants_region on role_grants (region_code text_pattern_ops);

-- An account belongs to a region, whatever roles its holder has just now.
alter table staff_accounts add column region_code text references regions;
update staff_accounts a set region_code = (
  select min(g.region_code) from role_grants g where g.person_id = a.person_id);

-- A one-use way to choose a password and to take the secret of the one-time passwords; stored as a digest only.
create table staff_invitations (
  invitation_id uuid primary key,
  person_id uuid not null references persons,
  token_digest bytea not null unique,
  totp_ciphertext bytea not null,
  issued_by text not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  withdrawn_at timestamptz
);
create index staff_invitations_person on staff_invitations (person_id) where used_at is null and withdrawn_at is null;
