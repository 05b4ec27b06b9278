-- How often the welder was granted a start: whoever decides writes down the turn it saw, so that of two starts in the
-- same instant one is decided again.
alter table welders add column start_count integer not null default 0;
