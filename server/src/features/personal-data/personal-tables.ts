import type { PersonId } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { PersonalPart } from "../../db/tables/sharing.ts";
import type { Tables } from "../../db/tables.ts";

export interface PersonalColumn {
  name: string;
  type: string;
  isNullable: boolean;
}

/** A table whose rows are about a person: by the house's rule it has a column `person_id` or `welder_id`. */
export interface PersonalTable {
  name: string;
  key: "person_id" | "welder_id";
  columns: readonly PersonalColumn[];
}

/**
 * Every table about people, as the database itself knows them, so that a new one is exported and erased without being
 * named here. Columns such as `decided_by` name who did something, not whom a row is about.
 */
export async function personalTables(db: Kysely<Tables>): Promise<PersonalTable[]> {
  const { rows } = await sql<PersonalTable>`
    select c.table_name as name,
           case when bool_or(c.column_name = 'person_id') then 'person_id' else 'welder_id' end as key,
           jsonb_agg(jsonb_build_object('name', c.column_name, 'type', c.data_type,
                                        'isNullable', c.is_nullable = 'YES') order by c.ordinal_position) as columns
    from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
    group by c.table_name
    having bool_or(c.column_name in ('person_id', 'welder_id'))
    order by c.table_name`.execute(db);
  return rows;
}

/** True for the rows about one person. */
export function isAbout(table: PersonalTable, personId: PersonId) {
  return table.key === "person_id"
    ? sql<boolean>`person_id = ${personId}::uuid`
    : sql<boolean>`welder_id in (select w.welder_id from welders w where w.person_id = ${personId}::uuid)`;
}

/** What only the platform may hold, whoever asks: what signs people in, and what finds equal values. */
const SECRET = /(_index|_digest|_hash|password|secret|token|totp)/;

export function isSecret({ name }: PersonalColumn): boolean {
  return SECRET.test(name);
}

/** Bytes that hold personal data or lead to it: sealed values, their indexes, pictures. */
export function isErasable(table: PersonalTable, { name, type }: PersonalColumn): boolean {
  return type === "bytea" && !(table.name === "sign_ins" && name === "token_digest");
}

/** Which retention a column falls under; what is not known better is kept as long as the identity is. */
export function partOf(table: PersonalTable, { name }: PersonalColumn): PersonalPart {
  if (table.name.startsWith("certificate")) return "certificates";
  if (name.startsWith("phone") || name.startsWith("password")) return "contact";
  return "identity";
}
