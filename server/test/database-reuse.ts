import { type Kysely, sql } from "kysely";
import type { Tables } from "../src/db/tables.ts";

/**
 * A migrated database takes a second of a processor to open; emptying a used one takes a twentieth. `prepareReuse`
 * keeps what the migrations stored beside the tables, `reset` brings it back.
 */
export async function prepareReuse(db: Kysely<Tables>): Promise<void> {
  // One statement each: the embedded database forgets what it has parsed with every one that may change the schema.
  await sql.raw(makeCopies).execute(db);
}

/**
 * Empties every table, restores what the migrations stored and sets sequences back.
 * @returns whether the schema is as the migrations left it: if a test has changed it, nobody may have this database again
 */
export async function reset(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ isAsMigrated: boolean }>`select hy_reuse.reset() as "isAsMigrated"`.execute(
    db,
  );
  return rows[0]!.isAsMigrated;
}

const makeCopies = `
create schema hy_reuse;

create function hy_reuse.schema_now() returns text language sql as $$
  select md5(
    (select string_agg(c.oid || ':' || c.relname || ':' || c.relchecks || ':' || c.relhasrules, ',' order by c.oid)
     from pg_class c where c.relnamespace = 'public'::regnamespace) ||
    -- Each column by itself: to put nearly three thousand names in order takes as long as all else here.
    (select sum(hashtextextended(attname || atttypid || attnotnull, attrelid::bigint * 10000 + attnum))
     from pg_attribute where attnum > 0
       and attrelid in (select c.oid from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace))::text ||
    (select string_agg(t.oid || t.tgenabled::text, ',' order by t.oid) from pg_trigger t) ||
    (select string_agg(p.oid || md5(p.prosrc), ',' order by p.oid) from pg_proc p where p.pronamespace = 'public'::regnamespace))
$$;

do $$
declare t record;
begin
  create table hy_reuse.copied (relname text, columns text);
  create table hy_reuse.sequences (name text, last_value bigint, is_called boolean);
  for t in
    select c.relname,
           (select string_agg(quote_ident(attname), ',' order by attnum) from pg_attribute
            where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns
    from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and pg_relation_size(c.oid) > 0
  loop
    execute format('create table hy_reuse.%I as select %s from public.%I', t.relname, t.columns, t.relname);
    insert into hy_reuse.copied values (t.relname, t.columns);
  end loop;
  for t in select c.relname from pg_class c where c.relkind = 'S' and c.relnamespace = 'public'::regnamespace loop
    execute format('insert into hy_reuse.sequences select %L, last_value, is_called from public.%I', t.relname, t.relname);
  end loop;
  create table hy_reuse.schema as select hy_reuse.schema_now() as fingerprint;
end $$;

create function hy_reuse.reset() returns boolean language plpgsql as $$
declare t record; large text;
begin
  if hy_reuse.schema_now() <> (select fingerprint from hy_reuse.schema) then return false; end if;
  -- Neither triggers nor references: all goes.
  perform set_config('session_replication_role', 'replica', true);
  -- To truncate takes longer than to delete. A full page is tidied by whoever reads it, and rows would come to lie, and
  -- be read, in another order than they were written: deleting is for tables of a page.
  select string_agg(format('public.%I', relname), ',') into large from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and pg_relation_size(oid) > 8192;
  if large is not null then execute 'truncate ' || large || ' cascade'; end if;
  for t in select relname from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and pg_relation_size(oid) > 0
  loop
    execute format('delete from public.%I', t.relname);
  end loop;
  for t in select relname, columns from hy_reuse.copied loop
    execute format('insert into public.%I (%s) overriding system value select * from hy_reuse.%I',
      t.relname, t.columns, t.relname);
  end loop;
  for t in select name, last_value, is_called from hy_reuse.sequences loop
    perform setval(format('public.%I', t.name)::regclass, t.last_value, t.is_called);
  end loop;
  return true;
end $$;
`;
