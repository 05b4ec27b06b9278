import type { EnterpriseId, PersonId, RegionCode, WelderId } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import { base64Of } from "../../db/bulk.ts";
import type { Tables } from "../../db/tables.ts";

export interface KnownWelder {
  welder_id: WelderId;
  person_id: PersonId;
  region_code: RegionCode;
  name_ciphertext: Uint8Array;
  /** In base64. */
  phone_index: string | null;
  enterprise_ids: EnterpriseId[];
  /** Works for one of the asker's own enterprises. */
  is_own: boolean;
}

export interface KnownCertificate {
  certificate_id: string;
  welder_id: WelderId;
  family: string;
  item: string;
  valid_from: string;
  valid_to: string;
  review_due_on: string | null;
}

export interface KnownWelders {
  /** By identity index in base64. */
  welders: ReadonlyMap<string, KnownWelder>;
  /** By phone index in base64. */
  phoneOwners: ReadonlyMap<string, PersonId>;
  /** By family and number index in base64, a space between. */
  certificates: ReadonlyMap<string, KnownCertificate>;
}

const bytesOf = (indexes: readonly string[]) =>
  sql`(select decode(i, 'base64') from jsonb_array_elements_text(${JSON.stringify(indexes)}::text::jsonb) as i)`;

/** Who and what of these blind indexes (base64) is registered already. */
export async function selectKnownWelders(
  db: Kysely<Tables>,
  wanted: {
    identities: readonly string[];
    phones: readonly string[];
    certificates: readonly string[];
    ownEnterprises: readonly EnterpriseId[];
  },
): Promise<KnownWelders> {
  const welders = await sql<
    Omit<KnownWelder, "phone_index"> & { identity_index: Uint8Array; phone_index: Uint8Array | null }
  >`
    select w.welder_id, w.person_id, w.region_code, w.identity_index, p.name_ciphertext, p.phone_index,
           coalesce(array_agg(e.enterprise_id::text) filter (where e.enterprise_id is not null), '{}') as enterprise_ids,
           coalesce(bool_or(e.enterprise_id = any(${[...wanted.ownEnterprises]}::uuid[])), false) as is_own
    from welders w
    join persons p using (person_id)
    left join enterprise_welders e using (welder_id)
    where w.identity_index in ${bytesOf(wanted.identities)}
    group by w.welder_id, p.person_id`.execute(db);
  const phones = await sql<{ person_id: PersonId; phone_index: Uint8Array }>`
    select person_id, phone_index from persons where phone_index in ${bytesOf(wanted.phones)}`.execute(db);
  const certificates = await sql<KnownCertificate & { number_index: Uint8Array }>`
    select certificate_id, welder_id, family, item, valid_from, valid_to, review_due_on, number_index
    from certificates where number_index in ${bytesOf(wanted.certificates)}`.execute(db);
  return {
    welders: new Map(
      welders.rows.map((row) => [
        base64Of(row.identity_index),
        { ...row, phone_index: row.phone_index && base64Of(row.phone_index) },
      ]),
    ),
    phoneOwners: new Map(phones.rows.map((row) => [base64Of(row.phone_index), row.person_id])),
    certificates: new Map(
      certificates.rows.map((row) => [`${row.family} ${base64Of(row.number_index)}`, row]),
    ),
  };
}
