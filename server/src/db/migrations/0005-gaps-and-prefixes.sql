-- A gap in a chip's events is given up only after a while: the same event can come often within one second.
alter table chips add column gap_since timestamptz;

-- Lists are asked for by region and everything below it, which is a prefix of the code (GB/T 2260); an index in the
-- database's own collation does not serve `like`.
drop index machines_region;
create index machines_region on machines (region_code text_pattern_ops);
drop index enterprises_region;
create index enterprises_region on enterprises (region_code text_pattern_ops);
create index work_sessions_region on work_sessions (region_code text_pattern_ops, granted_at desc);
create index work_sessions_enterprise on work_sessions (enterprise_id, granted_at desc);
create index decisions_region on decisions (region_code text_pattern_ops, decided_at desc);
-- The picture counts the day's refusals every few seconds.
create index decisions_refused on decisions (decided_at) where outcome <> 'grant';
