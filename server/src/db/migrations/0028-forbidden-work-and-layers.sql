-- Work at which hot work is forbidden meanwhile, by a special period or opening hours of its key area: it strikes no new
-- arc from then on. A row goes when the area allows work again; what is set anew gives its grace anew.
create table forbidden_work_ends (
  work_session_id uuid not null references work_sessions,
  key_area_id uuid not null references key_areas,
  due_at timestamptz not null,
  primary key (work_session_id, key_area_id)
);

-- Collections of OGC API Features that a department's program was registered for.
alter table api_clients add column layers jsonb not null default '[]';

-- Whom to call about a declared work is forgotten a month after it is over.
alter table other_works alter column contact_name_ciphertext drop not null;
alter table other_works alter column contact_phone_ciphertext drop not null;
create index other_works_contacts on other_works (planned_to) where contact_name_ciphertext is not null;
