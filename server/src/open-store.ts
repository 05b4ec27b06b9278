import type { Logger } from "pino";
import { systemClock } from "./clock.ts";
import type { Config } from "./config/config.ts";
import type { AppContext } from "./context.ts";
import { personalData } from "./crypto/personal-data.ts";
import { systemRandom, uuidV7 } from "./crypto/random.ts";
import { openDatabase } from "./db/database.ts";
import { migrate } from "./db/migrate.ts";
import { auditLog } from "./features/audit/audit.ts";

/** What commands and imports need of the server while it does not run. */
export type Store = Pick<
  AppContext,
  "db" | "clock" | "random" | "newId" | "personalData" | "machineCodeKey" | "audit"
>;

/** Opens the configured database, migrated, for work beside the server; with the embedded one the server must be stopped. */
export async function openStore(
  config: Config,
  log: Logger,
): Promise<{ store: Store; close(): Promise<void> }> {
  const database = await openDatabase(config, log);
  try {
    await migrate(database.db);
  } catch (error) {
    await database.close();
    throw error;
  }
  const parts = {
    db: database.db,
    clock: systemClock,
    random: systemRandom,
    newId: uuidV7(systemClock, systemRandom),
  };
  const { masterKeys, blindIndexKey, machineCodeKey } = config.secrets;
  return {
    store: {
      ...parts,
      machineCodeKey,
      personalData: personalData(masterKeys, blindIndexKey, systemRandom),
      audit: auditLog(parts),
    },
    close: () => database.close(),
  };
}
