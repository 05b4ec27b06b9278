-- Statistics of a whole province's year read few rows: sums rolled up by county and without what firms and machines are;
-- who worked as one row a year with a bit for each day, in the place of a row a month. Decision 22.

create function statistics_day_bit(day date) returns bit(372) language sql immutable parallel safe as
  $$ select set_bit(repeat('0', 372)::bit(372),
                    ((extract(month from day)::int - 1) * 31 + extract(day from day)::int - 1), 1) $$;
-- Bit 0 is January: the months in which any day's bit is set.
create function statistics_months_of(days bit(372)) returns integer language sql immutable parallel safe as
  $$ select sum(case when substring(days from 31 * month + 1 for 31) <> repeat('0', 31)::bit(31) then 1 << month else 0 end)::int
     from generate_series(0, 11) month $$;

do $$
declare family text;
begin
  foreach family in array array['sessions', 'decisions', 'alarms', 'clearances', 'certificates', 'machines'] loop
    execute format('create table statistics_%1$s_county_months (like statistics_%1$s including indexes)', family);
    execute format('create table statistics_%1$s_county_days (like statistics_%1$s including indexes)', family);
    execute format('create table statistics_%1$s_sums_months (like statistics_%1$s including indexes)', family);
    -- A day of a county: for what is rolled up from it, and for a province's days.
    execute format('create index statistics_%1$s_day on statistics_%1$s (day, region_code text_pattern_ops)', family);
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
