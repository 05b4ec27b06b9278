-- Fire stations, who belongs to them and when they are on duty.

create table fire_stations (
  fire_station_id uuid primary key,
  name text not null,
  -- Where it stands and whose it is.
  region_code text not null references regions,
  -- The station's own, not a person's.
  phone text not null,
  latitude_degrees double precision not null,
  longitude_degrees double precision not null,
  -- What it answers for: regions with all below them, and ground that was drawn (GeoJSON, WGS-84).
  area_regions text[] not null,
  area_geometry jsonb,
  -- What it is equipped and qualified for.
  kinds text[] not null,
  is_active boolean not null default true,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index fire_stations_region on fire_stations (region_code text_pattern_ops);

-- Counts changes of stations: every server keeps their ground in memory and looks here whether it still holds.
create table fire_station_changes (
  only_row boolean primary key default true check (only_row),
  version bigint not null
);
insert into fire_station_changes (version) values (0);

-- One station a person at a time.
create table station_members (
  person_id uuid primary key references persons,
  fire_station_id uuid not null references fire_stations,
  kinds text[] not null,
  joined_at timestamptz not null
);
create index station_members_station on station_members (fire_station_id);

-- The weekly pattern. Local times, Asia/Shanghai; ends at or before starts: on the next day.
create table roster_shifts (
  roster_shift_id uuid primary key,
  fire_station_id uuid not null references fire_stations,
  person_id uuid not null references persons,
  -- 1 Monday … 7 Sunday.
  weekday integer not null check (weekday between 1 and 7),
  starts_at text not null,
  ends_at text not null,
  from_day text not null,
  until_day text
);
create index roster_shifts_station on roster_shifts (fire_station_id);
create index roster_shifts_person on roster_shifts (person_id);

-- absent: none of the person's shifts that begin on that day; extra: one more.
create table roster_exceptions (
  roster_exception_id uuid primary key,
  fire_station_id uuid not null references fire_stations,
  person_id uuid not null references persons,
  day text not null,
  kind text not null check (kind in ('absent', 'extra')),
  starts_at text,
  ends_at text,
  reason text not null,
  created_by uuid not null references persons,
  created_at timestamptz not null,
  check ((kind = 'extra') = (starts_at is not null and ends_at is not null))
);
create index roster_exceptions_station on roster_exceptions (fire_station_id, day);

-- What people say of themselves, before the roster: on duty from now, or off until the shift ends.
create table duty_turns (
  duty_turn_id uuid primary key,
  fire_station_id uuid not null references fire_stations,
  person_id uuid not null references persons,
  is_on boolean not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  -- What the next shift has to know.
  handover_note text,
  -- Who has read it.
  taken_over_by uuid references persons,
  taken_over_at timestamptz,
  check (from_at < until_at)
);
create index duty_turns_person on duty_turns (person_id, from_at desc);
create index duty_turns_station on duty_turns (fire_station_id, from_at desc);
