-- Stops and locks of all machines of a region or of one firm in it: asked by one person, put in force by another.

create table region_orders (
  region_order_id uuid primary key,
  kind text not null check (kind in ('stop', 'lock')),
  region_code text not null references regions,
  -- Null: every firm's machines.
  enterprise_id uuid references enterprises,
  reason text not null,
  status text not null check (status in ('asked', 'refused', 'withdrawn', 'lapsed', 'in-force', 'done', 'lifted')),
  asked_by uuid not null references persons,
  asked_at timestamptz not null,
  -- Not confirmed by then, it lapses.
  confirm_by timestamptz not null,
  -- Who put it in force, or refused it with what reason.
  answered_by uuid references persons,
  answered_at timestamptz,
  refusal text,
  -- The lifting of a lock, as it is asked for; none: null.
  lift_asked_by uuid references persons,
  lift_asked_at timestamptz,
  lift_confirm_by timestamptz,
  lift_reason text,
  lifted_by uuid references persons,
  ended_at timestamptz,
  check (answered_by is null or answered_by <> asked_by or status = 'withdrawn'),
  check (lifted_by is null or lifted_by <> lift_asked_by),
  check ((lift_asked_by is null) = (lift_reason is null) and (lift_asked_by is null) = (lift_confirm_by is null))
);
create index region_orders_region on region_orders (region_code text_pattern_ops, asked_at desc);
create unique index region_orders_one_open on region_orders
  (kind, region_code, coalesce(enterprise_id, '00000000-0000-0000-0000-000000000000'))
  where status in ('asked', 'in-force');

-- The machines that an order in force has reached.
create table region_order_machines (
  region_order_id uuid not null references region_orders,
  machine_id uuid not null references machines,
  -- Of a stop: what it ends.
  work_session_id uuid references work_sessions,
  -- When its chip was told; null: it is still to be.
  told_at timestamptz,
  primary key (region_order_id, machine_id)
);
create index region_order_machines_untold on region_order_machines (region_order_id) where told_at is null;
create index region_order_machines_machine on region_order_machines (machine_id);

-- By which order a machine is locked; null where it is not, or somebody locked it alone.
alter table machines add column lock_order_id uuid references region_orders;
