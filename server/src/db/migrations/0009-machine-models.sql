-- What is known of models of machines, how a chip is fitted to them, and a machine's life: its steps, its chips, who owns it.

-- The catalogue; figures that nobody knows are null. Designations are in one spelling.
create table machine_models (
  designation text primary key,
  process text not null,
  rated_current_amps real,
  supply_phases smallint check (supply_phases in (1, 3)),
  supply_volts jsonb not null,
  plug text,
  duty_cycle_percent smallint,
  source text not null check (source in ('desk', 'measured')),
  changed_at timestamptz not null,
  changed_by uuid references persons
);

-- How to fit a chip, a row a version; the highest version holds. `changed_by` null: came with the platform.
create table adaptation_profiles (
  profile_key text not null,
  version integer not null check (version > 0),
  content jsonb not null,
  proof jsonb not null,
  changed_at timestamptz not null,
  changed_by uuid references persons,
  change_reason text not null,
  primary key (profile_key, version)
);

alter table machines drop constraint machines_status_check;
alter table machines add constraint machines_status_check
  check (status in ('registered', 'fitted', 'in-service', 'under-repair', 'scrapped'));
-- One word for one thing: imports called it so first.
alter table machines rename column factory_number to serial_number;
alter index machines_factory_number rename to machines_serial_number;
-- Civil days.
alter table machines add column inspected_on text check (inspected_on ~ '^\d{4}-\d{2}-\d{2}$');
alter table machines add column inspection_due_on text check (inspection_due_on ~ '^\d{4}-\d{2}-\d{2}$');
create index machines_inspection on machines (inspection_due_on) where inspection_due_on is not null;
create index machines_model on machines (model);

-- What people did with a machine, beside the audit log: shown in its timeline.
create table machine_steps (
  machine_step_id uuid primary key,
  machine_id uuid not null references machines,
  at timestamptz not null,
  -- Null: the platform itself.
  actor uuid references persons,
  step text not null,
  from_status text,
  to_status text,
  reason text,
  details jsonb not null
);
create index machine_steps_machine on machine_steps (machine_id, at desc);

-- Which chip sat in which machine, from when to when.
create table chip_fittings (
  chip_fitting_id uuid primary key,
  machine_id uuid not null references machines,
  chip_id text not null references chips,
  fitted_at timestamptz not null,
  fitted_by uuid references persons,
  removed_at timestamptz,
  removal text check (removal in ('swapped', 'moved', 'scrapped')),
  was_revoked boolean not null default false
);
create index chip_fittings_machine on chip_fittings (machine_id, fitted_at desc);
create unique index chip_fittings_open on chip_fittings (chip_id) where removed_at is null;
insert into chip_fittings (chip_fitting_id, machine_id, chip_id, fitted_at)
  select gen_random_uuid(), m.machine_id, m.chip_id, c.enrolled_at from machines m join chips c using (chip_id);

-- What becomes of the chip that is replaced.
alter table enrolment_tokens add column old_chip text not null default 'unbind' check (old_chip in ('unbind', 'revoke'));

-- From firm to firm: offered by one side, taken by the other.
create table machine_transfers (
  machine_transfer_id uuid primary key,
  machine_id uuid not null references machines,
  from_enterprise_id uuid not null references enterprises,
  to_enterprise_id uuid not null references enterprises,
  status text not null check (status in ('offered', 'accepted', 'declined', 'withdrawn')),
  reason text not null,
  offered_by uuid not null references persons,
  offered_at timestamptz not null,
  decided_by uuid references persons,
  decided_at timestamptz,
  decision_note text
);
create unique index machine_transfers_open on machine_transfers (machine_id) where status = 'offered';
create index machine_transfers_from on machine_transfers (from_enterprise_id, offered_at desc);
create index machine_transfers_to on machine_transfers (to_enterprise_id, offered_at desc);
