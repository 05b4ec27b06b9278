import type { MachineCode, MachineId } from "@hanyouxu/protocol";
import { bytesToHex } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { AppContext } from "../../context.ts";
import { base64Of, recordset } from "../../db/bulk.ts";
import type { Tables } from "../../db/tables.ts";
import type { Register } from "./register.ts";

type ImportContext = Pick<AppContext, "clock" | "random" | "newId" | "personalData">;

/** So many rows a statement: a parameter of a few hundred kilobytes. */
const ROWS_AT_ONCE = 1_000;

/** Inserts a register table by table, in the order of their references. */
export async function insertRows(
  tx: Kysely<Tables>,
  ctx: ImportContext,
  register: Register,
  codes: ReadonlyMap<MachineId, MachineCode>,
): Promise<void> {
  const createdAt = new Date(ctx.clock.nowMs()).toISOString();
  const seal = (field: "name" | "phone" | "identity-number" | "certificate-number", text: string) =>
    base64Of(ctx.personalData.seal(field, text));
  const index = (field: "phone" | "identity-number" | "certificate-number", text: string) =>
    base64Of(ctx.personalData.blindIndex(field, text));

  await inParts(register.regions, async (regions) => {
    const rows = regions.map((region) => ({
      code: region.code,
      parent: region.parentCode,
      name: region.name,
      latitude: region.latitudeDegrees,
      longitude: region.longitudeDegrees,
    }));
    await sql`
      insert into regions (region_code, parent_code, name, latitude_degrees, longitude_degrees)
      select code, parent, name, latitude, longitude
      from ${recordset(
        rows,
        "code text, parent text, name text, latitude double precision, longitude double precision",
      )}
      on conflict do nothing`.execute(tx);
  });

  await inParts(register.enterprises, async (enterprises) => {
    const rows = enterprises.map(({ enterpriseId, name, uscc, industry, regionCode, ...more }) => ({
      enterprise_id: enterpriseId,
      name,
      uscc,
      industry,
      region_code: regionCode,
      is_welding: more.roles?.includes("welding") ?? true,
      is_site_owner: more.roles?.includes("site-owner") ?? false,
      type: more.type,
      domain: more.domain,
      staff_count: more.staffCount,
      latitude: more.place?.latitudeDegrees,
      longitude: more.place?.longitudeDegrees,
      address: more.address,
      created_at: createdAt,
    }));
    await sql`
      insert into enterprises (enterprise_id, name, uscc, industry, region_code, status, is_welding, is_site_owner,
                               type, domain, staff_count, latitude_degrees, longitude_degrees, address, created_at)
      select enterprise_id, name, uscc, industry, region_code, 'active', is_welding, is_site_owner,
             type, domain, staff_count, latitude, longitude, address, created_at
      from ${recordset(
        rows,
        `enterprise_id uuid, name text, uscc text, industry text, region_code text, is_welding boolean,
         is_site_owner boolean, type text, domain text, staff_count integer, latitude double precision,
         longitude double precision, address text, created_at timestamptz`,
      )}`.execute(tx);
  });

  await inParts(register.persons, async (persons) => {
    const rows = persons.map(({ personId, name, phone }) => ({
      person_id: personId,
      name: seal("name", name),
      phone: phone === null ? null : seal("phone", phone),
      phone_index: phone === null ? null : index("phone", phone),
      created_at: createdAt,
    }));
    await sql`
      insert into persons (person_id, name_ciphertext, phone_ciphertext, phone_index, created_at)
      select person_id, decode(name, 'base64'), decode(phone, 'base64'), decode(phone_index, 'base64'), created_at
      from ${recordset(rows, "person_id uuid, name text, phone text, phone_index text, created_at timestamptz")}`.execute(
      tx,
    );
  });

  const roles = register.persons.flatMap(({ personId, roles: held }) =>
    held.map(({ role, region, enterpriseId }) => ({
      role_grant_id: ctx.newId(),
      person_id: personId,
      role,
      region_code: region,
      enterprise_id: enterpriseId,
      granted_at: createdAt,
    })),
  );
  await inParts(roles, async (rows) => {
    await sql`
      insert into role_grants (role_grant_id, person_id, role, region_code, enterprise_id, granted_at)
      select role_grant_id, person_id, role, region_code, enterprise_id, granted_at
      from ${recordset(
        rows,
        `role_grant_id uuid, person_id uuid, role text, region_code text, enterprise_id uuid, granted_at timestamptz`,
      )}`.execute(tx);
  });

  await inParts(register.welders, async (welders) => {
    const rows = welders.map(({ welderId, personId, identityNumber, regionCode }) => ({
      welder_id: welderId,
      person_id: personId,
      pseudonym: bytesToHex(ctx.random(8)),
      identity: seal("identity-number", identityNumber),
      identity_index: index("identity-number", identityNumber),
      region_code: regionCode,
      created_at: createdAt,
    }));
    await sql`
      insert into welders (welder_id, person_id, pseudonym, identity_ciphertext, identity_index, region_code, status,
                           created_at)
      select welder_id, person_id, pseudonym, decode(identity, 'base64'), decode(identity_index, 'base64'),
             region_code, 'active', created_at
      from ${recordset(
        rows,
        `welder_id uuid, person_id uuid, pseudonym text, identity text, identity_index text, region_code text,
         created_at timestamptz`,
      )}`.execute(tx);
  });

  const memberships = register.welders.flatMap(({ welderId, enterpriseIds }) =>
    enterpriseIds.map((enterpriseId) => ({ welder_id: welderId, enterprise_id: enterpriseId })),
  );
  await inParts(memberships, async (rows) => {
    await sql`
      insert into enterprise_welders (welder_id, enterprise_id)
      select welder_id, enterprise_id from ${recordset(rows, "welder_id uuid, enterprise_id uuid")}`.execute(
      tx,
    );
  });

  const certificates = register.welders.flatMap(({ welderId, certificates: held }) =>
    held.map((certificate) => ({
      certificate_id: ctx.newId(),
      welder_id: welderId,
      family: certificate.family,
      item: certificate.item,
      number: seal("certificate-number", certificate.number),
      number_index: index("certificate-number", certificate.number),
      valid_from: certificate.validFrom,
      valid_to: certificate.validTo,
      review_due_on: certificate.reviewDueOn,
      status: certificate.status,
    })),
  );
  await inParts(certificates, async (rows) => {
    await sql`
      insert into certificates (certificate_id, welder_id, family, item, number_ciphertext, number_index, valid_from,
                                valid_to, review_due_on, status)
      select certificate_id, welder_id, family, item, decode(number, 'base64'), decode(number_index, 'base64'),
             valid_from, valid_to, review_due_on, status
      from ${recordset(
        rows,
        `certificate_id uuid, welder_id uuid, family text, item text, number text, number_index text, valid_from text,
         valid_to text, review_due_on text, status text`,
      )}`.execute(tx);
  });

  await inParts(register.machines, async (machines) => {
    const rows = machines.map((machine) => ({
      machine_id: machine.machineId,
      machine_code: codes.get(machine.machineId),
      enterprise_id: machine.enterpriseId,
      region_code: machine.regionCode,
      name: machine.name,
      model: machine.model,
      process: machine.process,
      is_mobile: machine.isMobile,
      latitude: machine.home.latitudeDegrees,
      longitude: machine.home.longitudeDegrees,
      created_at: createdAt,
    }));
    await sql`
      insert into machines (machine_id, machine_code, enterprise_id, region_code, name, model, process, is_mobile, status,
                            home_latitude_degrees, home_longitude_degrees, created_at)
      select machine_id, machine_code, enterprise_id, region_code, name, model, process, is_mobile, 'in-service',
             latitude, longitude, created_at
      from ${recordset(
        rows,
        `machine_id uuid, machine_code text, enterprise_id uuid, region_code text, name text, model text, process text,
         is_mobile boolean, latitude double precision, longitude double precision, created_at timestamptz`,
      )}`.execute(tx);
  });
}

async function inParts<Row>(
  rows: readonly Row[],
  insert: (part: readonly Row[]) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    await insert(rows.slice(start, start + ROWS_AT_ONCE));
  }
}
