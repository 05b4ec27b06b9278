-- What is remembered of a machine's fixes near key areas, and its state in each; only while it is near one. Written with
-- every batch of such a machine, so that pages keep room for the next version of a row.
create table machine_place_memories (
  machine_id uuid primary key references machines,
  memory jsonb not null
) with (fillfactor = 60);

-- Machines that are in a key area, or perhaps are: the memory's states as rows, written when one changes.
create table machine_places (
  machine_id uuid not null references machines,
  key_area_id uuid not null references key_areas,
  state text not null check (state in ('inside', 'unsure')),
  -- Event time.
  since timestamptz not null,
  method text not null check (method in ('gps', 'sign', 'person')),
  -- As a scanned sign says.
  floor text,
  -- Work carried in without a clearance strikes no new arc from then on.
  stop_due_at timestamptz,
  primary key (machine_id, key_area_id)
);
create index machine_places_area on machine_places (key_area_id);

-- What happened, at event time; once each, whatever is delivered twice.
create table place_events (
  machine_id uuid not null references machines,
  key_area_id uuid not null references key_areas,
  kind text not null check (kind in ('entered', 'left', 'unsure', 'sure')),
  at timestamptz not null,
  noticed_at timestamptz not null,
  method text not null check (method in ('gps', 'sign', 'person')),
  -- Whoever scanned the sign or said so.
  told_by uuid references persons,
  reason text,
  -- Null: people are still to be told.
  people_told_at timestamptz,
  primary key (machine_id, key_area_id, at, kind)
);
create index place_events_untold on place_events (noticed_at) where people_told_at is null;
create index place_events_area on place_events (key_area_id, at);
