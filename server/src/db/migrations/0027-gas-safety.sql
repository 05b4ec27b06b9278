-- What each chip is to be set to, by the numbers of its machine's region.
create table chip_configurations (
  chip_id text primary key references chips,
  -- Grows with every change; a chip takes only a higher one than it has.
  version bigint not null,
  body jsonb not null,
  -- The command that told it last; its answer is in commands.
  command_id text,
  sent_at timestamptz
);

-- Somebody has looked at the place after a gas cut. Told to the chip until it answers: it decides whether the gas has
-- cleared.
create table gas_inspections (
  inspection_id uuid primary key,
  machine_id uuid not null references machines,
  chip_id text not null references chips,
  -- The chip's event of the cut.
  cut_boot bigint not null,
  cut_seq bigint not null,
  finding text not null,
  inspected_by uuid not null references persons,
  inspected_at timestamptz not null,
  command_id text,
  sent_at timestamptz
);
create index gas_inspections_recent on gas_inspections (inspected_at);
create index gas_inspections_chip on gas_inspections (chip_id, inspected_at desc);
create index chip_events_gas on chip_events (chip_id, boot desc, seq desc) where kind in ('gas-cut', 'gas-inspected');

-- When the chip thinks that a start it refused for now may work.
alter table work_sessions add column retry_at timestamptz;
