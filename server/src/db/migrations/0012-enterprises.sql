-- Organisations that weld, that have welding done at their place, or both; who works for whom; whose place it was.
-- `industry` holds a code of GB/T 4754 from now on; what older registers wrote there stays as it is.
alter table enterprises
  add column is_welding boolean not null default true,
  add column is_site_owner boolean not null default false,
  add column type text,
  add column domain text,
  add column staff_count integer check (staff_count >= 0),
  add column latitude_degrees double precision,
  add column longitude_degrees double precision,
  add column address text,
  add column contact_name_ciphertext bytea,
  add column contact_phone_ciphertext bytea,
  add column allows_listed_only boolean not null default false,
  add column status_reason text,
  add column registered_by uuid references persons,
  add constraint enterprises_some_role check (is_welding or is_site_owner),
  add constraint enterprises_whole_place check ((latitude_degrees is null) = (longitude_degrees is null)),
  drop constraint enterprises_status_check,
  add constraint enterprises_status_check check (status in ('pending', 'active', 'suspended', 'rejected'));
-- The nearest site owners are looked for in a box around the phone.
create index enterprises_site_place on enterprises (latitude_degrees, longitude_degrees)
  where is_site_owner and status = 'active';
create index enterprises_registered_by on enterprises (registered_by) where status = 'pending';
-- Whoever was made an officer of one enterprise twice is so once.
delete from role_grants a using role_grants b
where a.role = 'enterprise-officer' and b.role = a.role and b.person_id = a.person_id
  and b.enterprise_id = a.enterprise_id and b.role_grant_id < a.role_grant_id;
create unique index role_grants_officer on role_grants (enterprise_id, person_id) where role = 'enterprise-officer';

alter table enterprise_welders
  add column added_by uuid references persons,
  add column added_at timestamptz;
create index enterprise_welders_enterprise on enterprise_welders (enterprise_id);

-- An officer asks, the welder answers; only his yes makes him a member.
create table welder_invitations (
  invitation_id uuid primary key,
  enterprise_id uuid not null references enterprises,
  welder_id uuid not null references welders,
  invited_by uuid not null references persons,
  invited_at timestamptz not null,
  answered_at timestamptz,
  is_accepted boolean
);
create unique index welder_invitations_open on welder_invitations (welder_id, enterprise_id) where answered_at is null;

-- Where an enterprise allows listed welders only.
create table enterprise_whitelists (
  enterprise_id uuid not null references enterprises,
  welder_id uuid not null references welders,
  listed_by uuid not null references persons,
  listed_at timestamptz not null,
  primary key (enterprise_id, welder_id)
);

-- A client engages a contractor for a period of civil days, both inclusive.
create table enterprise_contracts (
  contract_id uuid primary key,
  client_enterprise_id uuid not null references enterprises,
  contractor_enterprise_id uuid not null references enterprises,
  starts_on text not null check (starts_on ~ '^\d{4}-\d{2}-\d{2}$'),
  ends_on text not null check (ends_on ~ '^\d{4}-\d{2}-\d{2}$'),
  allows_machines boolean not null,
  created_by uuid not null references persons,
  created_at timestamptz not null,
  ended_at timestamptz,
  check (client_enterprise_id <> contractor_enterprise_id),
  check (starts_on <= ends_on)
);
create index enterprise_contracts_client on enterprise_contracts (client_enterprise_id);
create index enterprise_contracts_contractor on enterprise_contracts (contractor_enterprise_id);

-- The chain owner – contractor – site owner of each session; the owner is enterprise_id.
alter table work_sessions
  add column contractor_enterprise_id uuid references enterprises,
  add column site_owner_enterprise_id uuid references enterprises,
  add column site_owner_state text not null default 'unknown'
    check (site_owner_state in ('own', 'named', 'unknown', 'confirmed', 'disputed')),
  add column site_owner_reason text,
  add column site_owner_answered_by uuid references persons,
  add column site_owner_answered_at timestamptz,
  add constraint work_sessions_site_owner
    check (site_owner_state = 'unknown' or site_owner_enterprise_id is not null);
create index work_sessions_contractor on work_sessions (contractor_enterprise_id, granted_at desc);
create index work_sessions_site_owner on work_sessions (site_owner_enterprise_id, granted_at desc);
create index work_sessions_disputed on work_sessions (granted_at desc) where site_owner_state = 'disputed';
