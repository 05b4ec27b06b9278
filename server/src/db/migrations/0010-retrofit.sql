-- Labels with machine codes: made before there is a machine (blank), on a machine (bound), or void.
create table machine_labels (
  machine_code text primary key,
  region_code text not null references regions,
  state text not null check (state in ('blank', 'bound', 'void')),
  -- Of a void label: the machine it was on.
  machine_id uuid references machines,
  made_at timestamptz not null,
  bound_at timestamptz,
  voided_at timestamptz,
  voided_by uuid references persons,
  void_reason text,
  check (state <> 'bound' or machine_id is not null)
);
create index machine_labels_region on machine_labels (region_code text_pattern_ops);
create index machine_labels_machine on machine_labels (machine_id) where machine_id is not null;

-- What is printed together.
create table label_batches (
  label_batch_id uuid primary key,
  name text not null,
  kind text not null check (kind in ('blank', 'machines')),
  region_code text not null references regions,
  label_count integer not null,
  made_at timestamptz not null,
  made_by uuid not null references persons,
  printed_at timestamptz,
  printed_by uuid references persons,
  print_count integer not null default 0
);
create index label_batches_time on label_batches (made_at desc);

-- A label can be printed in several batches; its place decides the sheet.
create table label_batch_items (
  label_batch_id uuid not null references label_batches,
  place integer not null,
  machine_code text not null references machine_labels,
  primary key (label_batch_id, place)
);
create index label_batch_items_code on label_batch_items (machine_code);

-- Codes that were shown and refused: made up, void, or not on a machine yet.
create table refused_codes (
  refused_code_id uuid primary key,
  machine_code text not null,
  reason text not null check (reason in ('forged', 'void', 'blank')),
  person_id uuid not null references persons,
  -- Of a void label.
  machine_id uuid references machines,
  region_code text,
  refused_at timestamptz not null
);
create index refused_codes_time on refused_codes (refused_at desc);

-- Fitting chips and codes onto the machines of a region.
create table retrofit_campaigns (
  campaign_id uuid primary key,
  name text not null,
  region_code text not null references regions,
  status text not null check (status in ('open', 'closed')),
  note text not null,
  made_at timestamptz not null,
  made_by uuid not null references persons
);

create table retrofit_targets (
  campaign_id uuid not null references retrofit_campaigns,
  region_code text not null references regions,
  machine_count integer not null check (machine_count >= 0),
  primary key (campaign_id, region_code)
);

create table retrofit_installers (
  campaign_id uuid not null references retrofit_campaigns,
  person_id uuid not null references persons,
  primary key (campaign_id, person_id)
);

-- Chips in boxes, by number: into the campaign's store, out to townships, back, and away.
create table chip_stock_movements (
  movement_id uuid primary key,
  campaign_id uuid not null references retrofit_campaigns,
  kind text not null check (kind in ('receive', 'allocate', 'return', 'defective')),
  -- The township; null for the campaign's own store.
  region_code text references regions,
  quantity integer not null check (quantity > 0),
  box text,
  -- Where one chip was named: it then counts as one.
  chip_id text,
  note text not null,
  moved_at timestamptz not null,
  moved_by uuid not null references persons
);
create index chip_stock_movements_campaign on chip_stock_movements (campaign_id, moved_at desc);

-- Chips known by their id: scanned at fitting, at a return or as defective.
create table retrofit_chips (
  chip_id text primary key,
  campaign_id uuid not null references retrofit_campaigns,
  region_code text references regions,
  state text not null check (state in ('in-stock', 'issued', 'fitted', 'returned', 'defective')),
  changed_at timestamptz not null
);
create index retrofit_chips_campaign on retrofit_chips (campaign_id);

-- One chip onto one machine: every step is kept, so that a phone can go on where it stopped.
create table retrofit_installations (
  installation_id uuid primary key,
  campaign_id uuid not null references retrofit_campaigns,
  installer_id uuid not null references persons,
  chip_id text not null,
  status text not null check (status in ('open', 'in-service', 'abandoned')),
  machine_code text,
  machine_id uuid references machines,
  region_code text references regions,
  latitude_degrees double precision,
  longitude_degrees double precision,
  accuracy_metres real,
  profile_read_at timestamptz,
  token_issued_at timestamptz,
  signature_blob_id uuid references blobs,
  abandon_reason text,
  started_at timestamptz not null,
  ended_at timestamptz
);
create unique index retrofit_installations_open_chip on retrofit_installations (chip_id) where status = 'open';
create unique index retrofit_installations_open_machine on retrofit_installations (machine_id)
  where status = 'open' and machine_id is not null;
create index retrofit_installations_campaign on retrofit_installations (campaign_id, started_at desc);
create index retrofit_installations_installer on retrofit_installations (installer_id, started_at desc);

create table retrofit_photos (
  photo_id uuid primary key references blobs,
  installation_id uuid not null references retrofit_installations,
  -- SHA-256 of what was sent: the same picture is kept once.
  digest text not null,
  taken_at timestamptz not null
);
create index retrofit_photos_installation on retrofit_photos (installation_id, taken_at);

-- The relay closes for seconds under a grant of its own; never a work session.
create table relay_tests (
  relay_test_id uuid primary key,
  installation_id uuid not null references retrofit_installations,
  machine_id uuid not null references machines,
  chip_id text not null references chips,
  command_id text not null,
  asked_by uuid not null references persons,
  hold_seconds integer not null,
  status text not null check (status in ('sent', 'closed', 'passed', 'failed')),
  failure text,
  sent_at timestamptz not null,
  -- Without the next word of the chip by then the test has failed.
  due_at timestamptz not null,
  closed_at timestamptz,
  opened_at timestamptz,
  open_reason text,
  peak_deciamps integer,
  checkpoint_verified boolean
);
create unique index relay_tests_one_open on relay_tests (chip_id) where status in ('sent', 'closed');
create unique index relay_tests_command on relay_tests (command_id);
create index relay_tests_installation on relay_tests (installation_id, sent_at desc);
