import type { PersonId } from "@hanyouxu/protocol";
import { sql } from "kysely";
import type { AppContext } from "../../context.ts";
import type { PersonalField } from "../../crypto/personal-data.ts";
import { isAbout, isSecret, type PersonalColumn, personalTables } from "./personal-tables.ts";

type ExportContext = Pick<AppContext, "db" | "clock" | "personalData" | "audit">;
type Row = Record<string, unknown>;

const OPENABLE: readonly PersonalField[] = [
  "name",
  "phone",
  "identity-number",
  "certificate-number",
  "evidence-position",
  "email",
];

/** Everything about a person, table by table, with sealed values opened for their owner. Itself a reading: audited. */
export async function exportOwnData(ctx: ExportContext, personId: PersonId) {
  const tables: Record<string, Row[]> = {};
  for (const table of await personalTables(ctx.db)) {
    const { rows } = await sql<Row>`
      select * from ${sql.table(table.name)} where ${isAbout(table, personId)}`.execute(ctx.db);
    if (rows.length > 0) tables[table.name] = rows.map((row) => readable(ctx, row, table.columns));
  }
  const audit = await ctx.db
    .selectFrom("audit_log")
    .select(["at", "actor", "action", "subject", "details"])
    .where((on) => on.or([on("actor", "=", personId), on("subject", "=", `person:${personId}`)]))
    .orderBy("seq")
    .execute();
  if (audit.length > 0) tables.audit_log = audit.map((entry) => ({ ...entry, at: entry.at.toISOString() }));
  await ctx.audit.record(ctx.db, {
    actor: personId,
    action: "personal_data.exported",
    subject: `person:${personId}`,
    details: { tables: Object.keys(tables).length },
  });
  return { exportedAt: new Date(ctx.clock.nowMs()).toISOString(), personId, tables };
}

function readable(ctx: ExportContext, row: Row, columns: readonly PersonalColumn[]): Row {
  return Object.fromEntries(
    columns
      .filter((column) => !isSecret(column))
      .map(({ name }) => {
        const value = row[name];
        if (value instanceof Date) return [name, value.toISOString()];
        if (!(value instanceof Uint8Array)) return [name, value ?? null];
        if (!name.endsWith("_ciphertext")) return [name, Buffer.from(value).toString("base64")];
        return [name.replace(/_ciphertext$/, ""), openAny(ctx, value)];
      }),
  );
}

/** The field is part of the seal, so only the right one opens it. */
function openAny({ personalData }: ExportContext, sealed: Uint8Array): string | null {
  for (const field of OPENABLE) {
    try {
      return personalData.open(field, sealed);
    } catch {
      // Of another field: the next.
    }
  }
  return null;
}
