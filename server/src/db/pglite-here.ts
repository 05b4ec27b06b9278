import { PGlite, types } from "@electric-sql/pglite";
import { readAnswer } from "./pglite-answer.ts";
import type { StatementClient } from "./pglite-dialect.ts";
import { PgliteStatements } from "./pglite-statements.ts";

export interface PgliteHereOptions {
  /** Where it is kept; absent: in memory. */
  folder?: string | undefined;
  /** A `dump` of another database to begin with: a new one takes seconds to make. */
  snapshot?: Uint8Array<ArrayBuffer> | undefined;
}

/**
 * The embedded database in this thread, for what has nothing else to do meanwhile: a simulation waits for every answer
 * anyway, and a message between threads costs more than most statements. A server never uses it.
 */
export async function openPgliteHere({
  folder,
  snapshot,
}: PgliteHereOptions = {}): Promise<StatementClient & { dump(): Promise<Uint8Array<ArrayBuffer>> }> {
  const database = await PGlite.create({
    ...(folder === undefined ? {} : { dataDir: folder }),
    ...(snapshot === undefined ? {} : { loadDataDir: new Blob([snapshot]) }),
    parsers: { [types.DATE]: (text: string) => text },
  });
  const statements = new PgliteStatements(database);
  return {
    async query(sql, parameters) {
      const answer = await statements.run(sql, parameters);
      return "bytes" in answer ? readAnswer(answer.bytes, answer.columns) : answer;
    },
    dump: async () => new Uint8Array(await (await database.dumpDataDir("none")).arrayBuffer()),
    close: () => database.close(),
  };
}
