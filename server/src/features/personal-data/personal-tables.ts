import type { PersonId } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { PersonalPart } from "../../db/tables/sharing.ts";
import type { Tables } from "../../db/tables.ts";

export interface PersonalColumn {
  name: string;
  type: string;
  isNullable: boolean;
}

/** A table whose rows are about a person: by the house's rule it has one of these columns. */
export interface PersonalTable {
  name: string;
  key: "person_id" | "welder_id" | "certificate_id";
  columns: readonly PersonalColumn[];
}

/**
 * Every table about people, as the database itself knows them, so that a new one is exported and erased without being
 * named here. Columns such as `decided_by` name who did something, not whom a row is about.
 */
export async function personalTables(db: Kysely<Tables>): Promise<PersonalTable[]> {
  const { rows } = await sql<PersonalTable>`
    select c.table_name as name,
           case when bool_or(c.column_name = 'person_id') then 'person_id'
                when bool_or(c.column_name = 'welder_id') then 'welder_id' else 'certificate_id' end as key,
           jsonb_agg(jsonb_build_object('name', c.column_name, 'type', c.data_type,
                                        'isNullable', c.is_nullable = 'YES') order by c.ordinal_position) as columns
    from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
    group by c.table_name
    having bool_or(c.column_name in ('person_id', 'welder_id', 'certificate_id'))
    order by c.table_name`.execute(db);
  return rows;
}

/** True for the rows about one person. */
export function isAbout(table: PersonalTable, personId: PersonId) {
  if (table.key === "person_id") return sql<boolean>`person_id = ${personId}::uuid`;
  const welders = sql`(select w.welder_id from welders w where w.person_id = ${personId}::uuid)`;
  return table.key === "welder_id"
    ? sql<boolean>`welder_id in ${welders}`
    : sql<boolean>`certificate_id in (select c.certificate_id from certificates c where c.welder_id in ${welders})`;
}

/** What only the platform may hold, whoever asks: what signs people in, and what finds equal values. */
const SECRET = /(^key_|_index|_digest|_hash|password|secret|token|totp)/;

export function isSecret({ name }: PersonalColumn): boolean {
  return SECRET.test(name);
}

/** Bytes that hold personal data or lead to it: sealed values and their indexes. Pictures go as rows, with their files. */
export function isErasable(table: PersonalTable, { name, type }: PersonalColumn): boolean {
  return (
    type === "bytea" && table.name !== "blobs" && !(table.name === "sign_ins" && name === "token_digest")
  );
}

/** Which retention a column falls under; what is not known better is kept as long as the identity is. */
export function partOf(table: PersonalTable, { name }: PersonalColumn): PersonalPart {
  if (table.name.startsWith("certificate")) return "certificates";
  if (name.startsWith("phone") || name.startsWith("password") || name.startsWith("email")) return "contact";
  return "identity";
}
