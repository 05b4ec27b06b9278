-- Fire watches and hot-work permits. One row is one permit: what changes after the approval is a new permit.

-- Who looks after hot work for an enterprise, with the training that lets him.
create table fire_watches (
  fire_watch_id uuid primary key,
  person_id uuid not null references persons,
  enterprise_id uuid not null references enterprises,
  trained_on text not null check (trained_on ~ '^\d{4}-\d{2}-\d{2}$'),
  trained_to text not null check (trained_to ~ '^\d{4}-\d{2}-\d{2}$'),
  certificate_number_ciphertext bytea,
  added_by uuid not null references persons,
  added_at timestamptz not null,
  ended_at timestamptz,
  check (trained_on <= trained_to)
);
create unique index fire_watches_current on fire_watches (enterprise_id, person_id) where ended_at is null;
create index fire_watches_person on fire_watches (person_id) where ended_at is null;
create unique index role_grants_fire_watch on role_grants (enterprise_id, person_id) where role = 'fire-watch';

alter table blobs drop constraint blobs_kind_check;
alter table blobs add constraint blobs_kind_check check (kind in
  ('certificate-photo', 'portrait', 'installation-photo', 'installation-signature', 'permit-photo', 'permit-signature'));

-- The last number given in a region on a Shanghai day.
create table hot_work_permit_counters (
  region_code text not null references regions,
  day text not null,
  last_number integer not null,
  primary key (region_code, day)
);

create table hot_work_permits (
  permit_id uuid primary key,
  permit_number text not null unique,
  status text not null check (status in
    ('draft', 'submitted', 'approved', 'suspended', 'closed', 'void', 'rejected', 'expired')),
  region_code text not null references regions,
  key_area_id uuid references key_areas,
  site_owner_enterprise_id uuid references enterprises,
  contractor_enterprise_id uuid references enterprises,
  machine_id uuid references machines,
  welder_person_id uuid not null references persons,
  welder_id uuid not null references welders,
  regime text not null,
  -- The hot-work point, WGS-84, by the welder's phone.
  latitude_degrees double precision,
  longitude_degrees double precision,
  point_accuracy_metres double precision,
  floor text,
  place_description text not null default '',
  grade_declared text check (grade_declared in ('special', 'grade-1', 'grade-2')),
  -- What the law asks for, as of the approval.
  grade_decided text check (grade_decided in ('special', 'grade-1', 'grade-2')),
  work_description text not null default '',
  method text,
  -- `PermitForm` of the contract: place, distances, measures, weather, materials.
  form jsonb not null,
  planned_from timestamptz,
  planned_to timestamptz,
  valid_from timestamptz,
  valid_to timestamptz,
  supervisor_person_id uuid references persons,
  fire_watch_person_id uuid references persons,
  approver_person_id uuid references persons,
  created_at timestamptz not null,
  submitted_at timestamptz,
  approved_at timestamptz,
  approver_role text check (approver_role in ('unit', 'safety-department', 'senior-manager')),
  -- Where the approver stood.
  approval_latitude_degrees double precision,
  approval_longitude_degrees double precision,
  approval_accuracy_metres double precision,
  approval_distance_metres double precision,
  approval_fixed_at timestamptz,
  signature_blob_id uuid references blobs,
  -- {decision, facts, policy} of the last decision about issuing it, so that it can be replayed.
  decision jsonb,
  status_reason text,
  status_changed_by uuid references persons,
  status_changed_at timestamptz,
  ended_at timestamptz,
  copied_from uuid references hot_work_permits,
  superseded_by uuid references hot_work_permits,
  verification_code text unique,
  check (planned_from < planned_to),
  check (valid_from < valid_to),
  -- No permit after the work, and nobody in two parts that must be two people.
  check (approved_at is null or (approved_at >= submitted_at and valid_from >= approved_at)),
  check (fire_watch_person_id <> welder_person_id),
  check (fire_watch_person_id <> supervisor_person_id),
  check (approver_person_id <> welder_person_id),
  check (approver_person_id <> fire_watch_person_id),
  check (approver_person_id <> supervisor_person_id),
  check ((approved_at is null) = (valid_from is null)),
  check (approved_at is null or (approver_person_id is not null and signature_blob_id is not null
                                 and approval_distance_metres is not null and verification_code is not null))
);
create index hot_work_permits_region on hot_work_permits (region_code text_pattern_ops, created_at desc);
create index hot_work_permits_site_owner on hot_work_permits (site_owner_enterprise_id, created_at desc);
create index hot_work_permits_contractor on hot_work_permits (contractor_enterprise_id, created_at desc);
create index hot_work_permits_welder on hot_work_permits (welder_person_id, created_at desc);
create index hot_work_permits_watch on hot_work_permits (fire_watch_person_id, created_at desc);
create index hot_work_permits_area on hot_work_permits (key_area_id, created_at desc);
create index hot_work_permits_due on hot_work_permits (coalesce(valid_to, planned_to))
  where status in ('submitted', 'approved', 'suspended');

-- Entered once, never changed. Concentrations in % by volume.
create table hot_work_gas_tests (
  gas_test_id uuid primary key,
  permit_id uuid not null references hot_work_permits,
  sampled_at timestamptz not null,
  recorded_at timestamptz not null,
  place text not null check (place in ('surroundings', 'inside-equipment', 'confined-space')),
  gas text not null,
  lel_vol_percent double precision,
  measured_vol_percent double precision,
  oxygen_vol_percent double precision,
  within_metres double precision,
  tester_person_id uuid not null references persons,
  photo_blob_id uuid references blobs,
  check (sampled_at <= recorded_at),
  check (measured_vol_percent is not null or oxygen_vol_percent is not null)
);
create index hot_work_gas_tests_permit on hot_work_gas_tests (permit_id, sampled_at);

create table hot_work_permit_photos (
  photo_id uuid primary key references blobs,
  permit_id uuid not null references hot_work_permits,
  measure text not null,
  digest text not null,
  taken_by uuid not null references persons,
  taken_at timestamptz not null,
  unique (permit_id, measure, digest)
);
