-- Work beside hot work that must not go on near it, and the conflicts that were found.

create table other_works (
  other_work_id uuid primary key,
  kind text not null check (kind in
    ('combustible-gas-discharge', 'combustible-liquid-discharge', 'leak-capable-equipment',
     'solvent-cleaning-or-painting', 'dust-sweeping', 'flammable-line-opening', 'foam-insulation')),
  -- Whoever does it, and at whose place.
  enterprise_id uuid not null references enterprises,
  site_owner_enterprise_id uuid references enterprises,
  key_area_id uuid references key_areas,
  region_code text not null references regions,
  -- WGS-84; the middle of what it takes up.
  latitude_degrees double precision not null,
  longitude_degrees double precision not null,
  extent_metres double precision not null check (extent_metres between 0 and 300),
  floor text,
  -- Above the ground; goes before the floor.
  height_metres double precision,
  place_description text not null,
  planned_from timestamptz not null,
  planned_to timestamptz not null,
  contact_name_ciphertext bytea not null,
  contact_phone_ciphertext bytea not null,
  declared_by uuid not null references persons,
  declared_at timestamptz not null,
  -- Called off or done before its time; otherwise it ends with `planned_to`.
  ended_at timestamptz,
  ended_by uuid references persons,
  end_reason text,
  check (planned_from < planned_to),
  check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (end_reason is null))
);
create index other_works_going on other_works (planned_to) where ended_at is null;
create index other_works_region on other_works (region_code text_pattern_ops, declared_at desc);
create index other_works_enterprise on other_works (enterprise_id, declared_at desc);
create index other_works_site_owner on other_works (site_owner_enterprise_id, declared_at desc);

-- Raised once, cleared when either work ends or they are apart; a row is never opened again.
create table work_conflicts (
  work_conflict_id uuid primary key,
  -- `clearance:…`, `permit:…` or `other-work:…`; the first is hot work.
  one_key text not null,
  other_key text not null,
  kind text not null,
  one_region_code text not null references regions,
  other_region_code text not null references regions,
  one_enterprise_id uuid references enterprises,
  one_site_owner_enterprise_id uuid references enterprises,
  other_enterprise_id uuid references enterprises,
  other_site_owner_enterprise_id uuid references enterprises,
  -- `ConflictSide` of the contract, as both were when it was found.
  one jsonb not null,
  other jsonb not null,
  -- The rule's numbers and clause: `WorkConflict`.
  finding jsonb not null,
  -- Who was warned, with what: they are told when it is cleared.
  told jsonb not null,
  raised_at timestamptz not null,
  cleared_at timestamptz,
  cleared_because text check (cleared_because in ('ended', 'apart')),
  check ((cleared_at is null) = (cleared_because is null))
);
create unique index work_conflicts_one_open on work_conflicts (one_key, other_key) where cleared_at is null;
create index work_conflicts_raised on work_conflicts (raised_at desc);
create index work_conflicts_region on work_conflicts (one_region_code text_pattern_ops, raised_at desc);

-- That a firm has heard of it, and what it does about it.
create table work_conflict_acknowledgements (
  work_conflict_id uuid not null references work_conflicts,
  enterprise_id uuid not null references enterprises,
  note text not null,
  acknowledged_by uuid not null references persons,
  acknowledged_at timestamptz not null,
  primary key (work_conflict_id, enterprise_id)
);
