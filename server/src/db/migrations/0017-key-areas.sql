-- Key areas: places where a start demands more. Nothing is deleted; an abolished area keeps all that it was.
create table key_areas (
  key_area_id uuid primary key,
  region_code text not null references regions,
  kind text not null,
  name text not null,
  site_owner_enterprise_id uuid references enterprises,
  -- [{name, phone}], sealed; personal data has no versions.
  contacts_ciphertext bytea,
  status text not null default 'active' check (status in ('active', 'abolished')),
  version integer not null check (version >= 1),
  -- The state of key_areas_revision at its latest change.
  revision bigint not null,
  -- Around the geometry, to narrow a search.
  west_degrees double precision not null,
  south_degrees double precision not null,
  east_degrees double precision not null,
  north_degrees double precision not null
);
create index key_areas_region on key_areas (region_code text_pattern_ops);
create index key_areas_revision_order on key_areas (revision);
create index key_areas_site_owner on key_areas (site_owner_enterprise_id);
create index key_areas_box on key_areas (south_degrees, west_degrees) where status = 'active';

-- What an area was from a change to the next, with who changed it and why. Geometry is GeoJSON in WGS-84.
create table key_area_versions (
  key_area_id uuid not null references key_areas,
  version integer not null check (version >= 1),
  status text not null check (status in ('active', 'abolished')),
  region_code text not null references regions,
  kind text not null,
  regime text not null check (regime in ('general', 'building-site', 'special-equipment', 'chemical', 'crowded-place')),
  name text not null,
  site_owner_enterprise_id uuid references enterprises,
  address text,
  geometry jsonb not null,
  -- {centre: [longitude, latitude], radiusMetres} where it was drawn as a circle; geometry then is the polygon for it.
  circle jsonb,
  -- The floors it covers, such as B1 or 3; null: all of them and the open air.
  floors jsonb,
  min_height_metres double precision,
  max_height_metres double precision,
  validity jsonb not null,
  policy jsonb not null,
  changed_by uuid not null references persons,
  changed_at timestamptz not null,
  reason text not null,
  primary key (key_area_id, version),
  check (min_height_metres < max_height_metres)
);
create index key_area_versions_time on key_area_versions (changed_at);

-- Counts changes of key areas. Its one row is locked by each change, so that changes come one after the other and who
-- has seen a revision has seen all before it.
create table key_areas_revision (
  is_only boolean primary key default true check (is_only),
  revision bigint not null
);
insert into key_areas_revision (revision) values (0);

-- What a printed sign says: which area, and on which floor of it. One that was printed anew voids the old.
create table key_area_signs (
  sign_code text primary key,
  key_area_id uuid not null references key_areas,
  -- Null: the sign of the whole area.
  floor text,
  state text not null check (state in ('valid', 'void')),
  made_at timestamptz not null,
  made_by uuid not null references persons,
  printed_at timestamptz,
  print_count integer not null default 0,
  voided_at timestamptz,
  voided_by uuid references persons,
  void_reason text,
  check ((state = 'void') = (voided_at is not null and voided_by is not null and void_reason is not null))
);
create unique index key_area_signs_valid on key_area_signs (key_area_id, coalesce(floor, '')) where state = 'valid';

-- Where an area is and what it demands is no secret among departments; one that may see nothing still sees nothing.
update departments set rights = rights || '{"keyAreas": "rows"}'::jsonb
where exists (select from jsonb_each_text(rights) as held where held.value <> 'none');
