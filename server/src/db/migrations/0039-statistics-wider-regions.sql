-- Who worked, once by prefecture and once by province: a year's different firms, machines and welders are counted without
-- finding each one again among their counties and ways. Days of a prefecture by what firms and machines are. Decision 23.

set local statement_timeout = 0;

do $$
declare subject text;
begin
  foreach subject in array array['firms', 'machines', 'welders'] loop
    execute format('create table statistics_working_%1$s_prefectures (like statistics_working_%1$s_counties)', subject);
    execute format('create table statistics_working_%1$s_provinces (like statistics_working_%1$s_counties)', subject);
    execute format($table$
      create table statistics_working_%1$s_prefecture_ways (
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
    -- What was counted is gathered here once; from then on with each change.
    execute format('insert into statistics_working_%1$s_prefectures (region_code, year, subject_id, days, months)
      select region_code, year, subject_id, days, statistics_months_of(days)
      from (select left(region_code, 4) as region_code, year, subject_id, bit_or(days) as days
            from statistics_working_%1$s_counties group by 1, 2, 3) g', subject);
    execute format('insert into statistics_working_%1$s_provinces (region_code, year, subject_id, days, months)
      select region_code, year, subject_id, days, statistics_months_of(days)
      from (select left(region_code, 2) as region_code, year, subject_id, bit_or(days) as days
            from statistics_working_%1$s_counties group by 1, 2, 3) g', subject);
    execute format('insert into statistics_working_%1$s_prefecture_ways
        (region_code, year, industry, enterprise_type, process, is_mobile, subject_id, days, months)
      select region_code, year, industry, enterprise_type, process, is_mobile, subject_id, days, statistics_months_of(days)
      from (select left(region_code, 4) as region_code, year, industry, enterprise_type, process, is_mobile, subject_id,
                   bit_or(days) as days
            from statistics_working_%1$s group by 1, 2, 3, 4, 5, 6, 7) g', subject);
    execute format('create unique index statistics_working_%1$s_prefectures_key
      on statistics_working_%1$s_prefectures (subject_id, year, region_code)', subject);
    execute format('create unique index statistics_working_%1$s_provinces_key
      on statistics_working_%1$s_provinces (subject_id, year, region_code)', subject);
    execute format('create unique index statistics_working_%1$s_prefecture_ways_key
      on statistics_working_%1$s_prefecture_ways
      (subject_id, year, region_code, industry, enterprise_type, process, is_mobile) nulls not distinct', subject);
    execute format('create index statistics_working_%1$s_prefectures_region
      on statistics_working_%1$s_prefectures (region_code text_pattern_ops, year)', subject);
    execute format('create index statistics_working_%1$s_provinces_region
      on statistics_working_%1$s_provinces (region_code text_pattern_ops, year)', subject);
    execute format('create index statistics_working_%1$s_prefecture_ways_region
      on statistics_working_%1$s_prefecture_ways (region_code text_pattern_ops, year)', subject);
    -- What somebody's wider regions are gathered from.
    execute format('create index statistics_working_%1$s_subject on statistics_working_%1$s (subject_id, year)', subject);
    execute format('create index statistics_working_%1$s_counties_subject
      on statistics_working_%1$s_counties (subject_id, year)', subject);
  end loop;
end $$;

do $$
declare
  family text;
  columns text;
  sums text;
begin
  foreach family in array array['sessions', 'decisions', 'alarms', 'clearances', 'certificates', 'machines'] loop
    execute format('create table statistics_%1$s_prefecture_days (like statistics_%1$s_prefecture_months including indexes)', family);
    -- Sums are bigint, and nothing else is.
    select string_agg(quote_ident(column_name), ', ') filter (where data_type <> 'bigint'),
           string_agg(quote_ident(column_name), ', ') filter (where data_type = 'bigint')
    into columns, sums from information_schema.columns
    where table_schema = current_schema() and table_name = format('statistics_%s_prefecture_days', family)
      and column_name not in ('day', 'region_code');
    -- In the order of its index, by which a year is read.
    execute format('insert into statistics_%1$s_prefecture_days (day, region_code, %2$s, %3$s)
      select day, left(region_code, 4), %2$s, %4$s from statistics_%1$s group by day, left(region_code, 4), %2$s
      order by 2, 1',
      family, columns, sums, regexp_replace(sums, '(\w+)', 'sum(\1)', 'g'));
    execute format('create index statistics_%1$s_prefecture on statistics_%1$s (left(region_code, 4), day)', family);
  end loop;
end $$;
