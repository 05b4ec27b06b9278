import { PGlite, types } from "@electric-sql/pglite";
import type { StatementClient } from "./pglite-dialect.ts";

/**
 * The embedded database in this thread, for what has nothing else to do meanwhile: a simulation waits for every answer
 * anyway, and a message between threads costs more than most statements. A server never uses it.
 * @param folder undefined: in memory
 */
export async function openPgliteHere(folder: string | undefined): Promise<StatementClient> {
  const database = await PGlite.create({
    ...(folder === undefined ? {} : { dataDir: folder }),
    parsers: { [types.DATE]: (text: string) => text },
  });
  return {
    async query(sql, parameters) {
      const result =
        parameters.length === 0
          ? (await database.exec(sql)).at(-1)
          : await database.query(sql, [...parameters]);
      return { rows: result?.rows ?? [], affectedRows: result?.affectedRows ?? 0 };
    },
    close: () => database.close(),
  };
}
