-- Under which set of rules an enterprise's work is done: decides which certificates count there.
alter table enterprises add column regime text not null default 'general'
  check (regime in ('general', 'building-site', 'special-equipment', 'chemical', 'crowded-place'));
