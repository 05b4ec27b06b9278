import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";

/** Where rows come from: something of the form `… as r(columns)`; `recordset` of the caller's, or rows made ready. */
export type RowsFrom = (columns: string) => RawBuilder<unknown>;

/** Inserts of each table of the register from many rows at once, as `registerRows` makes them. */
export const inserts = {
  async regions(tx: Kysely<Tables>, rows: RowsFrom): Promise<void> {
    await sql`
      insert into regions (region_code, parent_code, name, latitude_degrees, longitude_degrees)
      select code, parent, name, latitude, longitude
      from ${rows("code text, parent text, name text, latitude double precision, longitude double precision")}
      on conflict do nothing`.execute(tx);
  },

  async enterprises(tx: Kysely<Tables>, rows: RowsFrom): Promise<void> {
    await sql`
      insert into enterprises (enterprise_id, name, uscc, industry, region_code, status, is_welding, is_site_owner,
                               type, domain, staff_count, latitude_degrees, longitude_degrees, address, created_at)
      select enterprise_id, name, uscc, industry, region_code, 'active', is_welding, is_site_owner,
             type, domain, staff_count, latitude, longitude, address, created_at
      from ${rows(
        `enterprise_id uuid, name text, uscc text, industry text, region_code text, is_welding boolean,
         is_site_owner boolean, type text, domain text, staff_count integer, latitude double precision,
         longitude double precision, address text, created_at timestamptz`,
      )}`.execute(tx);
  },

  async persons(tx: Kysely<Tables>, rows: RowsFrom): Promise<void> {
    await sql`
      insert into persons (person_id, name_ciphertext, phone_ciphertext, phone_index, created_at)
      select person_id, decode(name, 'base64'), decode(phone, 'base64'), decode(phone_index, 'base64'), created_at
      from ${rows("person_id uuid, name text, phone text, phone_index text, created_at timestamptz")}`.execute(
      tx,
    );
  },

  async roles(tx: Kysely<Tables>, rows: RowsFrom): Promise<void> {
    await sql`
      insert into role_grants (role_grant_id, person_id, role, region_code, enterprise_id, granted_at)
      select role_grant_id, person_id, role, region_code, enterprise_id, granted_at
      from ${rows(
        `role_grant_id uuid, person_id uuid, role text, region_code text, enterprise_id uuid, granted_at timestamptz`,
      )}`.execute(tx);
  },

  async welders(tx: Kysely<Tables>, rows: RowsFrom): Promise<void> {
    await sql`
      insert into welders (welder_id, person_id, pseudonym, identity_ciphertext, identity_index, region_code, status,
                           created_at)
      select welder_id, person_id, pseudonym, decode(identity, 'base64'), decode(identity_index, 'base64'),
             region_code, 'active', created_at
      from ${rows(
        `welder_id uuid, person_id uuid, pseudonym text, identity text, identity_index text, region_code text,
         created_at timestamptz`,
      )}`.execute(tx);
  },

  async fireWatches(tx: Kysely<Tables>, rows: RowsFrom): Promise<void> {
    await sql`
      insert into fire_watches (fire_watch_id, person_id, enterprise_id, trained_on, trained_to, added_by, added_at)
      select fire_watch_id, person_id, enterprise_id, trained_on, trained_to, added_by, created_at
      from ${rows(
        `fire_watch_id uuid, person_id uuid, enterprise_id uuid, trained_on text, trained_to text, added_by uuid,
         created_at timestamptz`,
      )}`.execute(tx);
  },

  async memberships(tx: Kysely<Tables>, rows: RowsFrom): Promise<void> {
    await sql`
      insert into enterprise_welders (welder_id, enterprise_id)
      select welder_id, enterprise_id from ${rows("welder_id uuid, enterprise_id uuid")}
      on conflict do nothing`.execute(tx);
  },

  async certificates(tx: Kysely<Tables>, rows: RowsFrom): Promise<void> {
    await sql`
      insert into certificates (certificate_id, welder_id, family, item, number_ciphertext, number_index, valid_from,
                                valid_to, review_due_on, status)
      select certificate_id, welder_id, family, item, decode(number, 'base64'), decode(number_index, 'base64'),
             valid_from, valid_to, review_due_on, status
      from ${rows(
        `certificate_id uuid, welder_id uuid, family text, item text, number text, number_index text, valid_from text,
         valid_to text, review_due_on text, status text`,
      )}`.execute(tx);
  },

  async machines(tx: Kysely<Tables>, rows: RowsFrom): Promise<void> {
    await sql`
      insert into machines (machine_id, machine_code, enterprise_id, region_code, name, model, process, is_mobile, status,
                            serial_number, home_latitude_degrees, home_longitude_degrees, created_at)
      select machine_id, machine_code, enterprise_id, region_code, name, model, process, is_mobile, status,
             serial_number, latitude, longitude, created_at
      from ${rows(
        `machine_id uuid, machine_code text, enterprise_id uuid, region_code text, name text, model text, process text,
         is_mobile boolean, status text, serial_number text, latitude double precision, longitude double precision,
         created_at timestamptz`,
      )}`.execute(tx);
  },
};
