-- Statistics of a whole province's year read few rows: sums rolled up by county and without what firms and machines are;
-- who worked as one row a year with a bit for each day, in the place of a row a month. Decision 22.

create function statistics_day_bit(day date) returns bit(372) language sql immutable parallel safe as
  $$ select set_bit(repeat('0', 372)::bit(372),
                    ((extract(month from day)::int - 1) * 31 + extract(day from day)::int - 1), 1) $$;
-- Bit 0 is January: the months in which any day's bit is set. One expression, so that it is set into the statement.
create function statistics_months_of(days bit(372)) returns integer language sql immutable parallel safe as $$ select
    case when substring(days from 1 for 31) <> '0'::bit(31) then 1 else 0 end |
    case when substring(days from 32 for 31) <> '0'::bit(31) then 2 else 0 end |
    case when substring(days from 63 for 31) <> '0'::bit(31) then 4 else 0 end |
    case when substring(days from 94 for 31) <> '0'::bit(31) then 8 else 0 end |
    case when substring(days from 125 for 31) <> '0'::bit(31) then 16 else 0 end |
    case when substring(days from 156 for 31) <> '0'::bit(31) then 32 else 0 end |
    case when substring(days from 187 for 31) <> '0'::bit(31) then 64 else 0 end |
    case when substring(days from 218 for 31) <> '0'::bit(31) then 128 else 0 end |
    case when substring(days from 249 for 31) <> '0'::bit(31) then 256 else 0 end |
    case when substring(days from 280 for 31) <> '0'::bit(31) then 512 else 0 end |
    case when substring(days from 311 for 31) <> '0'::bit(31) then 1024 else 0 end |
    case when substring(days from 342 for 31) <> '0'::bit(31) then 2048 else 0 end $$;

do $$
declare family text;
begin
  foreach family in array array['sessions', 'decisions', 'alarms', 'clearances', 'certificates', 'machines'] loop
    execute format('create table statistics_%1$s_county_months (like statistics_%1$s including indexes)', family);
    execute format('create table statistics_%1$s_prefecture_months (like statistics_%1$s including indexes)', family);
    execute format('create index statistics_%1$s_county_months_prefecture on statistics_%1$s_county_months (left(region_code, 4), day)', family);
    execute format('create table statistics_%1$s_county_days (like statistics_%1$s including indexes)', family);
    execute format('create table statistics_%1$s_sums_months (like statistics_%1$s including indexes)', family);
    -- What is rolled up by county is looked up by it (GB/T 2260: six digits).
    execute format('alter table statistics_%1$s add column county_code text not null generated always as (left(region_code, 6)) stored', family);
    execute format('alter table statistics_%1$s_months add column county_code text not null generated always as (left(region_code, 6)) stored', family);
    execute format('create index statistics_%1$s_county on statistics_%1$s (county_code, day)', family);
    execute format('create index statistics_%1$s_months_county on statistics_%1$s_months (county_code, day)', family);
  end loop;
end $$;

-- What firms and machines are is not told apart here.
do $$
declare doomed record;
begin
  for doomed in
    select c.table_name, c.column_name from information_schema.columns c
    where c.table_schema = current_schema() and c.table_name ~ '^statistics_[a-z]+_(county_days|sums_months)$'
      and c.column_name in ('industry', 'enterprise_type', 'process', 'is_mobile', 'reason', 'alarm_kind', 'severity',
                            'certificate_family')
  loop
    execute format('alter table %I drop column %I', doomed.table_name, doomed.column_name);
  end loop;
end $$;

drop table statistics_workers_months;
-- Different firms, machines and welders that worked, by year, place and way: a bit for each day.
do $$
declare subject text;
begin
  foreach subject in array array['firms', 'machines', 'welders'] loop
    execute format($table$
      create table statistics_working_%1$s (
        region_code text not null,
        county_code text not null generated always as (left(region_code, 6)) stored,
        year integer not null,
        industry text,
        enterprise_type text,
        process text not null,
        is_mobile boolean not null,
        subject_id uuid not null,
        days bit(372) not null,
        months integer not null
      )$table$, subject);
    execute format('create unique index statistics_working_%1$s_cell on statistics_working_%1$s
      (region_code text_pattern_ops, year, subject_id, industry, enterprise_type, process, is_mobile) nulls not distinct', subject);
    execute format('create index statistics_working_%1$s_county on statistics_working_%1$s (county_code, year)', subject);
    execute format($table$
      create table statistics_working_%1$s_counties (
        region_code text not null,
        year integer not null,
        subject_id uuid not null,
        days bit(372) not null,
        months integer not null
      )$table$, subject);
    execute format('create unique index statistics_working_%1$s_counties_cell on statistics_working_%1$s_counties
      (region_code text_pattern_ops, year, subject_id)', subject);
  end loop;
end $$;

-- Everything is counted anew.
update statistics_progress set counted_xid = '0';
