-- Who of a station leads it: called before neighbours when nobody on duty answers.
alter table station_members add column is_leader boolean not null default false;

-- Whom the platform has called about an alarm, station by station, until somebody acknowledges it.
create table alarm_calls (
  alarm_id uuid not null references alarms,
  step integer not null,
  who text not null check (who in ('on-duty', 'region', 'second', 'leader', 'neighbour', 'department')),
  fire_station_id uuid references fire_stations,
  person_ids uuid[] not null,
  at timestamptz not null,
  -- When the next are called; null: they were, somebody has answered, or nobody is left.
  next_at timestamptz,
  primary key (alarm_id, step)
);
create index alarm_calls_due on alarm_calls (next_at) where next_at is not null;

-- Subscribers of webhooks are told what people do about alarms by a sweep that reads what the transactions since its last
-- run have written, as they are told of work.
alter table alarm_acts add column written_xid xid8 not null default pg_current_xact_id();
create index alarm_acts_told on alarm_acts (written_xid)
  where what in ('raised', 'acknowledge', 'dispatch', 'close', 'false-alarm', 'merge', 'cleared');
-- Nobody is told of signals of chips any more: of the alarms that they raise.
drop index chip_events_told;
-- Deliveries are forgotten after a while.
create index webhook_deliveries_over on webhook_deliveries (occurred_at) where status in ('delivered', 'dead');
